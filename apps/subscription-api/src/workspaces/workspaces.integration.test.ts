import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { OPERATOR_KEY, TestApi, type TestWorkspace } from "../testing/test-api.js";

let api: TestApi;
let workspace: TestWorkspace;

beforeAll(async () => {
  api = await TestApi.start();
  workspace = await api.createWorkspace();
});

afterAll(() => api.stop());

const contacts = [{ email: "a@example.org", language: "fr" }];
const asOperator = (method: string, path: string, body?: unknown) =>
  api.call(method, path, { key: OPERATOR_KEY, body });

describe("POST /v1/workspaces", () => {
  test("makes a workspace with defaults, a key with all scopes and all presets: 201", async () => {
    const answer = await asOperator("POST", "/v1/workspaces", { name: "A", contacts });
    expect(answer.status).toBe(201);
    expect(answer.body).toMatchObject({
      plan: "self_hosted",
      timeZone: "UTC",
      disablePolicy: "worst",
      redact: [],
      retentionDays: 30,
      version: 1,
    });
    expect(answer.body.id).toMatch(/^ws_/);
    expect(answer.body.apiKey).toMatch(/^hl_live_[\w-]{43}$/);
    const types = await api.call("GET", "/v1/event-types?limit=200", { key: answer.body.apiKey });
    expect(types.body.data).toHaveLength(24);
    const stored = await api.store.db
      .collection<{ _id: string }>("apiKeys")
      .findOne({ workspaceId: answer.body.id });
    expect(JSON.stringify(stored)).not.toContain(answer.body.apiKey);
  });

  test("takes only the presets named, and shows the operational webhook's secret this once: 201", async () => {
    const answer = await asOperator("POST", "/v1/workspaces", {
      name: "B",
      contacts,
      presets: ["messaging", "messaging"],
      operationalWebhook: { url: "https://ops.example.org/" },
    });
    expect(answer.body.operationalWebhook?.secret).toMatch(/^whsec_/);
    const key = answer.body.apiKey;
    expect((await api.call("GET", "/v1/event-types", { key })).body.data).toHaveLength(9);
    expect((await api.call("GET", "/v1/workspace", { key })).body.operationalWebhook).toEqual({
      url: "https://ops.example.org/",
    });
  });

  test.each([
    [
      {},
      [
        ["name", "required"],
        ["contacts", "required"],
      ],
    ],
    [{ name: "x", contacts: [] }, [["contacts", "too_short"]]],
    [{ name: "", contacts }, [["name", "too_short"]]],
    [{ name: 1, contacts }, [["name", "invalid_type"]]],
    [
      { name: "x", contacts: [{ email: "x", language: "de" }] },
      [
        ["contacts.0.email", "invalid_format"],
        ["contacts.0.language", "invalid_value"],
      ],
    ],
    [{ name: "x", contacts, plan: "gold" }, [["plan", "invalid_value"]]],
    [{ name: "x", contacts, timeZone: "Mars/Base" }, [["timeZone", "invalid_value"]]],
    [{ name: "x", contacts, retentionDays: 0 }, [["retentionDays", "too_small"]]],
    [{ name: "x", contacts, retentionDays: 1000 }, [["retentionDays", "too_large"]]],
    [{ name: "x", contacts, redact: ["contact"] }, [["redact.0", "invalid_format"]]],
    [{ name: "x", contacts, colour: "red" }, [["colour", "unknown_field"]]],
    [
      { name: "x", contacts, operationalWebhook: { url: "http://10.0.0.1/" } },
      [["operationalWebhook.url", "destination_refused"]],
    ],
  ])("%j: 422 naming the fields", async (body, expected) => {
    const answer = await asOperator("POST", "/v1/workspaces", body);
    expect(answer.status).toBe(422);
    const errors = answer.body.errors.map(({ path, code }) => [path, code]);
    expect(errors).toEqual(expected);
  });
});

test("GET /v1/workspaces lists them page by page, without keys: 200", async () => {
  const first = await asOperator("GET", "/v1/workspaces?limit=1");
  expect(first.body.data).toHaveLength(1);
  expect(JSON.stringify(first.body)).not.toContain("hl_live_");
  const next = await asOperator("GET", `/v1/workspaces?limit=1&cursor=${first.body.nextCursor}`);
  expect(next.body.data[0]!.id > first.body.data[0]!.id).toBe(true);
});

test("GET /v1/workspaces/{id}: 200, 404", async () => {
  expect((await asOperator("GET", `/v1/workspaces/${workspace.id}`)).body.id).toBe(workspace.id);
  expect((await asOperator("GET", "/v1/workspaces/ws_nobody")).status).toBe(404);
});

