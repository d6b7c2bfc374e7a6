import { asEventId, asRecordId, asWorkspaceId, type Filter, toEventJson } from "@hooklane/core";
import { EventLog } from "@hooklane/store";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { OPERATOR_KEY, type TestAnswer, TestApi, type TestWorkspace } from "../testing/test-api.js";

let api: TestApi;
let workspace: TestWorkspace;
let other: TestWorkspace;

beforeAll(async () => {
  api = await TestApi.start();
  workspace = await api.createWorkspace({ redact: ["data.contact.email"] });
  other = await api.createWorkspace();
});

afterAll(() => api.stop());

const event = {
  type: "order.paid",
  source: "api",
  data: { contact: { email: "lea@example.org", country: "FR" }, total: 120, lines: [{ sku: "a", count: 2 }] },
};

/** Names MongoDB has its own ideas about, and a value that tells whether they were kept. */
const filter: Filter = {
  "data.contact.country": { $in: ["FR", "BE"] },
  $or: [{ "data.total": { $gte: 100 } }, { "data.contact.vip": null }],
  "data.lines": { $elemMatch: { sku: { $regex: "^A$", $options: "i" }, count: { $not: { $lt: 1 } } } },
  "data.key": { $ne: { "a.b": { "c.d": 1 } } },
};

const testFilter = (body: object, options: { readonly key?: string } = {}) =>
  workspace.call("POST", "/v1/webhooks/test-filter", { body, ...options });

const create = async (overrides: object = {}, by = workspace) => {
  const body = {
    name: "Orders",
    url: "https://hooks.example.org/",
    eventTypes: ["email.opened"],
    ...overrides,
  };
  const answer = await by.call("POST", "/v1/webhooks", { body });
  expect([answer.status, answer.text]).toEqual([201, answer.text]);
  return answer.body;
};

const patch = (id: string, body: unknown) => workspace.call("PATCH", `/v1/webhooks/${id}`, { body });

const errorsOf = (answer: TestAnswer) => answer.body.errors.map(({ path, code }) => [path, code]);

async function logEvent(id: string): Promise<void> {
  const at = new Date("2026-01-15T10:00:00Z");
  const body = toEventJson({ id: asEventId(id), timestamp: at.toISOString(), ...event, source: "api" });
  await new EventLog(api.store).record([
    {
      workspaceId: asWorkspaceId(workspace.id),
      recordId: asRecordId(id),
      eventId: asEventId(id),
      position: { partition: 0, epoch: 0, offset: 1 },
      type: event.type,
      timestamp: at.toISOString(),
      source: "api",
      acceptedAt: at,
      status: "accepted",
      shownBody: Buffer.from(body),
      decision: { matched: [], unmatched: [] },
      expiresAt: new Date("2100-01-01"),
    },
  ]);
}

describe("POST /v1/webhooks/test-filter", () => {
  test("tells for each condition what was there and whether it is met: 200", async () => {
    const answer = await testFilter({
      filter: { "data.total": { $gt: 500 }, "data.contact.country": "FR" },
      event,
    });
    expect([answer.status, JSON.parse(answer.text)]).toEqual([
      200,
      {
        matched: false,
        conditions: [
          {
            at: "data.total.$gt",
            path: "data.total",
            operator: "$gt",
            expected: 500,
            actual: 120,
            matched: false,
          },
          {
            at: "data.contact.country",
            path: "data.contact.country",
            operator: "$eq",
            expected: "FR",
            actual: "FR",
            matched: true,
          },
        ],
      },
    ]);
  });

  test("of a saved webhook and of an event of the log, whose redacted fields stay so: 200", async () => {
    await logEvent("evt_logged");
    const { id } = await create({ filter: { "data.contact.email": "lea@example.org" } });
    const answer = await testFilter({ webhookId: id, eventId: "evt_logged" });
    expect([answer.status, JSON.parse(answer.text)]).toMatchObject([
      200,
      { matched: false, conditions: [{ actual: "[redacted]", matched: false }] },
    ]);
    const without = await create();
    const all = await testFilter({ webhookId: without.id, eventId: "evt_logged" });
    expect(JSON.parse(all.text)).toEqual({ matched: true, conditions: [] });
  });

  test("of a webhook or an event that is not the workspace's: 404", async () => {
    const { id } = await create({}, other);
    expect((await testFilter({ webhookId: id, event })).status).toBe(404);
    expect((await testFilter({ filter, eventId: "evt_nobody" })).status).toBe(404);
  });

  test.each([
    [
      {},
      [
        ["filter", "required"],
        ["event", "required"],
      ],
    ],
    [{ filter, webhookId: "wh_1", event }, [["webhookId", "excluded_by"]]],
    [{ filter, event, eventId: "evt_1" }, [["eventId", "excluded_by"]]],
    [
      { filter: { "data.a": { $where: "while (true);" } }, event },
      [["filter.data.a.$where", "invalid_filter"]],
    ],
    [
      { filter: { "data.constructor.name": "x" }, event },
      [["filter.data.constructor.name", "invalid_filter"]],
    ],
    [{ filter: { "data.a": { $regex: "(?=a)" } }, event }, [["filter.data.a.$regex", "invalid_filter"]]],
    [{ filter: [], event }, [["filter", "invalid_filter"]]],
    [{ filter, event: { type: "x" } }, [["event.data", "required"]]],
    [{ filter, event: { ...event, timestamp: "yesterday" } }, [["event.timestamp", "invalid_format"]]],
    [{ filter, event, extra: 1 }, [["extra", "unknown_field"]]],
  ])("%j: 422 naming the field", async (body, expected) => {
    const answer = await testFilter(body);
    expect([answer.status, errorsOf(answer)]).toEqual([422, expected]);
  });

  test("without a key: 401; other methods: 405; no JSON: 400", async () => {
    const path = "/v1/webhooks/test-filter";
    expect((await api.call("POST", path, { body: {} })).status).toBe(401);
    expect((await workspace.call("PUT", path, { body: {} })).status).toBe(405);
    expect((await workspace.call("POST", path, { rawBody: "{" })).status).toBe(400);
    expect((await workspace.call("POST", path, { rawBody: '{"filter":{"__proto__":1}}' })).status).toBe(400);
  });
});

