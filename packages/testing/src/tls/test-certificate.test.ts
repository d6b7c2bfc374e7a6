import { X509Certificate } from "node:crypto";
import { describe, expect, test } from "@jest/globals";
import { makeTestCertificate } from "./test-certificate.js";

describe("a certificate of a test", () => {
  const authority = makeTestCertificate({ commonName: "Authority é" });
  const leaf = makeTestCertificate({
    commonName: "leaf",
    issuer: authority,
    hosts: ["receiver.test", "127.0.0.1"],
    notAfter: new Date("2030-01-02T03:04:05Z"),
  });
  const [root, read] = [authority, leaf].map(({ certificate }) => new X509Certificate(certificate));

  test("is read by node:crypto as what it was made of", () => {
    expect([root!.ca, read!.ca]).toEqual([true, false]);
    expect(read!.subject).toBe("CN=leaf");
    expect(read!.issuer).toBe("CN=Authority é");
    expect(read!.subjectAltName).toBe("DNS:receiver.test, IP Address:127.0.0.1");
    expect(new Date(read!.validTo)).toEqual(new Date("2030-01-02T03:04:05Z"));
  });

  test("is signed by its issuer and belongs to its key", () => {
    expect([root!.verify(root!.publicKey), read!.verify(root!.publicKey)]).toEqual([true, true]);
    expect([read!.checkIssued(root!), root!.checkIssued(read!)]).toEqual([true, false]);
    expect([read!.checkPrivateKey(leaf.key), read!.checkPrivateKey(authority.key)]).toEqual([true, false]);
  });
});
