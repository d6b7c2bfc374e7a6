import { createSecureContext, type SecureContext } from "node:tls";
import type { ClientIdentity } from "@hooklane/request";
import { LRUCache } from "lru-cache";

/** Contexts kept; the least recently used go first. Each has its certificates parsed, some tens of kilobytes. */
const CONTEXTS_MAX = 500;

/** What connections of an identity are made with: its certificate and key are read once, not with every connection. */
export class SecureContexts {
  readonly #contexts = new LRUCache<string, SecureContext>({ max: CONTEXTS_MAX });
  readonly #trusted: string | undefined;

  /** @param trusted authorities in PEM form for identities that name none; undefined: Node's */
  constructor(trusted: string | undefined) {
    this.#trusted = trusted;
  }

  /** @throws what OpenSSL has against the certificate; it was taken when it was saved */
  of(identity: ClientIdentity): SecureContext {
    let context = this.#contexts.get(identity.id);
    if (context === undefined) {
      const ca = identity.trustedCertificates ?? this.#trusted;
      context = createSecureContext({
        cert: identity.certificate,
        key: identity.privateKey,
        ...(ca !== undefined && { ca }),
      });
      this.#contexts.set(identity.id, context);
    }
    return context;
  }
}
