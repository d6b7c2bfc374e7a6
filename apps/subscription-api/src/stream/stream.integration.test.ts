import { connect } from "node:net";
import {
  asDeliveryId,
  asEndpointId,
  asEventId,
  asRecordId,
  asWebhookId,
  asWorkspaceId,
} from "@hooklane/core";
import { type DeliveryDocument, EventLog, type LoggedEvent } from "@hooklane/store";
import { eventually } from "@hooklane/testing";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "@jest/globals";
import { StreamClient } from "../testing/stream-client.js";
import { TestApi, type TestWorkspace } from "../testing/test-api.js";

const PING_MS = 300;

let api: TestApi;
let workspace: TestWorkspace;
let other: TestWorkspace;
const clients: StreamClient[] = [];

beforeAll(async () => {
  api = await TestApi.start({
    SUBSCRIPTION_API_STREAM_PING_MS: String(PING_MS),
    SUBSCRIPTION_API_STREAMS_PER_WORKSPACE_MAX: "5",
    SUBSCRIPTION_API_STREAMS_MAX: "6",
  });
  [workspace, other] = [await api.createWorkspace(), await api.createWorkspace()];
});

afterEach(async () => {
  for (const client of clients.splice(0)) client.close();
  await eventually(async () => (await metric("api_streams_open")) === 0, {
    what: "all streams to be closed",
  });
});

afterAll(() => api.stop());

async function metric(name: string): Promise<number> {
  const text = await (await fetch(`${api.url}/metrics`)).text();
  return Number(
    new RegExp(`^hooklane_${name.replaceAll(/[{}]/g, "\\$&")}.* (\\d+)$`, "m").exec(text)?.[1] ?? 0,
  );
}

async function open(
  options: { of?: TestWorkspace; query?: string; lastEventId?: string | undefined } = {},
): Promise<StreamClient> {
  const client = await StreamClient.open(api.url, { key: (options.of ?? workspace).apiKey, ...options });
  clients.push(client);
  return client.ready();
}

const deliveries = () => api.store.db.collection<DeliveryDocument>("deliveries");

const aDelivery = (id: string, more: Partial<DeliveryDocument> = {}): DeliveryDocument => ({
  _id: asDeliveryId(id),
  workspaceId: asWorkspaceId(workspace.id),
  eventId: asEventId("evt_1"),
  eventType: "email.opened",
  webhookId: asWebhookId("wh_a"),
  endpointId: asEndpointId("ep_a"),
  status: "delivered",
  rank: 1,
  acceptedAt: new Date(),
  settledAt: new Date(),
  attempts: {},
  expiresAt: new Date(Date.now() + 86_400_000),
  ...more,
});

const insert = (...documents: readonly DeliveryDocument[]) => deliveries().insertMany([...documents]);

function anEvent(id: string, webhookIds: readonly string[]): LoggedEvent {
  const body = new TextEncoder().encode('{"secret":"of the event"}');
  return {
    workspaceId: asWorkspaceId(workspace.id),
    recordId: asRecordId(id),
    eventId: asEventId(id),
    position: { partition: 0, epoch: 0, offset: 1 },
    type: "email.opened",
    timestamp: "2026-01-15T10:00:00Z",
    source: "api",
    acceptedAt: new Date(),
    status: "accepted",
    shownBody: body,
    decision: {
      matched: webhookIds.map((webhookId, ordinal) => ({
        webhookId: asWebhookId(webhookId),
        generation: 1,
        version: 1,
        endpointId: asEndpointId("ep_a"),
        partition: 0,
        ordinal,
        deliveryId: asDeliveryId(`dl_${id}_${ordinal}`),
      })),
      unmatched: [],
    },
    expiresAt: new Date(Date.now() + 86_400_000),
  };
}

