import {
  asDeliveryId,
  asEndpointId,
  asEventId,
  asRecordId,
  asWebhookId,
  asWorkspaceId,
  type EventSource,
} from "@hooklane/core";
import { DeliveryLog, EventLog, type LoggedEvent } from "@hooklane/store";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { type TestAnswer, TestApi, type TestWorkspace } from "../testing/test-api.js";

const START = Date.UTC(2026, 0, 15, 10);
const COUNT = 12;

/** The id of a delivery begins with when its event was accepted. */
const dl = (index: number, ordinal: number) =>
  asDeliveryId(
    `dl_${(START + index * 1000).toString(16).padStart(12, "0")}${`${index}${ordinal}`.padStart(24, "0")}`,
  );

let api: TestApi;
let workspace: TestWorkspace;
let other: TestWorkspace;
let webhookIds: string[];

beforeAll(async () => {
  api = await TestApi.start();
  workspace = await api.createWorkspace({ redact: ["data.contact.email", "data.list.name"] });
  other = await api.createWorkspace();
  webhookIds = [];
  for (const name of ["a", "b"]) {
    const made = await workspace.call("POST", "/v1/webhooks", {
      body: { name, url: `https://${name}.example.org/`, eventTypes: ["email.opened"] },
    });
    webhookIds.push(made.body.id);
  }
  // Webhooks an explanation tells of existed when the event was accepted.
  await api.store.db.collection("webhooks").updateMany({}, { $set: { createdAt: new Date(START - 1000) } });
  await new EventLog(api.store).record(Array.from({ length: COUNT }, (_, index) => anEvent(index)));
  await logDeliveries();
});

afterAll(() => api.stop());

/** Events 0 to 11, a second apart; the odd ones of another type that the second webhook does not get. */
function anEvent(index: number): LoggedEvent {
  const isOdd = index % 2 === 1;
  const id = `evt/${index}`;
  const matched = (isOdd ? webhookIds.slice(0, 1) : webhookIds).map((webhookId, ordinal) => ({
    webhookId: asWebhookId(webhookId),
    generation: 1,
    version: 1,
    endpointId: asEndpointId(`ep_${ordinal}`),
    partition: 0,
    ordinal,
    deliveryId: dl(index, ordinal),
  }));
  const source: EventSource = "api";
  const type = isOdd ? "email.link_clicked" : "email.opened";
  const data = {
    contact: { id: "c", email: "lea@example.org" },
    list: [{ name: "x" }, { name: "y" }],
    index,
  };
  return {
    workspaceId: asWorkspaceId(workspace.id),
    recordId: asRecordId(id),
    eventId: asEventId(id),
    position: { partition: 0, epoch: 0, offset: index },
    type,
    timestamp: "2026-01-15T11:00:00+01:00",
    source,
    acceptedAt: new Date(START + index * 1000),
    status: index === 11 ? "suppressed" : "accepted",
    shownBody: new TextEncoder().encode(JSON.stringify({ id, type, timestamp: "t", source, data })),
    decision: {
      matched,
      unmatched: isOdd ? [{ webhookId: asWebhookId(webhookIds[1]!), reason: "source" }] : [],
    },
    expiresAt: new Date("2100-01-01T00:00:00Z"),
  };
}

/** The first webhook's deliveries of events 0 to 5: 0 to 3 delivered, 4 retrying, 5 given up. The rest is pending. */
async function logDeliveries(): Promise<void> {
  const log = new DeliveryLog(api.store);
  await log.record([
    {
      workspaceId: asWorkspaceId(workspace.id),
      retentionDays: 36_500,
      results: [0, 1, 2, 3, 4, 5].map((index) => ({
        kind: "attempt" as const,
        webhookId: asWebhookId(webhookIds[0]!),
        generation: 1,
        endpointId: asEndpointId("ep_0"),
        deliveries: [
          {
            id: dl(index, 0),
            eventId: asEventId(`evt/${index}`),
            type: index % 2 === 1 ? "email.link_clicked" : "email.opened",
            acceptedAt: START + index * 1000,
          },
        ],
        number: 1,
        trigger: "automatic" as const,
        epoch: 1,
        startedAt: START + index * 1000 + 50,
        durationMs: 12,
        statusCode: index < 4 ? 200 : 503,
        ...(index >= 4 && { error: "status" as const }),
        next:
          index < 4
            ? { kind: "delivered" as const }
            : index === 4
              ? { kind: "retrying" as const, nextAttemptAt: START + 60_000 }
              : { kind: "dead_letter" as const, reason: "gone" as const },
      })),
    },
  ]);
}

