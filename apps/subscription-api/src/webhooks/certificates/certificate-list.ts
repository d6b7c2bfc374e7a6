import { X509Certificate } from "node:crypto";
import type { FieldCode } from "@hooklane/contracts";
import { readPem } from "./pem.js";

/** What is wrong with a text of certificates. */
export interface CertificateFault {
  readonly code: FieldCode;
  readonly message: string;
}

export type CertificateList =
  | { readonly ok: true; readonly certificates: readonly X509Certificate[] }
  | { readonly ok: false; readonly fault: CertificateFault };

/** Reads certificates and nothing else: a private key among them would be stored as one of them, where anybody reads it. */
export function readCertificates(pem: string, countMax: number): CertificateList {
  const blocks = readPem(pem);
  if (blocks.length === 0) return invalid("has no certificate in PEM form");
  if (blocks.length > countMax)
    return { ok: false, fault: { code: "too_long", message: `must have at most ${countMax}` } };
  const certificates: X509Certificate[] = [];
  for (const [index, { label, text }] of blocks.entries()) {
    const certificate = label === "CERTIFICATE" ? parse(text) : undefined;
    if (certificate === undefined) return invalid(`block ${index + 1} is no certificate`);
    certificates.push(certificate);
  }
  return { ok: true, certificates };
}

/** In PEM form, without what stood between them. */
export const toPem = (certificates: readonly X509Certificate[]): string => certificates.map(String).join("");

/** The first of them that cannot be used at this time. */
export function findUnusable(
  certificates: readonly X509Certificate[],
  at: Date,
): CertificateFault | undefined {
  for (const { subject, validFrom, validTo } of certificates) {
    const name = toOneLine(subject);
    if (new Date(validTo) <= at)
      return { code: "certificate_expired", message: `${name} expired on ${toIso(validTo)}` };
    if (new Date(validFrom) > at)
      return { code: "invalid_certificate", message: `${name} is valid from ${toIso(validFrom)} on` };
  }
  return undefined;
}

/** A distinguished name in one line: Node gives several, and none at all for an empty one, whatever its types say. */
export const toOneLine = (name: string | undefined): string => name?.split("\n").join(", ") ?? "";

/** Node prints times as OpenSSL does. */
export const toIso = (time: string): string => new Date(time).toISOString();

function parse(text: string): X509Certificate | undefined {
  try {
    return new X509Certificate(text);
  } catch {
    return undefined;
  }
}

const invalid = (message: string): CertificateList => ({
  ok: false,
  fault: { code: "invalid_certificate", message },
});