describe("GET /v1/stream", () => {
  test("begins at once, in a form no proxy holds back", async () => {
    const { status, headers, text, events } = await open();
    expect(status).toBe(200);
    expect(headers.get("content-type")).toMatch(/^text\/event-stream\b/);
    expect(headers.get("cache-control")).toBe("no-store");
    expect(headers.get("x-accel-buffering")).toBe("no");
    expect(headers.get("content-encoding")).toBeNull();
    expect(text).toMatch(/^retry: \d+\n\n/);
    expect(events[0]).toMatchObject({ event: "ping", id: expect.any(String) });
  });

  test("tells a delivery from its decision to its end, as the list shows it", async () => {
    const client = await open();
    await new EventLog(api.store).record([anEvent("evt_life", ["wh_a", "wh_b"])]);
    await insert(aDelivery("dl_evt_life_0", { status: "retrying", eventId: asEventId("evt_life"), rank: 1 }));
    await deliveries().updateOne(
      { _id: asDeliveryId("dl_evt_life_0") },
      { $set: { status: "delivered", rank: 2 } },
    );
    expect(await client.waitFor(4)).toEqual([
      "dl_evt_life_0 pending",
      "dl_evt_life_1 pending",
      "dl_evt_life_0 retrying",
      "dl_evt_life_0 delivered",
    ]);
    const { body } = await workspace.call("GET", "/v1/deliveries/dl_evt_life_0");
    expect(client.events.filter(({ event }) => event === "delivery").at(-1)!.data).toEqual(body);
    expect(client.text).not.toContain("of the event");
  });

  test("tells what becomes of a webhook and of the error quota", async () => {
    const client = await open();
    const created = await workspace.call("POST", "/v1/webhooks", {
      body: { name: "N", url: "https://a.example/", eventTypes: ["email.opened"] },
    });
    const { id } = created.body;
    // Told is the state it has by then: one change after the other.
    await client.waitFor(1);
    await workspace.call("POST", `/v1/webhooks/${id}/activate`, { body: {} });
    await client.waitFor(3);
    await api.store.db
      .collection<{ _id: string }>("errorWindows")
      .updateOne(
        { _id: workspace.id },
        [{ $set: { errors: [{ id: "ep:0:1:1", webhookId: id, generation: 9, at: "$$NOW" }] } }],
        { upsert: true },
      );
    await workspace.call("DELETE", `/v1/webhooks/${id}`);
    expect(await client.waitFor(5)).toEqual([
      `${id} inactive v1`,
      `${id} active v2`,
      // Activated, it counts anew.
      "quota 0",
      "quota 1",
      `${id} active v3`,
    ]);
    const webhooks = client.events.filter(({ event }) => event === "webhook");
    expect(webhooks.at(-1)!.data).toMatchObject({ deletedAt: expect.any(String) });
    expect(client.text).not.toContain("whsec_");
  });

  test("never tells what happens in another workspace, whoever else listens", async () => {
    const [own, others] = [await open(), await open({ of: other })];
    await insert(
      aDelivery("dl_theirs", { workspaceId: asWorkspaceId(other.id) }),
      aDelivery("dl_ours"),
      aDelivery("dl_theirs_too", { workspaceId: asWorkspaceId(other.id) }),
    );
    expect(await others.waitFor(2)).toEqual(["dl_theirs delivered", "dl_theirs_too delivered"]);
    expect(await own.waitFor(1)).toEqual(["dl_ours delivered"]);
    expect(own.text).not.toContain("theirs");
    expect(own.text).not.toContain(other.id);
  });

  test("leaves out what was not asked for", async () => {
    const client = await open({ query: "?webhookId=wh_a&eventType=email.opened&status=dead_letter" });
    await insert(
      aDelivery("dl_f1", { status: "dead_letter", webhookId: asWebhookId("wh_b") }),
      aDelivery("dl_f2", { status: "dead_letter", eventType: "email.bounced" }),
      aDelivery("dl_f3"),
      aDelivery("dl_f4", { status: "dead_letter" }),
    );
    expect(await client.waitFor(1)).toEqual(["dl_f4 dead_letter"]);
  });

  test.each(["?status=nonsense", "?limit=3", "?webhookId=a&webhookId=b"])(
    "refuses %s: 422",
    async (query) => {
      const answer = await workspace.call("GET", `/v1/stream${query}`);
      expect([answer.status, answer.body.code]).toEqual([422, "validation_failed"]);
    },
  );

  test("is for keys that read, and for GET and HEAD: 401, 403, 405", async () => {
    expect((await api.call("GET", "/v1/stream")).status).toBe(401);
    const { body } = await workspace.call("POST", "/v1/api-keys", {
      body: { name: "K", scopes: ["ingest"] },
    });
    expect((await api.call("GET", "/v1/stream", { key: body.apiKey })).status).toBe(403);
    expect((await workspace.call("POST", "/v1/stream", { body: {} })).status).toBe(405);
    const head = await fetch(`${api.url}/v1/stream`, {
      method: "HEAD",
      headers: { authorization: `Bearer ${workspace.apiKey}` },
    });
    expect([head.status, await head.text()]).toEqual([200, ""]);
  });
});

