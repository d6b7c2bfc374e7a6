import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { type TestAnswer, TestApi, type TestWorkspace } from "../testing/test-api.js";

let api: TestApi;
let workspace: TestWorkspace;
let other: TestWorkspace;

beforeAll(async () => {
  api = await TestApi.start();
  workspace = await api.createWorkspace();
  other = await api.createWorkspace();
});

afterAll(() => api.stop());

const oauth2 = {
  type: "oauth2",
  tokenUrl: "https://idp.example.org/token",
  clientId: "c",
  clientSecret: "hidden-1",
  scope: "a b",
};
const basic = { type: "basic", username: "u", password: "hidden-2" };
const bearer = { type: "bearer", token: "hidden-3" };

const post = (overrides: object = {}) =>
  workspace.call("POST", "/v1/webhooks", {
    body: { name: "w", url: "https://hooks.example.org/a", eventTypes: ["email.opened"], ...overrides },
  });

const create = async (overrides: object = {}) => {
  const answer = await post(overrides);
  expect(answer.status).toBe(201);
  return answer.body;
};

const patch = (id: string, body: unknown) => workspace.call("PATCH", `/v1/webhooks/${id}`, { body });

const errorsOf = (answer: TestAnswer) => answer.body.errors.map(({ path, code }) => [path, code]);

describe("auth of a webhook", () => {
  test.each([
    [basic, { type: "basic", username: "u" }],
    [bearer, { type: "bearer" }],
    [oauth2, { type: "oauth2", tokenUrl: oauth2.tokenUrl, clientId: "c", scope: "a b" }],
    [{ ...oauth2, audience: "https://api" }, expect.objectContaining({ audience: "https://api" })],
  ])("%j is taken, and shown without what is secret: 201, 200", async (auth, shown) => {
    const made = await post({ auth });
    const read = await workspace.call("GET", `/v1/webhooks/${made.body.id}`);
    const listed = await workspace.call("GET", "/v1/webhooks?limit=100");
    const changed = await patch(made.body.id, { name: "x" });
    for (const { body } of [made, read, changed]) expect(body.auth).toEqual(shown);
    for (const { text } of [made, read, changed, listed]) expect(text).not.toContain("hidden");
  });

  test.each([
    ["http://127.0.0.1/token", "destination_refused"],
    ["http://[::ffff:10.0.0.1]/", "destination_refused"],
    ["http://0x7f.1/", "destination_refused"],
    ["https://localhost/", "destination_refused"],
    ["https://u:p@idp.example.org/", "url_credentials"],
    ["/token", "invalid_url"],
  ])("with the token endpoint %s: 422", async (tokenUrl, code) => {
    const answer = await post({ auth: { ...oauth2, tokenUrl } });
    expect(answer.status).toBe(422);
    expect(errorsOf(answer)).toEqual([["auth.tokenUrl", code]]);
    const { id } = await create({ auth: oauth2 });
    const { clientSecret } = oauth2;
    expect(errorsOf(await patch(id, { auth: { tokenUrl, clientSecret } }))).toEqual([
      ["auth.tokenUrl", code],
    ]);
  });
});

describe("a merge patch of auth", () => {
  const signsInAs = async (id: string) => (await workspace.call("GET", `/v1/webhooks/${id}`)).body.auth;

  test("of the same type keeps what is left out, secrets too: 200", async () => {
    const { id } = await create({ auth: oauth2 });
    const answer = await patch(id, { auth: { type: "oauth2", clientId: "d", scope: null } });
    expect(answer.status).toBe(200);
    expect(answer.body.auth).toEqual({ type: "oauth2", tokenUrl: oauth2.tokenUrl, clientId: "d" });
  });

  test("of another type replaces all of it: 200; what that needs and has not: 422", async () => {
    const { id } = await create({ auth: basic });
    expect(errorsOf(await patch(id, { auth: { type: "oauth2", clientId: "c" } }))).toEqual([
      ["auth.tokenUrl", "required"],
      ["auth.clientSecret", "required"],
    ]);
    expect(await signsInAs(id)).toEqual({ type: "basic", username: "u" });
    expect((await patch(id, { auth: bearer })).body.auth).toEqual({ type: "bearer" });
    // The password of before is gone.
    expect(errorsOf(await patch(id, { auth: { type: "basic", username: "u" } }))).toEqual([
      ["auth.password", "required"],
    ]);
    expect((await patch(id, { auth: oauth2 })).body.auth).toMatchObject({ type: "oauth2" });
    expect((await patch(id, { auth: null })).body.auth).toBeUndefined();
  });

  test("with a field of another type: 422", async () => {
    const { id } = await create({ auth: bearer });
    expect(errorsOf(await patch(id, { auth: { password: "x" } }))).toEqual([
      ["auth.password", "unknown_field"],
    ]);
    expect(errorsOf(await patch(id, { auth: { type: null } }))).toEqual([["auth.type", "required"]]);
    expect(errorsOf(await patch(id, { headers: { authorization: "x" } }))).toEqual([
      ["headers.authorization", "excluded_by"],
    ]);
  });
});

