import { createPublicKey, verify, X509Certificate } from "node:crypto";
import { makeTestCertificate, type TestCertificate } from "@hooklane/testing";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { type TestAnswer, TestApi, type TestWorkspace } from "../testing/test-api.js";

const HOUR_MS = 3_600_000;

let api: TestApi;
let workspace: TestWorkspace;

beforeAll(async () => {
  api = await TestApi.start();
  workspace = await api.createWorkspace();
});

afterAll(() => api.stop());

const post = (overrides: object = {}) =>
  workspace.call("POST", "/v1/webhooks", {
    body: { name: "w", url: "https://hooks.example.org/a", eventTypes: ["email.opened"], ...overrides },
  });

const create = async (overrides: object = {}) => {
  const answer = await post(overrides);
  expect(answer.status).toBe(201);
  return answer.body;
};

const get = async (id: string) => (await workspace.call("GET", `/v1/webhooks/${id}`)).body;
const patch = (id: string, body: unknown) => workspace.call("PATCH", `/v1/webhooks/${id}`, { body });
const rotate = (id: string, body: unknown = {}) =>
  workspace.call("POST", `/v1/webhooks/${id}/rotate-secret`, { body });
const errorsOf = (answer: TestAnswer) => answer.body.errors.map(({ path, code }) => [path, code]);

/** All of it as it is stored, as text. */
async function storedTextOf(id: string): Promise<string> {
  const database = api.store.db;
  const webhook = await database.collection<{ _id: string }>("webhooks").findOne({ _id: id });
  const entries = await database.collection("auditLog").find({ objectId: id }).toArray();
  return JSON.stringify([webhook, entries]);
}

async function signatureOf(id: string): Promise<{ readonly content: string; readonly entries: string[] }> {
  const { body, status } = await workspace.call("POST", "/v1/webhooks/preview", {
    body: { webhookId: id, event: { type: "email.opened", data: { a: 1 } } },
  });
  expect(status).toBe(200);
  const shown = body as unknown as { body: string; headers: Record<string, string> };
  const { headers } = shown;
  return {
    content: `${headers["webhook-id"]}.${headers["webhook-timestamp"]}.${shown.body}`,
    entries: headers["webhook-signature"]!.split(" "),
  };
}

function isSignedBy(publicKey: string, content: string, entry: string): boolean {
  const x = Buffer.from(publicKey.replace("whpk_", ""), "base64").toString("base64url");
  const key = createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x }, format: "jwk" });
  return verify(null, Buffer.from(content), key, Buffer.from(entry.replace("v1a,", ""), "base64"));
}

