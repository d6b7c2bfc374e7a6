import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { OPERATOR_KEY, TestApi, type TestWorkspace } from "../testing/test-api.js";

let api: TestApi;
let workspace: TestWorkspace;

/** Ten in any ten seconds. */
const CALLS_MAX = 10;

beforeAll(async () => {
  api = await TestApi.start({ SUBSCRIPTION_API_CALLS_PER_SECOND_MAX: "1" });
  workspace = await api.createWorkspace();
});

afterAll(() => api.stop());

describe("a key that calls too often", () => {
  test("is told with every answer how much is left, and then when to come again: 429", async () => {
    const first = await workspace.call("GET", "/v1/workspace");
    expect(first.headers.get("ratelimit-limit")).toBe(String(CALLS_MAX));
    expect(first.headers.get("ratelimit-remaining")).toBe(String(CALLS_MAX - 1));
    let answer = first;
    for (let call = 0; call < CALLS_MAX; call++) answer = await workspace.call("GET", "/v1/workspace");
    expect([answer.status, answer.body.code]).toEqual([429, "rate_limited"]);
    expect(answer.headers.get("ratelimit-remaining")).toBe("0");
    const seconds = Number(answer.headers.get("retry-after"));
    expect(seconds).toBeGreaterThanOrEqual(1);
    expect(seconds).toBeLessThanOrEqual(10);
    expect(answer.headers.get("ratelimit-reset")).toBe(answer.headers.get("retry-after"));
    const { text } = await api.call("GET", "/metrics");
    expect(text).toMatch(/hooklane_api_calls_refused_total\{.*caller="workspace".*\} 1/);
  });

  test("leaves room for every other key, and counts what is forbidden too", async () => {
    const other = await api.createWorkspace();
    const refused = await other.call("GET", "/v1/workspaces");
    expect([refused.status, refused.headers.get("ratelimit-remaining")]).toEqual([
      403,
      String(CALLS_MAX - 1),
    ]);
  });

  test("may be the operator's: 429", async () => {
    const statuses = new Set<number>();
    for (let call = 0; call < CALLS_MAX; call++) {
      statuses.add((await api.call("GET", "/v1/workspaces", { key: OPERATOR_KEY })).status);
    }
    expect([...statuses].sort()).toEqual([200, 429]);
  });

  test("without a key costs nothing and says nothing of limits: 401", async () => {
    const answer = await api.call("GET", "/v1/workspace");
    expect([answer.status, answer.headers.get("ratelimit-limit")]).toEqual([401, null]);
  });
});