describe("a secret that is kept", () => {
  const elsewhere = "https://mine.example.net/take";
  const token = { tokenUrl: elsewhere };

  test.each([
    ["a token endpoint", oauth2, { auth: token }, "auth.clientSecret"],
    [
      "a token endpoint on another port",
      oauth2,
      { auth: { tokenUrl: "https://idp.example.org:8443/token" } },
      "auth.clientSecret",
    ],
    ["a URL, with its tokens", oauth2, { url: elsewhere }, "auth.clientSecret"],
    ["a URL", basic, { url: elsewhere }, "auth.password"],
    ["a URL without TLS", bearer, { url: "http://hooks.example.org/a" }, "auth.token"],
    [
      "a URL, beside other fields of auth",
      basic,
      { url: elsewhere, auth: { username: "v" } },
      "auth.password",
    ],
  ])("is not led to %s of another origin: 422, and nothing is changed", async (_name, auth, body, path) => {
    const made = await create({ auth, status: "active" });
    const answer = await patch(made.id, body);
    expect(answer.status).toBe(422);
    expect(errorsOf(answer)).toEqual([[path, "required"]]);
    expect((await workspace.call("GET", `/v1/webhooks/${made.id}`)).body).toMatchObject({ version: 1 });
  });

  test.each([
    ["is given again", oauth2, { auth: { ...token, clientSecret: "hidden-4" } }],
    ["is given again with a URL", basic, { url: elsewhere, auth: { password: "hidden-2" } }],
    ["is removed with it", bearer, { url: elsewhere, auth: null }],
    ["is replaced by another kind", basic, { url: elsewhere, auth: bearer }],
    [
      "stays with the origin",
      oauth2,
      { url: "https://hooks.example.org/b", auth: { tokenUrl: "https://idp.example.org/v2" } },
    ],
  ])("goes along where it %s: 200", async (_name, auth, body) => {
    expect((await patch((await create({ auth })).id, body)).status).toBe(200);
  });
});

describe("POST /v1/webhooks/{id}/rotate-secret", () => {
  const rotate = (id: string, body?: unknown, headers: Record<string, string> = {}) =>
    workspace.call("POST", `/v1/webhooks/${id}/rotate-secret`, {
      ...(body !== undefined && { body }),
      headers,
    });

  test("gives a new secret this once, and raises the version only: 200", async () => {
    const made = await create({ status: "active" });
    const answer = await rotate(made.id);
    expect(answer.status).toBe(200);
    expect(answer.headers.get("etag")).toBe('"2"');
    expect(answer.body).toMatchObject({ id: made.id, status: "active", version: 2, generation: 1 });
    expect(answer.body.secret).toMatch(/^whsec_/);
    expect(answer.body.secret).not.toBe(made.secret);
    expect((await workspace.call("GET", `/v1/webhooks/${made.id}`)).body.secret).toBeUndefined();
    const stored = await api.store.db
      .collection<{ _id: string; secrets: { createdAt: Date; expiresAt?: Date }[] }>("webhooks")
      .findOne({ _id: made.id });
    const [current, before, ...more] = stored?.secrets ?? [];
    expect([current?.expiresAt, more]).toEqual([undefined, []]);
    expect(before?.expiresAt?.getTime()).toBe((current?.createdAt.getTime() ?? 0) + 24 * 3_600_000);
  });

  test("more often than old ones may sign: 409; without an overlap always: 200", async () => {
    const { id } = await create();
    expect((await rotate(id, { overlapHours: 168 })).status).toBe(200);
    expect((await rotate(id, { overlapHours: 1 })).status).toBe(200);
    const refused = await rotate(id, { overlapHours: 1 });
    expect([refused.status, refused.body.code]).toEqual([409, "conflict"]);
    expect((await rotate(id, { overlapHours: 0 })).status).toBe(200);
    const stored = await api.store.db
      .collection<{ _id: string; secrets: object[] }>("webhooks")
      .findOne({ _id: id });
    expect(stored?.secrets).toHaveLength(1);
  });

  test.each([
    [{ overlapHours: -1 }, [["overlapHours", "too_small"]]],
    [{ overlapHours: 168.1 }, [["overlapHours", "too_large"]]],
    [{ overlapHours: "1" }, [["overlapHours", "invalid_type"]]],
    [{ hours: 1 }, [["hours", "unknown_field"]]],
  ])("%j: 422", async (body, expected) => {
    const { id } = await create();
    const answer = await rotate(id, body);
    expect(answer.status).toBe(422);
    expect(errorsOf(answer)).toEqual(expected);
  });

  test("with the ETag of an older version: 412; with the current one: 200", async () => {
    const { id } = await create();
    await patch(id, { name: "b" });
    expect((await rotate(id, {}, { "if-match": '"1"' })).status).toBe(412);
    expect((await rotate(id, {}, { "if-match": '"2"' })).status).toBe(200);
  });

  test("repeated with its Idempotency-Key gives the same secret and rotates once: 200", async () => {
    const { id } = await create();
    const headers = { "idempotency-key": `rotate ${id}` };
    const [one, two] = [await rotate(id, {}, headers), await rotate(id, {}, headers)];
    expect(two.body.secret).toBe(one.body.secret);
    expect(two.body.version).toBe(2);
    expect((await rotate(id, { overlapHours: 1 }, headers)).status).toBe(409);
  });

  test("several at the same time each give a secret that signed at some time", async () => {
    const { id } = await create();
    const answers = await Promise.all([rotate(id), rotate(id)]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect(new Set(answers.map(({ body }) => body.version))).toEqual(new Set([2, 3]));
  });

  test("of another workspace, deleted or never there: 404; without a key: 401; with a key that reads: 403", async () => {
    const { id } = await create();
    const path = `/v1/webhooks/${id}/rotate-secret`;
    expect((await other.call("POST", path)).status).toBe(404);
    expect((await rotate("wh_nobody")).status).toBe(404);
    expect((await api.call("POST", path)).status).toBe(401);
    const reader = await workspace.call("POST", "/v1/api-keys", { body: { name: "r", scopes: ["read"] } });
    expect((await api.call("POST", path, { key: reader.body.apiKey })).status).toBe(403);
    await workspace.call("DELETE", `/v1/webhooks/${id}`);
    expect((await rotate(id)).status).toBe(404);
  });
});