describe("a webhook's filter", () => {
  test("is kept as it was given, whatever its names are", async () => {
    const made = await create({ filter });
    const read = await workspace.call("GET", `/v1/webhooks/${made.id}`);
    expect(JSON.parse(read.text)).toMatchObject({ filter });
    const tested = await testFilter({ webhookId: made.id, event });
    expect(JSON.parse(tested.text)).toMatchObject({ matched: true });
  });

  test("is replaced as a whole by a patch, also by one with null in it; null removes it: 200", async () => {
    const { id } = await create({ filter });
    const kept = await patch(id, { name: "Renamed" });
    expect(JSON.parse(kept.text)).toMatchObject({ filter });
    const replaced = await patch(id, { filter: { "data.vip": null } });
    expect((JSON.parse(replaced.text) as { filter: unknown }).filter).toEqual({ "data.vip": null });
    const removed = await patch(id, { filter: null });
    expect(JSON.parse(removed.text)).not.toHaveProperty("filter");
  });

  test("that is none leaves the webhook as it was: 422", async () => {
    const { id } = await create({ filter });
    const refused = await patch(id, { filter: { "data.a": { $function: "x" } } });
    expect([refused.status, errorsOf(refused)]).toEqual([
      422,
      [["filter.data.a.$function", "invalid_filter"]],
    ]);
    expect((await workspace.call("GET", `/v1/webhooks/${id}`)).body.version).toBe(1);
  });
});

describe("kind audience", () => {
  const audience = {
    kind: "audience",
    name: undefined,
    audienceId: "a_4",
    url: "https://Hooks.example.org:8443/audience",
    eventTypes: ["audience.subscribed", "audience.address_cleaned"],
  };

  test("is named after its host and on, unless said otherwise: 201", async () => {
    expect(await create(audience)).toMatchObject({
      kind: "audience",
      name: "hooks.example.org:8443",
      status: "active",
      audienceId: "a_4",
    });
    expect(await create({ ...audience, name: "Mine", status: "inactive" })).toMatchObject({
      name: "Mine",
      status: "inactive",
    });
  });

  test.each([
    [{ audienceId: undefined }, [["audienceId", "required"]]],
    [{ eventTypes: ["email.opened"] }, [["eventTypes.0", "invalid_value"]]],
    [{ sources: [] }, [["sources", "too_short"]]],
    [{ kind: "touchpoint" }, [["kind", "invalid_value"]]],
  ])("with %j: 422", async (change, expected) => {
    const answer = await workspace.call("POST", "/v1/webhooks", { body: { ...audience, ...change } });
    expect([answer.status, errorsOf(answer)]).toEqual([422, expect.arrayContaining(expected)]);
  });

  test("is a draft where the plan does not have it switched on: 201", async () => {
    const asOperator = { key: OPERATOR_KEY, body: {} };
    expect((await api.call("POST", "/v1/plans/families/audience", asOperator)).status).toBe(200);
    const free = await api.createWorkspace({ plan: "audience.free" });
    expect(await create(audience, free)).toMatchObject({ kind: "audience", status: "inactive" });
    const active = await free.call("POST", "/v1/webhooks", { body: { ...audience, status: "active" } });
    expect([active.status, active.body.code]).toEqual([403, "plan_upgrade_required"]);
  });

  test("cannot become another kind, and keeps what makes it one: 422", async () => {
    const { id } = await create(audience);
    expect(errorsOf(await patch(id, { kind: "events", name: "x" }))).toEqual([["kind", "invalid_value"]]);
    expect(errorsOf(await patch(id, { audienceId: null }))).toEqual([["audienceId", "required"]]);
    const named = await patch(id, { name: null, audienceId: "a_5", kind: "audience" });
    expect(named.body).toMatchObject({ name: "hooks.example.org:8443", audienceId: "a_5", kind: "audience" });
  });
});
