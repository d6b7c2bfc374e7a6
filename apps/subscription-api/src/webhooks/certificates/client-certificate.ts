import type { X509Certificate } from "node:crypto";
import { createSecureContext } from "node:tls";
import { isDeepStrictEqual } from "node:util";
import type { FieldError, GivenClientCertificate, ShownClientCertificate } from "@hooklane/contracts";
import type { ClientCertificate } from "@hooklane/core";
import {
  type CertificateFault,
  findUnusable,
  readCertificates,
  toIso,
  toOneLine,
  toPem as toCertificatePem,
} from "./certificate-list.js";
import { readPrivateKey, toPem as toKeyPem } from "./private-key.js";

const CHAIN_LENGTH_MAX = 10;
const TRUSTED_MAX = 20;

type Part = keyof ClientCertificate;

/** As it is stored and used. */
type Read =
  | { readonly ok: true; readonly stored: ClientCertificate }
  | { readonly ok: false; readonly errors: readonly FieldError[] };

/**
 * Whether it can be used to connect with (product.md D12). One that was saved before and is not changed is not asked
 * about again: a webhook whose certificate has expired can still be renamed or switched off.
 */
export function checkClientCertificate(
  given: GivenClientCertificate | undefined,
  kept: ClientCertificate | undefined,
  at: Date,
): readonly FieldError[] {
  if (given === undefined || isDeepStrictEqual(given, kept)) return [];
  const read = readClientCertificate(given, at);
  return read.ok ? [] : read.errors;
}

/** What is stored of it: certificates and key only, whatever stood around them. @throws RangeError for what was not checked */
export function toStoredCertificate(given: GivenClientCertificate): ClientCertificate {
  const read = readClientCertificate(given);
  if (!read.ok) throw new RangeError("The certificate was not checked");
  return read.stored;
}

/** What of it may be shown: anything but the private key. */
export function toCertificateAnswer({
  certificate,
  trustedCertificates,
}: ClientCertificate): ShownClientCertificate | undefined {
  const [own] = listOf(certificate);
  return (
    own && {
      ...toShown(own),
      ...(trustedCertificates !== undefined && {
        trustedCertificates: listOf(trustedCertificates).map(toShown),
      }),
    }
  );
}

/** @param at what has to be in force; undefined: nothing */
function readClientCertificate(given: GivenClientCertificate, at?: Date): Read {
  const chain = readCertificates(given.certificate, CHAIN_LENGTH_MAX);
  const trusted =
    given.trustedCertificates === undefined
      ? undefined
      : readCertificates(given.trustedCertificates, TRUSTED_MAX);
  const key = readPrivateKey(given.privateKey);
  const errors = [
    ...toErrors("certificate", chain.ok ? findChainFault(chain.certificates, at) : chain.fault),
    ...toErrors("privateKey", key.ok ? undefined : { code: "invalid_private_key", message: key.message }),
    ...toErrors("trustedCertificates", trusted?.ok === false ? trusted.fault : undefined),
    ...toErrors(
      "trustedCertificates",
      trusted?.ok && at ? findUnusable(trusted.certificates, at) : undefined,
    ),
  ];
  if (errors.length > 0 || !chain.ok || !key.ok || trusted?.ok === false) return { ok: false, errors };
  const mismatch: CertificateFault = { code: "key_mismatch", message: "is not the key of the certificate" };
  if (chain.certificates[0]?.checkPrivateKey(key.key) !== true)
    return { ok: false, errors: toErrors("privateKey", mismatch) };
  const stored: ClientCertificate = {
    certificate: toCertificatePem(chain.certificates),
    privateKey: toKeyPem(key.key),
    ...(trusted && { trustedCertificates: toCertificatePem(trusted.certificates) }),
  };
  const refused = whyNotUsed(stored);
  return refused ? { ok: false, errors: toErrors("certificate", refused) } : { ok: true, stored };
}

function findChainFault(
  certificates: readonly X509Certificate[],
  at: Date | undefined,
): CertificateFault | undefined {
  const broken = certificates.findIndex((certificate, index) => {
    const issuer = certificates[index + 1];
    return issuer !== undefined && !certificate.checkIssued(issuer);
  });
  if (broken >= 0) {
    const message = `certificate ${broken + 2} is not the issuer of certificate ${broken + 1}`;
    return { code: "invalid_certificate", message };
  }
  return at && findUnusable(certificates, at);
}

/** OpenSSL has the last word: what it does not take now it would not take when connecting (a weak digest). */
function whyNotUsed({ certificate, privateKey, trustedCertificates }: ClientCertificate) {
  try {
    createSecureContext({
      cert: certificate,
      key: privateKey,
      ...(trustedCertificates !== undefined && { ca: trustedCertificates }),
    });
    return undefined;
  } catch (error) {
    const { code = "unknown" } = error as { readonly code?: string };
    return { code: "invalid_certificate", message: `cannot be used: ${code}` } as const;
  }
}

const toErrors = (part: Part, fault: CertificateFault | undefined): FieldError[] =>
  fault ? [{ path: `clientCertificate.${part}`, ...fault }] : [];

function listOf(pem: string): readonly X509Certificate[] {
  const list = readCertificates(pem, Infinity);
  return list.ok ? list.certificates : [];
}

const toShown = ({ subject, issuer, validFrom, validTo, fingerprint256 }: X509Certificate) => ({
  subject: toOneLine(subject),
  issuer: toOneLine(issuer),
  notBefore: toIso(validFrom),
  notAfter: toIso(validTo),
  fingerprint: fingerprint256,
});
