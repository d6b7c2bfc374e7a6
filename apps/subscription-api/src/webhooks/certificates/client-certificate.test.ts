import { generateKeyPairSync, type KeyObject, X509Certificate } from "node:crypto";
import { describe, expect, test } from "@jest/globals";
import { makeTestCertificate } from "@hooklane/testing";
import { checkClientCertificate, toCertificateAnswer, toStoredCertificate } from "./client-certificate.js";

const NOW = new Date();
const DAY_MS = 86_400_000;
const inDays = (days: number) => new Date(NOW.getTime() + days * DAY_MS);

const root = makeTestCertificate({ commonName: "Root" });
const middle = makeTestCertificate({ commonName: "Middle", issuer: root, isAuthority: true });
const leaf = makeTestCertificate({ commonName: "hooklane", issuer: middle });
const other = makeTestCertificate({ commonName: "other" });
const chain = leaf.certificate + middle.certificate;
const good = { certificate: chain, privateKey: leaf.privateKey };

const errorsOf = (given: { certificate: string; privateKey: string; trustedCertificates?: string }) =>
  checkClientCertificate(given, undefined, NOW).map(({ path, code }) => [
    path.replace("clientCertificate.", ""),
    code,
  ]);

const pemOf = (key: KeyObject, options: object = {}) =>
  key.export({ type: "pkcs8", format: "pem", ...options } as { type: "pkcs8"; format: "pem" }).toString();
const rsaOf = (modulusLength: number) => generateKeyPairSync("rsa", { modulusLength }).privateKey;

