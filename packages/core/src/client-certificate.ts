/** How a webhook's requests prove who they come from while connecting (product.md D12, mutual TLS). All parts in PEM. */
export interface ClientCertificate {
  /** The certificate, then those of its issuers up to what the receiver knows. */
  readonly certificate: string;
  /** Of the first certificate. Never shown, never logged. */
  readonly privateKey: string;
  /** Whom the receiver's own certificate may come from, instead of the well-known authorities. */
  readonly trustedCertificates?: string;
}