describe("a client that comes again with Last-Event-ID", () => {
  test("gets exactly what came in between, then goes on", async () => {
    const first = await open();
    await insert(aDelivery("dl_r1"), aDelivery("dl_r2"));
    await first.waitFor(2);
    const afterFirst = first.events.find(({ event }) => event === "delivery")!.id;
    first.close();
    await insert(...Array.from({ length: 450 }, (_, index) => aDelivery(`dl_between_${index}`)));
    const writing = insert(...Array.from({ length: 450 }, (_, index) => aDelivery(`dl_while_${index}`)));
    const again = await open({ lastEventId: afterFirst });
    await writing;
    await insert(aDelivery("dl_r3"));
    const told = await again.waitFor(902);
    expect(told).toEqual([
      "dl_r2 delivered",
      ...Array.from({ length: 450 }, (_, index) => `dl_between_${index} delivered`),
      ...Array.from({ length: 450 }, (_, index) => `dl_while_${index} delivered`),
      "dl_r3 delivered",
    ]);
  });

  test("again and again, while much happens, gets everything once and in order", async () => {
    const ids = Array.from({ length: 900 }, (_, index) => `dl_churn_${String(index).padStart(4, "0")}`);
    let client = await open();
    const writing = (async () => {
      for (let from = 0; from < ids.length; from += 15) {
        await insert(...ids.slice(from, from + 15).map((id) => aDelivery(id)));
      }
    })();
    const seen: string[] = [];
    for (let connection = 1; seen.length < ids.length; connection++) {
      // The last one stays; the others go wherever they are, in a piece perhaps.
      const isLast = connection === 12;
      const left = ids.length - seen.length;
      await client.waitFor(isLast ? left : Math.min(left, 1 + ((connection * 37) % 90)));
      const told = client.events.filter(({ event }) => event === "delivery");
      seen.push(...client.told);
      client.close();
      clients.splice(0);
      if (!isLast) client = await open({ lastEventId: told.at(-1)!.id });
    }
    await writing;
    expect(seen).toEqual(ids.map((id) => `${id} delivered`));
  });

  test("goes on in the middle of what one event led to", async () => {
    const first = await open();
    await new EventLog(api.store).record([anEvent("evt_fan", ["wh_a", "wh_b", "wh_c"])]);
    await first.waitFor(3);
    const [, { id }] = first.events.filter(({ event }) => event === "delivery") as [unknown, { id: string }];
    const again = await open({ lastEventId: id });
    await insert(aDelivery("dl_fan_end"));
    expect(await again.waitFor(2)).toEqual(["dl_evt_fan_2 pending", "dl_fan_end delivered"]);
  });

  test("may go on from a ping, and is told nothing twice", async () => {
    const first = await open({ query: "?status=dead_letter" });
    await insert(aDelivery("dl_p1"));
    const pinged = first.events.length;
    await eventually(() => first.events.length > pinged + 1, { what: "two pings" });
    first.close();
    const again = await open({ lastEventId: first.lastEventId });
    await insert(aDelivery("dl_p2"));
    expect(await again.waitFor(1)).toEqual(["dl_p2 delivered"]);
  });

  test("brings all there is to know of it: nothing is kept here", async () => {
    const first = await open();
    await insert(aDelivery("dl_x1"));
    await first.waitFor(1);
    const { id } = first.events.find(({ event }) => event === "delivery")!;
    first.close();
    await insert(aDelivery("dl_x2"));
    // What a process knows of a client is what the client brings.
    await eventually(async () => (await metric("api_streams_open")) === 0);
    expect(await (await open({ lastEventId: id })).waitFor(1)).toEqual(["dl_x2 delivered"]);
  });

  test.each([
    ["nonsense", "unknown_position"],
    ["ffffffffffffffff", "unknown_position"],
    [`${(Math.floor(Date.now() / 1_000) - 4_000).toString(16)}00000001`, "too_old"],
  ])("from %s is told that it has to read the lists again", async (lastEventId, reason) => {
    const client = await open({ lastEventId });
    const id = `dl_reset_${lastEventId}`;
    await insert(aDelivery(id));
    await eventually(() => client.told.includes(`${id} delivered`));
    expect(client.told[0]).toBe(`reset ${reason}`);
    expect(client.events[0]!.id).not.toBe(lastEventId);
  });
});