const ids = (answer: TestAnswer) => answer.body.data.map(({ id }) => id);

async function readAll(path: string, limit: number): Promise<string[]> {
  const seen: string[] = [];
  for (let cursor = ""; ;) {
    const separator = path.includes("?") ? "&" : "?";
    const answer = await workspace.call("GET", `${path}${separator}limit=${limit}${cursor}`);
    expect(answer.status).toBe(200);
    seen.push(...ids(answer));
    if (answer.body.nextCursor === null) return seen;
    cursor = `&cursor=${answer.body.nextCursor}`;
  }
}

const newestFirst = Array.from({ length: COUNT }, (_, index) => COUNT - 1 - index);
const allDeliveries = newestFirst.flatMap((index) =>
  index % 2 === 1 ? [dl(index, 0)] : [dl(index, 0), dl(index, 1)],
);

describe("GET /v1/events", () => {
  test("lists newest first, page by page, by type, status and time: 200", async () => {
    expect(await readAll("/v1/events", 5)).toEqual(newestFirst.map((index) => `evt/${index}`));
    expect(await readAll("/v1/events?type=email.opened", 4)).toEqual(
      [10, 8, 6, 4, 2, 0].map((i) => `evt/${i}`),
    );
    expect(await readAll("/v1/events?status=suppressed", 4)).toEqual(["evt/11"]);
    const from = new Date(START + 2000).toISOString();
    const to = new Date(START + 4000).toISOString();
    expect(await readAll(`/v1/events?from=${from}&to=${to}`, 4)).toEqual(["evt/3", "evt/2"]);
    expect((await other.call("GET", "/v1/events")).body.data).toEqual([]);
  });

  test.each(["from=yesterday", "status=new", "type=a&type=b"])("?%s: 422", async (query) => {
    expect((await workspace.call("GET", `/v1/events?${query}`)).status).toBe(422);
  });
});

describe("GET /v1/events/{id}", () => {
  test("shows its data without what is redacted: 200", async () => {
    const answer = await workspace.call("GET", `/v1/events/${encodeURIComponent("evt/3")}`);
    expect(answer.body).toMatchObject({
      id: "evt/3",
      timestamp: "2026-01-15T11:00:00+01:00",
      data: {
        contact: { id: "c", email: "[redacted]" },
        list: [{ name: "[redacted]" }, { name: "[redacted]" }],
        index: 3,
      },
      deliveryIds: [dl(3, 0)],
    });
  });

  test("of another workspace or unknown: 404, its explanation too", async () => {
    for (const path of ["/v1/events/evt%2F3", "/v1/events/evt%2F3/explain"]) {
      expect((await other.call("GET", path)).status).toBe(404);
    }
    expect((await workspace.call("GET", "/v1/events/nobody")).status).toBe(404);
    expect((await workspace.call("GET", "/v1/events/nobody/explain")).status).toBe(404);
  });

  test("is explained: 200", async () => {
    const answer = await workspace.call("GET", "/v1/events/evt%2F3/explain");
    expect(answer.body).toEqual({
      matched: [{ webhookId: webhookIds[0], deliveryId: dl(3, 0) }],
      unmatched: [{ webhookId: webhookIds[1], reason: "source" }],
    });
  });
});

