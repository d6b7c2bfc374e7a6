import { generateKeyPairSync, type KeyObject, randomBytes, sign } from "node:crypto";
import { isIP } from "node:net";
import {
  bits,
  explicit,
  implicit,
  integer,
  octets,
  oid,
  sequence,
  set,
  truth,
  utcTime,
  utf8,
} from "./der.js";

/** A certificate and its key, made for one test. Protects nothing. */
export interface TestCertificate {
  /** PEM. */
  readonly certificate: string;
  /** PKCS #8 in PEM, not encrypted. */
  readonly privateKey: string;
  readonly commonName: string;
  readonly key: KeyObject;
}

export interface TestCertificateOptions {
  readonly commonName: string;
  /** Default: itself. */
  readonly issuer?: TestCertificate;
  /** May issue others. Default: only when it is its own issuer. */
  readonly isAuthority?: boolean;
  /** Names and addresses it is for. */
  readonly hosts?: readonly string[];
  /** Default: since a day. */
  readonly notBefore?: Date;
  /** Default: for another day. */
  readonly notAfter?: Date;
  /** What it is signed over. Default: sha256. */
  readonly digest?: keyof typeof ECDSA_WITH;
}

const DAY_MS = 86_400_000;
const ECDSA_WITH = { sha256: "1.2.840.10045.4.3.2", sha1: "1.2.840.10045.4.1" } as const;
const COMMON_NAME = "2.5.4.3";
const SUBJECT_ALT_NAME = "2.5.29.17";
const BASIC_CONSTRAINTS = "2.5.29.19";
/** X.509 version 3 is written as 2. */
const VERSION_3 = Buffer.of(2);

/** Makes a certificate (RFC 5280) with a key on P-256. node:crypto reads them, but makes none. */
export function makeTestCertificate(options: TestCertificateOptions): TestCertificate {
  const { commonName, issuer, hosts = [], digest = "sha256" } = options;
  const { isAuthority = issuer === undefined } = options;
  const { privateKey: key, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const now = Date.now();
  const { notBefore = new Date(now - DAY_MS), notAfter = new Date(now + DAY_MS) } = options;
  const algorithm = sequence(oid(ECDSA_WITH[digest]));
  const content = sequence(
    explicit(0, integer(VERSION_3)),
    integer(Buffer.concat([Buffer.of(1), randomBytes(15)])),
    algorithm,
    toName(issuer?.commonName ?? commonName),
    sequence(utcTime(notBefore), utcTime(notAfter)),
    toName(commonName),
    publicKey.export({ type: "spki", format: "der" }),
    explicit(3, sequence(...toExtensions(isAuthority, hosts))),
  );
  const signature = sign(digest, content, issuer?.key ?? key);
  return {
    commonName,
    key,
    certificate: toPem("CERTIFICATE", sequence(content, algorithm, bits(signature))),
    privateKey: key.export({ type: "pkcs8", format: "pem" }).toString(),
  };
}

/** Without a common name it has nothing in it. */
const toName = (commonName: string) =>
  commonName === "" ? sequence() : sequence(set(sequence(oid(COMMON_NAME), utf8(commonName))));

function toExtensions(isAuthority: boolean, hosts: readonly string[]): Buffer[] {
  const constraints = sequence(...(isAuthority ? [truth] : []));
  const extensions = [sequence(oid(BASIC_CONSTRAINTS), truth, octets(constraints))];
  if (hosts.length > 0)
    extensions.push(sequence(oid(SUBJECT_ALT_NAME), octets(sequence(...hosts.map(toHost)))));
  return extensions;
}

/** A GeneralName: `[2]` for names, `[7]` for addresses (IPv4 here). */
const toHost = (host: string): Buffer =>
  isIP(host) === 0 ? implicit(2, Buffer.from(host)) : implicit(7, Buffer.from(host.split(".").map(Number)));

function toPem(label: string, der: Buffer): string {
  const lines = der.toString("base64").match(/.{1,64}/g) ?? [];
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ""].join("\n");
}