describe("signatureScheme of a webhook", () => {
  test("is hmac-sha256 unless it says otherwise, with a secret shown this once: 201", async () => {
    const made = await create();
    expect(made).toMatchObject({ signatureScheme: "hmac-sha256", secret: expect.stringMatching(/^whsec_/) });
    expect(made.publicKeys).toBeUndefined();
  });

  test("ed25519: 201 with a public key, shown ever after, and the private one nowhere", async () => {
    const made = await create({ signatureScheme: "ed25519" });
    const [current, ...others] = made.publicKeys ?? [];
    expect([made.signatureScheme, made.secret, others]).toEqual(["ed25519", undefined, []]);
    expect(current).toEqual({ key: expect.stringMatching(/^whpk_[A-Za-z0-9+/]{43}=$/) });
    expect((await get(made.id)).publicKeys).toEqual([current]);
    const { content, entries } = await signatureOf(made.id);
    expect(entries).toHaveLength(1);
    expect(entries[0]).toMatch(/^v1a,/);
    expect(isSignedBy(current!.key, content, entries[0]!)).toBe(true);
    const stored = await storedTextOf(made.id);
    expect(stored).not.toContain("whsk_");
    expect(stored).toContain(current!.key);
  });

  test("another one by PATCH makes a new key, and the one before signs for a day: 200", async () => {
    const made = await create();
    const toKeys = await patch(made.id, { signatureScheme: "ed25519" });
    expect(toKeys.status).toBe(200);
    expect(toKeys.body).toMatchObject({ signatureScheme: "ed25519", publicKeys: [{}], version: 2 });
    expect(toKeys.body.secret).toBeUndefined();
    const both = await signatureOf(made.id);
    expect(both.entries.map((entry) => entry.split(",")[0])).toEqual(["v1a", "v1"]);

    const back = await patch(made.id, { signatureScheme: null });
    expect(back.body).toMatchObject({ signatureScheme: "hmac-sha256", version: 3 });
    expect(back.body.secret).toMatch(/^whsec_/);
    expect(back.body.secret).not.toBe(made.secret);
    const [old] = back.body.publicKeys ?? [];
    expect(old?.key).toBe(toKeys.body.publicKeys?.[0]?.key);
    const remaining = Date.parse(old!.expiresAt!) - Date.now();
    expect(Math.round(remaining / HOUR_MS)).toBe(24);
    expect((await get(made.id)).secret).toBeUndefined();
  });

  test("that is too soon again: 409, and nothing else of the patch is done; the same one changes no key: 200", async () => {
    const made = await create();
    for (const signatureScheme of ["ed25519", "hmac-sha256"])
      expect((await patch(made.id, { signatureScheme })).status).toBe(200);
    const refused = await patch(made.id, { name: "other", signatureScheme: "ed25519" });
    expect([refused.status, refused.body.code]).toEqual([409, "conflict"]);
    expect(await get(made.id)).toMatchObject({ name: "w", version: 3 });
    const same = await patch(made.id, { name: "x", signatureScheme: "hmac-sha256" });
    expect([same.status, same.body.secret]).toEqual([200, undefined]);
    expect((await signatureOf(made.id)).entries).toHaveLength(3);
  });

  test("that is none: 422", async () => {
    expect(errorsOf(await post({ signatureScheme: "rsa" }))).toEqual([["signatureScheme", "invalid_value"]]);
    const { id } = await create();
    expect(errorsOf(await patch(id, { signatureScheme: 1 }))).toEqual([["signatureScheme", "invalid_value"]]);
  });
});

describe("POST /v1/webhooks/{id}/rotate-secret with ed25519", () => {
  test("gives a new public key, and shows the one before until it ends: 200", async () => {
    const made = await create({ signatureScheme: "ed25519" });
    const answer = await rotate(made.id, { overlapHours: 2 });
    expect([answer.status, answer.body.secret]).toEqual([200, undefined]);
    const [current, before, ...others] = answer.body.publicKeys ?? [];
    expect([current?.expiresAt, before?.key, others]).toEqual([undefined, made.publicKeys?.[0]?.key, []]);
    expect(Math.round((Date.parse(before!.expiresAt!) - Date.now()) / HOUR_MS)).toBe(2);
    const { content, entries } = await signatureOf(made.id);
    for (const [index, { key }] of [current!, before!].entries())
      expect(isSignedBy(key, content, entries[index]!)).toBe(true);

    const alone = await rotate(made.id, { overlapHours: 0 });
    expect(alone.body.publicKeys).toHaveLength(1);
    expect((await signatureOf(made.id)).entries).toHaveLength(1);
  });
});

