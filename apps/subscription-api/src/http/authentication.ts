import { createHash, timingSafeEqual } from "node:crypto";
import type { WorkspaceId } from "@hooklane/core";
import { type ApiKeyRepository, isApiKeyUsable } from "@hooklane/store";
import { type Answer, refusal } from "./answer.js";
import type { Access } from "./operation.js";

/** Whom a key belongs to. */
export type Caller =
  | { readonly kind: "operator"; readonly key: string }
  | {
      readonly kind: "workspace";
      readonly key: string;
      readonly workspaceId: WorkspaceId;
      readonly scopes: readonly string[];
    };

const BEARER = /^Bearer ([\x21-\x7e]{1,300})$/i;

/** SHA-256 of a key, lower-case hex: what is stored of it. */
export const hashKey = (key: string): string => createHash("sha256").update(key).digest("hex");

/** Knows keys. Every call reads the key anew: one that is revoked is refused from then on. */
export class Authenticator {
  readonly #operatorHash: string;
  readonly #apiKeys: ApiKeyRepository;
  readonly #now: () => Date;

  constructor(options: { operatorKey: string; apiKeys: ApiKeyRepository; now: () => Date }) {
    this.#operatorHash = hashKey(options.operatorKey);
    this.#apiKeys = options.apiKeys;
    this.#now = options.now;
  }

  /** @returns undefined when there is no key or nobody knows it */
  async identify(authorization: string | undefined): Promise<Caller | undefined> {
    const key = BEARER.exec(authorization ?? "")?.[1];
    if (key === undefined) return undefined;
    const hash = hashKey(key);
    if (isSame(hash, this.#operatorHash)) return { kind: "operator", key };
    const found = await this.#apiKeys.findByHash(hash);
    if (!found || !isSame(found.hash, hash) || !isApiKeyUsable(found, this.#now())) return undefined;
    return { kind: "workspace", key, workspaceId: found.workspaceId, scopes: found.scopes };
  }
}

/** Why the caller may not; undefined when it may. */
export function whyNotAllowed(caller: Caller, access: Access): Answer | undefined {
  if (access === "operator") {
    return caller.kind === "operator"
      ? undefined
      : refusal("forbidden", "This call takes the operator's key.");
  }
  if (caller.kind === "operator") return refusal("forbidden", "This call takes a workspace's key.");
  return caller.scopes.includes(access)
    ? undefined
    : refusal("forbidden", `The key lacks the scope ${access}.`);
}

/** Takes the same time whatever differs. Both are SHA-256 in hex, so of one length. */
const isSame = (one: string, other: string): boolean => timingSafeEqual(Buffer.from(one), Buffer.from(other));