test("POST /v1/workspaces/{id}/api-keys gives a workspace a key again: 201, 404", async () => {
  const made = await asOperator("POST", `/v1/workspaces/${workspace.id}/api-keys`, { name: "lost" });
  expect(made.status).toBe(201);
  expect((await api.call("GET", "/v1/workspace", { key: made.body.apiKey })).body.id).toBe(workspace.id);
  expect((await asOperator("POST", "/v1/workspaces/ws_nobody/api-keys", { name: "x" })).status).toBe(404);
});

describe("PATCH /v1/workspace", () => {
  test("merges, raises the version and gives an ETag: 200", async () => {
    const answer = await workspace.call("PATCH", "/v1/workspace", {
      body: { timeZone: "Europe/Paris", redact: ["data.contact.email"] },
    });
    expect(answer.body).toMatchObject({
      name: "Test",
      timeZone: "Europe/Paris",
      redact: ["data.contact.email"],
    });
    expect(answer.headers.get("etag")).toBe(`"${answer.body.version}"`);
    const reset = await workspace.call("PATCH", "/v1/workspace", { body: { timeZone: null } });
    expect(reset.body.timeZone).toBe("UTC");
  });

  test("with the ETag of an older version: 412 and the current one", async () => {
    const answer = await workspace.call("PATCH", "/v1/workspace", {
      body: { name: "x" },
      headers: { "if-match": '"0"' },
    });
    expect([answer.status, answer.body.code]).toEqual([412, "precondition_failed"]);
    const again = await workspace.call("PATCH", "/v1/workspace", {
      body: { name: "y" },
      headers: { "if-match": answer.headers.get("etag")! },
    });
    expect([again.status, again.body.name]).toEqual([200, "y"]);
  });

  test("does not change what it does not know: 422", async () => {
    for (const field of ["id", "presets"]) {
      const answer = await workspace.call("PATCH", "/v1/workspace", { body: { [field]: "x" } });
      expect(answer.body.errors).toMatchObject([{ path: field, code: "unknown_field" }]);
    }
    const emptied = await workspace.call("PATCH", "/v1/workspace", { body: { contacts: null } });
    expect(emptied.body.errors).toMatchObject([{ path: "contacts", code: "required" }]);
  });

  test("of ten at the same time loses none", async () => {
    const other = await api.createWorkspace();
    const answers = await Promise.all(
      Array.from({ length: 4 }, (_, index) =>
        other.call("PATCH", "/v1/workspace", { body: { retentionDays: index + 1 } }),
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect((await other.call("GET", "/v1/workspace")).body.version).toBe(5);
  });

  test("gives a new operational URL a new secret, shown this once", async () => {
    const url = "https://ops.example.org/a";
    const one = await workspace.call("PATCH", "/v1/workspace", { body: { operationalWebhook: { url } } });
    const two = await workspace.call("PATCH", "/v1/workspace", {
      body: { operationalWebhook: { url: `${url}b` } },
    });
    expect(one.body.operationalWebhook?.secret).toMatch(/^whsec_/);
    expect(two.body.operationalWebhook?.secret).not.toBe(one.body.operationalWebhook?.secret);
    const three = await workspace.call("PATCH", "/v1/workspace", { body: { name: "same url" } });
    expect(three.body.operationalWebhook?.secret).toBeUndefined();
    const gone = await workspace.call("PATCH", "/v1/workspace", { body: { operationalWebhook: null } });
    expect(gone.body.operationalWebhook).toBeUndefined();
  });
});

describe("API keys", () => {
  test("are shown once, listed without what opens, revoked: 201, 200, 204", async () => {
    const made = await workspace.call("POST", "/v1/api-keys", { body: { name: "ci", scopes: ["ingest"] } });
    expect(made.body).toMatchObject({
      name: "ci",
      scopes: ["ingest"],
      hint: made.body.apiKey.slice(-4),
    });
    const listed = await workspace.call("GET", "/v1/api-keys");
    expect(JSON.stringify(listed.body)).not.toContain(made.body.apiKey);
    expect((await workspace.call("DELETE", `/v1/api-keys/${made.body.id}`)).status).toBe(204);
    const after = await workspace.call("GET", "/v1/api-keys");
    const revoked = after.body.data.find(({ id }) => id === made.body.id);
    expect(revoked?.revokedAt).toBeDefined();
  });

  test("of another workspace: 404", async () => {
    const other = await api.createWorkspace();
    const made = await other.call("POST", "/v1/api-keys", { body: { name: "x" } });
    expect((await workspace.call("DELETE", `/v1/api-keys/${made.body.id}`)).status).toBe(404);
  });

  test.each([{ scopes: [] }, { scopes: ["admin"] }, { expiresAt: "tomorrow" }])("%j: 422", async (body) => {
    expect((await workspace.call("POST", "/v1/api-keys", { body: { name: "x", ...body } })).status).toBe(422);
  });
});