describe("a client certificate", () => {
  test("with its chain, its key and whom it trusts is taken", () => {
    expect(errorsOf(good)).toEqual([]);
    expect(errorsOf({ ...good, certificate: leaf.certificate })).toEqual([]);
    expect(errorsOf({ ...good, trustedCertificates: root.certificate + other.certificate })).toEqual([]);
    expect(
      errorsOf({ ...good, privateKey: leaf.key.export({ type: "sec1", format: "pem" }).toString() }),
    ).toEqual([]);
  });

  test("is stored as its parts and nothing else, and stays the same when that is given again", () => {
    const stored = toStoredCertificate({
      certificate: `subject=CN\n${leaf.certificate}\nissuer\n${middle.certificate}`,
      privateKey: `-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n${leaf.key
        .export({ type: "sec1", format: "pem" })
        .toString()}${leaf.certificate}`,
      trustedCertificates: `  ${root.certificate}`,
    });
    expect(stored).toEqual({ ...good, trustedCertificates: root.certificate });
    expect(toStoredCertificate(stored)).toEqual(stored);
  });

  test.each([
    ["no PEM", { ...good, certificate: "AAAA" }, [["certificate", "invalid_certificate"]]],
    [
      "no certificate",
      { ...good, certificate: "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----" },
      [["certificate", "invalid_certificate"]],
    ],
    [
      "the private key among the certificates, which are shown",
      { ...good, certificate: leaf.certificate + leaf.privateKey },
      [["certificate", "invalid_certificate"]],
    ],
    [
      "a chain in another order",
      { ...good, certificate: leaf.certificate + root.certificate + middle.certificate },
      [["certificate", "invalid_certificate"]],
    ],
    [
      "too long a chain",
      { ...good, certificate: leaf.certificate.repeat(11) },
      [["certificate", "too_long"]],
    ],
    ["no key", { ...good, privateKey: leaf.certificate }, [["privateKey", "invalid_private_key"]]],
    [
      "a broken key",
      { ...good, privateKey: leaf.privateKey.replace(/\n.{20}/, "\nAAAA") },
      [["privateKey", "invalid_private_key"]],
    ],
    [
      "an encrypted key",
      { ...good, privateKey: pemOf(leaf.key, { cipher: "aes-256-cbc", passphrase: "p" }) },
      [["privateKey", "invalid_private_key"]],
    ],
    [
      "an encrypted key of the older form",
      {
        ...good,
        privateKey:
          "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n\nAAAA\n-----END RSA PRIVATE KEY-----",
      },
      [["privateKey", "invalid_private_key"]],
    ],
    ["the key of another", { ...good, privateKey: other.privateKey }, [["privateKey", "key_mismatch"]]],
    [
      "a short RSA key",
      { ...good, privateKey: pemOf(rsaOf(1_024)) },
      [["privateKey", "invalid_private_key"]],
    ],
    [
      "a key of another kind",
      { ...good, privateKey: pemOf(generateKeyPairSync("x25519").privateKey) },
      [["privateKey", "invalid_private_key"]],
    ],
    [
      "a key on another curve",
      { ...good, privateKey: pemOf(generateKeyPairSync("ec", { namedCurve: "secp256k1" }).privateKey) },
      [["privateKey", "invalid_private_key"]],
    ],
    [
      "all of it wrong",
      { certificate: "a", privateKey: "b", trustedCertificates: "c" },
      [
        ["certificate", "invalid_certificate"],
        ["privateKey", "invalid_private_key"],
        ["trustedCertificates", "invalid_certificate"],
      ],
    ],
  ])("with %s is refused", (_name, given, expected) => expect(errorsOf(given)).toEqual(expected));

  test("that is not in force, or whose issuer is not, is refused; whom it trusts too", () => {
    const made = (notBefore: Date, notAfter: Date, issuer = root) => {
      const { certificate, privateKey } = makeTestCertificate({
        commonName: "c",
        issuer,
        notBefore,
        notAfter,
      });
      return { certificate, privateKey };
    };
    const expired = made(inDays(-2), inDays(-1));
    expect(errorsOf(expired)).toEqual([["certificate", "certificate_expired"]]);
    expect(errorsOf(made(inDays(1), inDays(2)))).toEqual([["certificate", "invalid_certificate"]]);
    const trusted = { ...good, trustedCertificates: expired.certificate };
    expect(errorsOf(trusted)).toEqual([["trustedCertificates", "certificate_expired"]]);
    const over = makeTestCertificate({ commonName: "Over", notBefore: inDays(-2), notAfter: inDays(-1) });
    const under = made(inDays(-1), inDays(1), over);
    expect(errorsOf(under)).toEqual([]);
    expect(errorsOf({ ...under, certificate: under.certificate + over.certificate })).toEqual([
      ["certificate", "certificate_expired"],
    ]);
  });

  test("that OpenSSL would not connect with is refused", () => {
    const { certificate, privateKey } = makeTestCertificate({
      commonName: "c",
      issuer: root,
      digest: "sha1",
    });
    expect(errorsOf({ certificate, privateKey })).toEqual([["certificate", "invalid_certificate"]]);
  });

  test("that expired since it was saved stands in the way of no other change", () => {
    const stored = toStoredCertificate(good);
    expect(checkClientCertificate({ ...stored }, stored, inDays(100))).toEqual([]);
    expect(
      checkClientCertificate({ ...stored, trustedCertificates: root.certificate }, stored, inDays(100)),
    ).toEqual([
      expect.objectContaining({ code: "certificate_expired" }),
      expect.objectContaining({ code: "certificate_expired" }),
    ]);
  });
});

describe("what is shown of it", () => {
  const own = new X509Certificate(leaf.certificate);

  test("is who it is of, by whom, until when, and its fingerprint; never its key", () => {
    const shown = toCertificateAnswer({ ...good, trustedCertificates: root.certificate });
    expect(shown).toEqual({
      subject: "CN=hooklane",
      issuer: "CN=Middle",
      notBefore: new Date(own.validFrom).toISOString(),
      notAfter: new Date(own.validTo).toISOString(),
      fingerprint: own.fingerprint256,
      trustedCertificates: [expect.objectContaining({ subject: "CN=Root", issuer: "CN=Root" })],
    });
  });

  test("is an empty name where it has none", () => {
    const { certificate, privateKey } = makeTestCertificate({ commonName: "" });
    expect(toCertificateAnswer({ certificate, privateKey })).toMatchObject({ subject: "", issuer: "" });
  });
});
