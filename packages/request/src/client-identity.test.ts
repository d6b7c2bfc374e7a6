import { asWebhookId } from "@hooklane/core";
import { makeTestCertificate } from "@hooklane/testing";
import { describe, expect, test } from "@jest/globals";
import { toClientIdentity } from "./client-identity.js";
import { toProfile } from "./request-profile.js";

const notAfter = new Date("2040-01-02T03:04:05Z");
const one = makeTestCertificate({ commonName: "one", notAfter });
const other = makeTestCertificate({ commonName: "other" });

describe("whom a webhook connects as", () => {
  const identity = toClientIdentity(one);

  test("is one for the same certificate and authorities, and another for any other", () => {
    const others = [
      other,
      { ...one, trustedCertificates: other.certificate },
      { ...one, trustedCertificates: one.certificate },
      { ...one, certificate: one.certificate + other.certificate },
    ];
    const ids = [identity, ...others.map(toClientIdentity)].map(({ id }) => id);
    expect(new Set(ids).size).toBe(5);
    expect(toClientIdentity({ ...one }).id).toBe(identity.id);
  });

  test("ends with the first certificate, and is named by nothing secret", () => {
    expect(identity.expiresAt).toBe(notAfter.getTime());
    expect(toClientIdentity({ ...one, privateKey: other.privateKey }).id).toBe(identity.id);
  });

  test("is nobody without a certificate", () => {
    const webhook = {
      _id: asWebhookId("wh_1"),
      name: "W",
      headers: {},
      contentType: "application/json",
      successStatus: "2xx",
      secrets: [],
    } as const;
    const endpoint = { url: "https://example.org/" };
    expect(toProfile(webhook, endpoint).clientIdentity).toBeUndefined();
    expect(toProfile({ ...webhook, clientCertificate: one }, endpoint).clientIdentity?.id).toBe(identity.id);
  });
});