describe("GET /v1/deliveries", () => {
  test.each([1, 4, 50])("lists all of them, also those not yet attempted, %i a page: 200", async (limit) => {
    expect(await readAll("/v1/deliveries", limit)).toEqual(allDeliveries);
  });

  test("finds by status, webhook, event, type and time", async () => {
    expect(await readAll("/v1/deliveries?status=delivered", 3)).toEqual([
      dl(3, 0),
      dl(2, 0),
      dl(1, 0),
      dl(0, 0),
    ]);
    expect(await readAll("/v1/deliveries?status=retrying", 3)).toEqual([dl(4, 0)]);
    expect(await readAll("/v1/deliveries?status=pending", 3)).toEqual(
      allDeliveries.filter((id) => id.endsWith("1") || Number(id.slice(-24)) >= 60),
    );
    const second = webhookIds[1]!;
    const ofSecond = [10, 8, 6, 4, 2, 0].map((index) => dl(index, 1));
    expect(await readAll(`/v1/deliveries?webhookId=${second}`, 2)).toEqual(ofSecond);
    expect(await readAll(`/v1/webhooks/${second}/deliveries`, 4)).toEqual(ofSecond);
    expect(await readAll("/v1/deliveries?eventId=evt%2F4", 1)).toEqual([dl(4, 0), dl(4, 1)]);
    expect(await readAll("/v1/deliveries?eventId=evt%2F4&status=retrying", 1)).toEqual([dl(4, 0)]);
    expect(await readAll("/v1/deliveries?eventType=email.link_clicked&status=dead_letter", 1)).toEqual([
      dl(5, 0),
    ]);
    const from = new Date(START + 9000).toISOString();
    expect(await readAll(`/v1/deliveries?from=${from}`, 2)).toEqual([
      dl(11, 0),
      dl(10, 0),
      dl(10, 1),
      dl(9, 0),
    ]);
    expect((await other.call("GET", "/v1/deliveries")).body.data).toEqual([]);
  });

  test("of a webhook of another workspace: 404", async () => {
    expect((await other.call("GET", `/v1/webhooks/${webhookIds[0]!}/deliveries`)).status).toBe(404);
  });

  test("with an unknown status: 422", async () => {
    expect((await workspace.call("GET", "/v1/deliveries?status=lost")).status).toBe(422);
  });
});

test("GET /v1/deliveries/{id} shows every attempt, or that it is pending: 200, 404", async () => {
  const retrying = await workspace.call("GET", `/v1/deliveries/${dl(4, 0)}`);
  expect(retrying.body).toMatchObject({
    id: dl(4, 0),
    status: "retrying",
    nextAttemptAt: new Date(START + 60_000).toISOString(),
    attempts: [{ number: 1, trigger: "automatic", statusCode: 503, error: "status", durationMs: 12 }],
  });
  const pending = await workspace.call("GET", `/v1/deliveries/${dl(8, 1)}`);
  expect(pending.body).toMatchObject({ status: "pending", webhookId: webhookIds[1], attempts: [] });
  expect((await other.call("GET", `/v1/deliveries/${dl(4, 0)}`)).status).toBe(404);
  expect((await other.call("GET", `/v1/deliveries/${dl(8, 1)}`)).status).toBe(404);
  for (const nobody of ["dl_nobody", dl(8, 7), dl(COUNT + 1, 0), `dl_${"f".repeat(36)}`]) {
    expect((await workspace.call("GET", `/v1/deliveries/${nobody}`)).status).toBe(404);
  }
});

test("GET /v1/health counts the errors of the last 30 minutes by endpoint and webhook, and names each: 200", async () => {
  const now = Date.now();
  const error = (webhookId: string, generation: number, ageMinutes: number, deliveryId?: string) => ({
    id: `ep_1:0:${ageMinutes}:1`,
    webhookId,
    generation,
    ...(deliveryId !== undefined && { deliveryId }),
    at: new Date(now - ageMinutes * 60_000),
  });
  await api.store.db.collection<{ _id: string }>("errorWindows").insertOne({
    _id: workspace.id,
    errors: [
      error(webhookIds[0]!, 2, 31),
      error(webhookIds[0]!, 2, 3, dl(4, 0)),
      error(webhookIds[0]!, 1, 2),
      error(webhookIds[1]!, 1, 1, "dl_not_logged_yet"),
    ],
    since: { [webhookIds[0]!]: 2 },
    trips: [],
  } as never);
  const answer = await workspace.call("GET", "/v1/health");
  const at = (minutes: number) => new Date(now + minutes * 60_000).toISOString();
  expect(answer.body.errorQuota).toEqual({
    used: 2,
    limit: 30,
    windowMinutes: 30,
    errors: [
      {
        webhookId: webhookIds[0],
        at: at(-3),
        countsUntil: at(27),
        attempt: 1,
        deliveryId: dl(4, 0),
        error: "status",
        statusCode: 503,
      },
      {
        webhookId: webhookIds[1],
        at: at(-1),
        countsUntil: at(29),
        attempt: 1,
        deliveryId: "dl_not_logged_yet",
      },
    ],
  });
  expect(answer.body.endpoints).toMatchObject([
    { url: "https://a.example.org/", errorsInWindow: 1, webhooks: [{ webhookId: webhookIds[0] }] },
    { url: "https://b.example.org/", errorsInWindow: 1, webhooks: [{ webhookId: webhookIds[1] }] },
  ]);
  expect((await other.call("GET", "/v1/health")).body).toEqual({
    errorQuota: { used: 0, limit: 30, windowMinutes: 30, errors: [] },
    endpoints: [],
  });
});