describe("clientCertificate of a webhook", () => {
  const authority = makeTestCertificate({ commonName: "Authority" });
  const leafOf = (commonName: string, options: object = {}) =>
    makeTestCertificate({ commonName, issuer: authority, ...options });
  const toGiven = ({ certificate, privateKey }: TestCertificate) => ({ certificate, privateKey });
  const leaf = leafOf("hooklane");
  const given = { ...toGiven(leaf), trustedCertificates: authority.certificate };
  const keyLine = leaf.privateKey.split("\n")[1]!;

  test("is taken, and shown without its key, which is sealed: 201, 200", async () => {
    const made = await post({ clientCertificate: given });
    expect(made.status).toBe(201);
    const { fingerprint256, validTo } = new X509Certificate(leaf.certificate);
    const shown = {
      subject: "CN=hooklane",
      issuer: "CN=Authority",
      notBefore: expect.any(String),
      notAfter: new Date(validTo).toISOString(),
      fingerprint: fingerprint256,
      trustedCertificates: [expect.objectContaining({ subject: "CN=Authority" })],
    };
    const read = await workspace.call("GET", `/v1/webhooks/${made.body.id}`);
    const renamed = await patch(made.body.id, { name: "x" });
    for (const { body, text } of [made, read, renamed]) {
      expect(body.clientCertificate).toEqual(shown);
      expect(text).not.toContain(keyLine);
    }
    const stored = await storedTextOf(made.body.id);
    expect(stored).toContain("BEGIN CERTIFICATE");
    expect(stored).not.toContain(keyLine);
    expect(stored).not.toContain("PRIVATE KEY");
  });

  test("is replaced by a patch, the key kept where it is left out, and removed by null: 200", async () => {
    const { id } = await create({ clientCertificate: given });
    const next = leafOf("next");
    const replaced = await patch(id, { clientCertificate: toGiven(next) });
    expect(replaced.body.clientCertificate).toMatchObject({
      subject: "CN=next",
      trustedCertificates: [{}],
    });
    const mismatched = await patch(id, { clientCertificate: { certificate: leaf.certificate } });
    expect([mismatched.status, errorsOf(mismatched)]).toEqual([
      422,
      [["clientCertificate.privateKey", "key_mismatch"]],
    ]);
    const longer = { certificate: next.certificate + authority.certificate, trustedCertificates: null };
    const chained = await patch(id, { clientCertificate: longer });
    expect(chained.body.clientCertificate).toMatchObject({ subject: "CN=next" });
    expect(chained.body.clientCertificate).not.toHaveProperty("trustedCertificates");
    expect((await patch(id, { clientCertificate: null })).body.clientCertificate).toBeUndefined();
  });

  test.each([
    ["text", { certificate: "x", privateKey: "y" }, ["certificate", "privateKey"]],
    ["without its key", { certificate: leaf.certificate }, ["privateKey"]],
    ["of another key", { ...given, privateKey: leafOf("b").privateKey }, ["privateKey"]],
    ["that has expired", toGiven(leafOf("old", { notAfter: new Date(Date.now() - 1_000) })), ["certificate"]],
    ["too long", { ...given, certificate: leaf.certificate.repeat(40) }, ["certificate"]],
    ["with other fields", { ...given, passphrase: "p" }, ["passphrase"]],
  ])("%s: 422", async (_name, clientCertificate, paths) => {
    const answer = await post({ clientCertificate });
    expect(answer.status).toBe(422);
    expect(answer.body.errors.map(({ path }) => path)).toEqual(
      paths.map((path) => `clientCertificate.${path}`),
    );
    expect(answer.text).not.toContain(keyLine);
  });

  test("goes to no other origin unless its key is given again: 422, 200", async () => {
    const { id } = await create({ clientCertificate: given });
    const url = "https://other.example.org/a";
    expect(
      errorsOf(await patch(id, { url, clientCertificate: toGiven({ ...leaf, privateKey: "" }) })),
    ).toEqual([["clientCertificate.privateKey", "too_short"]]);
    expect(errorsOf(await patch(id, { url }))).toEqual([["clientCertificate.privateKey", "required"]]);
    expect((await patch(id, { url: "https://hooks.example.org/b" })).status).toBe(200);
    expect((await patch(id, { url, clientCertificate: { privateKey: leaf.privateKey } })).status).toBe(200);
  });

  test("without TLS: 422, also where a patch takes it away", async () => {
    const url = "http://hooks.example.org/a";
    expect(errorsOf(await post({ url, clientCertificate: given }))).toEqual([
      ["clientCertificate", "excluded_by"],
    ]);
    const { id } = await create({ clientCertificate: given });
    expect(errorsOf(await patch(id, { url }))).toEqual([["clientCertificate", "excluded_by"]]);
    expect((await patch(id, { url, clientCertificate: null })).status).toBe(200);
  });
});
