import { z } from "zod";
import { time } from "../lists.js";
import { refuse, type RefineContext } from "../refuse.js";

/** A few certificates of 4,096-bit RSA keys. */
const CERTIFICATE_CHARS_MAX = 16_384;
/** Of 4,096-bit RSA about 3,300. */
const PRIVATE_KEY_CHARS_MAX = 8_192;
const TRUSTED_CHARS_MAX = 32_768;

const certificate = z.string().min(1).max(CERTIFICATE_CHARS_MAX).meta({
  description:
    "PEM: the certificate, then its issuers' in order. Replaced by a patch, it is used from the next attempt on",
});
const privateKey = z.string().min(1).max(PRIVATE_KEY_CHARS_MAX).meta({
  description:
    "PEM, not encrypted: RSA of 2,048 to 4,096 bits, EC on P-256, P-384 or P-521, or Ed25519. Never shown again",
});
const trustedCertificates = z.string().min(1).max(TRUSTED_CHARS_MAX).meta({
  description:
    "PEM: whom the receiver's certificate may come from, instead of the well-known authorities. Absent: those",
});

/** Shown to the receiver while connecting (product.md D12, mutual TLS). */
export const clientCertificate = z
  .strictObject({ certificate, privateKey, trustedCertificates: trustedCertificates.optional() })
  .meta({
    description: "Mutual TLS: what is shown to receivers that ask who connects. For https URLs only",
  });
export type GivenClientCertificate = z.output<typeof clientCertificate>;

/** Part of a merge patch, for the documentation. */
export const patchClientCertificate = z
  .strictObject({
    certificate: certificate.optional(),
    privateKey: privateKey.optional(),
    trustedCertificates: trustedCertificates.nullable().optional(),
  })
  .meta({ description: "What is left out stays, the private key too" });

const shownCertificate = {
  subject: z.string().meta({ example: "CN=hooklane.example.org" }),
  issuer: z.string(),
  notBefore: time,
  notAfter: time,
  fingerprint: z.string().meta({ description: "SHA-256 of its DER form, as openssl prints it" }),
};

/** What of it is shown. */
export const shownClientCertificate = z.strictObject({
  ...shownCertificate,
  trustedCertificates: z.array(z.strictObject(shownCertificate)).optional(),
});
export type ShownClientCertificate = z.input<typeof shownClientCertificate>;

/** There is nobody to show it to without TLS. */
export function refuseWithoutTls(
  given: { readonly url: string; readonly clientCertificate?: unknown },
  context: RefineContext,
): void {
  if (given.clientCertificate === undefined || /^https:/i.test(given.url)) return;
  refuse(context, ["clientCertificate"], "excluded_by", "is for https URLs only");
}
