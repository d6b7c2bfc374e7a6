import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { OPERATOR_KEY, type TestAnswer, TestApi, type TestWorkspace } from "../testing/test-api.js";

const AT_ONCE = 20;
/** Those that are all made go one after the other. */
const MERGED_AT_ONCE = 8;
const LIMIT_MS = 60_000;

let api: TestApi;
let workspace: TestWorkspace;

beforeAll(async () => {
  api = await TestApi.start();
  workspace = await api.createWorkspace();
}, LIMIT_MS);

afterAll(() => api.stop(), LIMIT_MS);

const atOnce = (
  call: (index: number) => Promise<TestAnswer>,
  length: number = AT_ONCE,
): Promise<TestAnswer[]> => Promise.all(Array.from({ length }, (_, index) => call(index)));

const countOf = (answers: readonly TestAnswer[], wanted: number): number =>
  answers.filter(({ status }) => status === wanted).length;

const webhookBody = (more: object = {}) => ({
  name: "W",
  url: "https://hooks.example.org/a",
  eventTypes: ["email.opened"],
  ...more,
});

/** What can be edited by ETag: its path, a key that opens it, and an edit that differs by index. */
const EDITED = {
  webhook: async () => {
    const made = await workspace.call("POST", "/v1/webhooks", { body: webhookBody() });
    return {
      path: `/v1/webhooks/${made.body.id}`,
      key: workspace.apiKey,
      edit: (index: number) => ({ name: `N${index}` }),
    };
  },
  workspace: async () => {
    const own = await api.createWorkspace();
    return {
      path: "/v1/workspace",
      key: own.apiKey,
      edit: (index: number) => ({ name: `N${index}` }),
    };
  },
  "event type": async () => {
    await workspace.call("POST", "/v1/event-types", { body: { type: "order.paid", schema: {} } });
    return {
      path: "/v1/event-types/order.paid",
      key: workspace.apiKey,
      edit: (index: number) => ({ schema: { title: `N${index}` } }),
    };
  },
  plan: async () => {
    const body = {
      id: "own.a",
      family: "own",
      rank: 1,
      name: { en: "a", fr: "a" },
      webhooks: { access: "full" },
    };
    await api.call("POST", "/v1/plans", { key: OPERATOR_KEY, body });
    return {
      path: "/v1/plans/own.a",
      key: OPERATOR_KEY,
      edit: (index: number) => ({ name: { en: `N${index}` } }),
    };
  },
};

describe("edits at the same time", () => {
  test.each(Object.keys(EDITED) as (keyof typeof EDITED)[])(
    "of a %s with the same ETag: of twenty one is made, nineteen are 412 and see the new ETag",
    async (kind) => {
      const { path, key, edit } = await EDITED[kind]();
      const etag = (await api.call("GET", path, { key })).headers.get("etag")!;
      const answers = await atOnce((index) =>
        api.call("PATCH", path, { key, body: edit(index), headers: { "if-match": etag } }),
      );
      expect([countOf(answers, 200), countOf(answers, 412)]).toEqual([1, AT_ONCE - 1]);
      const won = answers.find(({ status }) => status === 200)!;
      const now = await api.call("GET", path, { key });
      expect(now.body).toEqual(won.body);
      const etags = new Set(answers.map(({ headers }) => headers.get("etag")));
      expect([...etags]).toEqual([now.headers.get("etag")]);
      expect(now.body.version).toBe(Number(etag.slice(1, -1)) + 1);
    },
    LIMIT_MS,
  );

  test.each([
    ["without an ETag", () => ({})],
    [
      "without an ETag, each with an Idempotency-Key",
      (index: number) => ({ "idempotency-key": `e${index}` }),
    ],
  ] as const)(
    "%s: all are made, none undoes another's",
    async (_name, headersOf) => {
      const made = await workspace.call("POST", "/v1/webhooks", { body: webhookBody() });
      const path = `/v1/webhooks/${made.body.id}`;
      const answers = await atOnce(
        (index) =>
          workspace.call("PATCH", path, {
            body: { headers: { [`x-${index}`]: String(index) } },
            headers: headersOf(index),
          }),
        MERGED_AT_ONCE,
      );
      expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
      const now = (await workspace.call("GET", path)).body;
      expect(Object.keys(now.headers!)).toHaveLength(MERGED_AT_ONCE);
      expect(now.version).toBe(1 + MERGED_AT_ONCE);
    },
    LIMIT_MS,
  );
});

test(
  "twenty webhooks of one new URL at the same time, each with an Idempotency-Key, share one line",
  async () => {
    const own = await api.createWorkspace();
    // Asked again after 503, as clients do: on a busy machine some of twenty transactions on one line run out of tries.
    const create = async (index: number): Promise<Awaited<ReturnType<typeof own.call>>> => {
      const answer = await own.call("POST", "/v1/webhooks", {
        body: webhookBody({ name: `N${index}` }),
        headers: { "idempotency-key": `c${index}` },
      });
      return answer.status === 503 ? create(index) : answer;
    };
    const [first, again] = [await atOnce(create), await atOnce(create)];
    expect(countOf(first, 201)).toBe(AT_ONCE);
    expect(new Set(first.map(({ body }) => body.endpointId)).size).toBe(1);
    expect(again.map(({ text }) => text)).toEqual(first.map(({ text }) => text));
    expect((await own.call("GET", "/v1/webhooks")).body.data).toHaveLength(AT_ONCE);
  },
  LIMIT_MS,
);