describe("a stream ends", () => {
  test("when its key is revoked", async () => {
    const made = await workspace.call("POST", "/v1/api-keys", { body: { name: "K", scopes: ["read"] } });
    const client = await StreamClient.open(api.url, { key: made.body.apiKey });
    clients.push(await client.ready());
    const still = await open();
    await workspace.call("DELETE", `/v1/api-keys/${made.body.id}`);
    await eventually(() => client.isOver, { what: "the end of a revoked key's stream" });
    expect(still.isOver).toBe(false);
    expect((await StreamClient.open(api.url, { key: made.body.apiKey })).status).toBe(401);
  });

  test("when nobody reads it, and the others go on", async () => {
    const reading = await open();
    const socket = connect(Number(new URL(api.url).port), "127.0.0.1");
    socket.write(
      `GET /v1/stream HTTP/1.1\r\nhost: a\r\nauthorization: Bearer ${workspace.apiKey}\r\nconnection: close\r\n\r\n`,
    );
    await eventually(async () => (await metric("api_streams_open")) === 2, { what: "two streams" });
    socket.pause();
    const slow = 'api_streams_ended_total{reason="slow"';
    const before = await metric(slow);
    const head = "x".repeat(16_384);
    const attempt = {
      number: 1,
      epoch: 1,
      trigger: "automatic",
      startedAt: new Date(),
      durationMs: 1,
    } as const;
    for (let round = 0; round < 8; round++) {
      const big = Array.from({ length: 128 }, (_, index) =>
        aDelivery(`dl_big_${round}_${index}`, { attempts: { "1:1": { ...attempt, responseHead: head } } }),
      );
      await insert(...big);
    }
    await eventually(async () => (await metric(slow)) === before + 1, {
      what: "the end of the stream nobody reads",
    });
    expect(await reading.waitFor(8 * 128)).toHaveLength(8 * 128);
    expect(reading.isOver).toBe(false);
    socket.destroy();
  });

  test("with the service, at once and in order", async () => {
    const own = await TestApi.start();
    const { apiKey } = await own.createWorkspace();
    const client = await (await StreamClient.open(own.url, { key: apiKey })).ready();
    // Whatever happens to the database, a stream that may have a gap says so.
    await own.store.db.dropDatabase();
    expect(await client.waitFor(1)).toEqual(["reset history_lost"]);
    const startedAt = performance.now();
    await own.stop();
    await eventually(() => client.isOver);
    expect(performance.now() - startedAt).toBeLessThan(5_000);
    expect(client.text.endsWith("\n\n")).toBe(true);
  });
});

test("more streams than there may be are refused: 429 of a workspace, 503 of all", async () => {
  for (let count = 0; count < 5; count++) await open();
  const tooMany = await workspace.call("GET", "/v1/stream");
  expect([tooMany.status, tooMany.body.code, tooMany.headers.get("retry-after")]).toEqual([
    429,
    "rate_limited",
    "10",
  ]);
  await open({ of: other });
  const full = await other.call("GET", "/v1/stream");
  expect([full.status, full.body.code]).toEqual([503, "unavailable"]);
  clients.pop()!.close();
  await eventually(async () => (await metric("api_streams_open")) === 5);
  await open({ of: other });
});

test("a broken change stream is gone on from, without a client noticing", async () => {
  const client = await open();
  await insert(aDelivery("dl_b1"));
  await client.waitFor(1);
  await killChangeStreams();
  await insert(aDelivery("dl_b2"));
  expect(await client.waitFor(2)).toEqual(["dl_b1 delivered", "dl_b2 delivered"]);
});

async function killChangeStreams(): Promise<void> {
  const client = api.store.db.getClient();
  // A stream is either in a read or between two; it shows up in both forms.
  const cursors = await eventually(async () => {
    const operations = await client
      .db("admin")
      .aggregate<{ cursor?: { cursorId: unknown; originatingCommand?: { $db?: string } } }>(
        [{ $currentOp: { allUsers: true, idleCursors: true } }],
        { readConcern: { level: "local" } },
      )
      .toArray();
    const own = operations.filter(({ cursor }) => cursor?.originatingCommand?.$db === api.store.db.name);
    return own.length > 0 && own.map(({ cursor }) => cursor?.cursorId);
  });
  await client.db(api.store.db.name).command({ killCursors: "$cmd.aggregate", cursors });
}
