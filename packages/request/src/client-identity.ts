import { createHash, X509Certificate } from "node:crypto";
import type { ClientCertificate } from "@hooklane/core";

/** As whom a webhook's requests connect, and whom they believe (product.md D12, mutual TLS). */
export interface ClientIdentity extends ClientCertificate {
  /** Equal where connections can be shared: the same certificate, and the same authorities. Nothing secret. */
  readonly id: string;
  /** End of the certificate, milliseconds since 1970. */
  readonly expiresAt: number;
}

/** @throws for a certificate that is none */
export function toClientIdentity(given: ClientCertificate): ClientIdentity {
  const { certificate, trustedCertificates } = given;
  const id = createHash("sha256")
    .update(JSON.stringify([certificate, trustedCertificates]))
    .digest("base64url");
  return { ...given, id, expiresAt: Date.parse(new X509Certificate(certificate).validTo) };
}
