import { asEventId, asRecordId, asWorkspaceId } from "@hooklane/core";
import { EventLog, ScheduledEvents, type ScheduledEvent } from "@hooklane/store";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { type TestAnswer, TestApi, type TestWorkspace } from "../testing/test-api.js";

const DUE_FROM = Date.UTC(2090, 0, 15, 10);

let api: TestApi;
let workspace: TestWorkspace;
let other: TestWorkspace;
let readKey: string;

beforeAll(async () => {
  api = await TestApi.start();
  workspace = await api.createWorkspace();
  other = await api.createWorkspace();
  const made = await workspace.call("POST", "/v1/api-keys", { body: { name: "r", scopes: ["read"] } });
  readKey = made.body.apiKey;
}, 60_000);

afterAll(() => api.stop());

/** As the router leaves it. Event `n` is due `n` seconds after the first. */
async function schedule(id: string, n: number): Promise<ScheduledEvent> {
  const event: ScheduledEvent = {
    workspaceId: asWorkspaceId(workspace.id),
    eventId: asEventId(id),
    position: { partition: 0, epoch: 0, offset: 100 - n },
    type: "email.opened",
    source: "api",
    acceptedAt: new Date("2026-01-15T10:00:00Z"),
    deliverAt: new Date(DUE_FROM + n * 1_000),
    body: Buffer.from(`{"id":"${id}","data":{"n":1}}`),
  };
  const { body: shownBody, ...logged } = event;
  await new EventLog(api.store).record([
    {
      ...logged,
      shownBody,
      recordId: asRecordId(id),
      timestamp: "2026-01-15T10:00:00Z",
      status: "scheduled",
      decision: { matched: [], unmatched: [] },
      expiresAt: new Date("2100-01-01T00:00:00Z"),
    },
  ]);
  await new ScheduledEvents(api.store).add([event]);
  return event;
}

const codeOf = ({ status, body }: TestAnswer) => [status, body.code];
const ids = (answer: TestAnswer) => answer.body.data.map(({ id }) => id);
const cancel = (id: string, caller: TestWorkspace = workspace) =>
  caller.call("DELETE", `/v1/events/scheduled/${encodeURIComponent(id)}`);

describe("GET /v1/events/scheduled", () => {
  test("soonest first, page by page, a workspace's own: 200", async () => {
    for (const n of [3, 1, 2]) await schedule(`list-${n}`, n);
    const first = await workspace.call("GET", "/v1/events/scheduled?limit=2");
    expect(first.status).toBe(200);
    expect(ids(first)).toEqual(["list-1", "list-2"]);
    expect(first.body.data[0]).toEqual({
      id: "list-1",
      type: "email.opened",
      source: "api",
      acceptedAt: "2026-01-15T10:00:00.000Z",
      deliverAt: new Date(DUE_FROM + 1_000).toISOString(),
    });
    const rest = await workspace.call("GET", `/v1/events/scheduled?limit=2&cursor=${first.body.nextCursor}`);
    expect([ids(rest), rest.body.nextCursor]).toEqual([["list-3"], null]);
    expect((await other.call("GET", "/v1/events/scheduled")).body.data).toEqual([]);
  });

  test("a cursor of another list: 400; an unknown field: 422; no key: 401", async () => {
    const events = await workspace.call("GET", "/v1/events?limit=1");
    const foreign = await workspace.call("GET", `/v1/events/scheduled?cursor=${events.body.nextCursor}`);
    expect(codeOf(foreign)).toEqual([400, "invalid_cursor"]);
    expect(codeOf(await workspace.call("GET", "/v1/events/scheduled?type=a"))).toEqual([
      422,
      "validation_failed",
    ]);
    expect(codeOf(await api.call("GET", "/v1/events/scheduled"))).toEqual([401, "unauthorized"]);
  });
});

describe("DELETE /v1/events/scheduled/{id}", () => {
  test("204, and again 204: it is in no list, shown as cancelled, and cannot be explained or resent", async () => {
    await schedule("evt/cancelled", 9);
    expect((await cancel("evt/cancelled")).status).toBe(204);
    expect((await cancel("evt/cancelled")).status).toBe(204);
    expect(ids(await workspace.call("GET", "/v1/events/scheduled"))).not.toContain("evt/cancelled");
    const path = `/v1/events/${encodeURIComponent("evt/cancelled")}`;
    expect((await workspace.call("GET", path)).body).toMatchObject({ status: "cancelled", data: { n: 1 } });
    expect(ids(await workspace.call("GET", "/v1/events?status=cancelled"))).toEqual(["evt/cancelled"]);
    expect(ids(await workspace.call("GET", "/v1/events?status=scheduled"))).not.toContain("evt/cancelled");
    expect(codeOf(await workspace.call("GET", `${path}/explain`))).toEqual([409, "conflict"]);
    expect(codeOf(await workspace.call("POST", `${path}/resend`))).toEqual([409, "conflict"]);
  });

  test("released, or about to be: 409", async () => {
    const scheduled = new ScheduledEvents(api.store);
    const event = await schedule("evt-released", 10);
    await scheduled.claim([event]);
    expect(codeOf(await cancel("evt-released"))).toEqual([409, "conflict"]);
    await scheduled.markReleased([event]);
    expect(codeOf(await cancel("evt-released"))).toEqual([409, "conflict"]);
  });

  test("unknown, not scheduled, or another workspace's: 404; a key without write: 403; GET on it: 405", async () => {
    await schedule("evt-own", 11);
    expect(codeOf(await cancel("evt-nobody"))).toEqual([404, "not_found"]);
    expect(codeOf(await cancel("evt-own", other))).toEqual([404, "not_found"]);
    const answer = await workspace.call("DELETE", "/v1/events/scheduled/evt-own", { key: readKey });
    expect(codeOf(answer)).toEqual([403, "forbidden"]);
    expect(codeOf(await workspace.call("GET", "/v1/events/scheduled/evt-own"))).toEqual([
      405,
      "method_not_allowed",
    ]);
  });
});
