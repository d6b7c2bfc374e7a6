import { eventually } from "@hooklane/testing";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { OPERATOR_KEY, TestApi, type TestWorkspace } from "../testing/test-api.js";

let api: TestApi;
let workspace: TestWorkspace;

beforeAll(async () => {
  api = await TestApi.start();
  workspace = await api.createWorkspace();
});

afterAll(() => api.stop());

const inAnHour = () => new Date(Date.now() + 3_600_000).toISOString();
const create = (body: object) => workspace.call("POST", "/v1/api-keys", { body: { name: "ci", ...body } });
const statusWith = async (key: string) => (await api.call("GET", "/v1/workspace", { key })).status;

async function detailWith(key: string): Promise<string> {
  const answer = await api.call("GET", "/v1/workspace", { key });
  expect([answer.status, answer.body.code]).toEqual([401, "unauthorized"]);
  return (JSON.parse(answer.text) as { detail: string }).detail;
}

const stored = () => api.store.db.collection<{ _id: string }>("apiKeys");

describe("expiresAt", () => {
  test("in the future: the key opens until then, and is told to be expired after it: 201, 200, 401", async () => {
    const expiresAt = inAnHour();
    const made = await create({ expiresAt });
    expect([made.status, made.body]).toEqual([201, expect.objectContaining({ expiresAt })]);
    expect(await statusWith(made.body.apiKey)).toBe(200);
    await stored().updateOne(
      { _id: made.body.id },
      { $set: { expiresAt: new Date("2026-01-01T00:00:00Z") } },
    );
    expect(await detailWith(made.body.apiKey)).toBe("The key expired on 2026-01-01T00:00:00.000Z.");
  });

  test.each(["2020-01-01T00:00:00Z", new Date().toISOString()])("in the past, %s: 422", async (expiresAt) => {
    const asOperator = await api.call("POST", `/v1/workspaces/${workspace.id}/api-keys`, {
      key: OPERATOR_KEY,
      body: { name: "ci", expiresAt },
    });
    for (const answer of [await create({ expiresAt }), asOperator]) {
      expect([answer.status, answer.body.errors]).toEqual([
        422,
        [{ path: "expiresAt", code: "too_small", message: "must be in the future" }],
      ]);
    }
  });
});

describe("lastUsedAt", () => {
  test("is absent until the first use, then the minute of the last, whatever came of the call", async () => {
    const made = await create({ scopes: ["read"] });
    const read = async () => {
      const { body } = await workspace.call("GET", "/v1/api-keys?limit=200");
      return body.data.find(({ id }) => id === made.body.id);
    };
    expect(await read()).not.toHaveProperty("lastUsedAt");
    const begun = Date.now();
    const refused = await api.call("POST", "/v1/webhooks", { key: made.body.apiKey, body: {} });
    expect(refused.status).toBe(403);
    const first = await eventually(async () => (await read())?.lastUsedAt);
    expect(Date.parse(first)).toBeGreaterThanOrEqual(begun);
    await statusWith(made.body.apiKey);
    expect((await read())?.lastUsedAt).toBe(first);
  });
});

describe("a revoked key", () => {
  test("opens nothing from the next call on, and is told why: 401", async () => {
    const made = await create({});
    expect(await statusWith(made.body.apiKey)).toBe(200);
    expect((await workspace.call("DELETE", `/v1/api-keys/${made.body.id}`)).status).toBe(204);
    expect(await detailWith(made.body.apiKey)).toBe("The key is revoked.");
  });

  test("may be the workspace's last one, by itself; the operator makes another: 204, 401, 201", async () => {
    const own = await api.createWorkspace();
    const keys = await own.call("GET", "/v1/api-keys");
    expect((await own.call("DELETE", `/v1/api-keys/${keys.body.data[0]!.id}`)).status).toBe(204);
    expect(await statusWith(own.apiKey)).toBe(401);
    const made = await api.call("POST", `/v1/workspaces/${own.id}/api-keys`, {
      key: OPERATOR_KEY,
      body: { name: "again" },
    });
    expect(await statusWith(made.body.apiKey)).toBe(200);
  });
});

test("a key nobody has is told so, without a word about others: 401", async () => {
  expect(await detailWith("hl_live_unknown")).toBe("Nobody has this key.");
});
