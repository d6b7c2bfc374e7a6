import { randomUUID } from "node:crypto";
import {
  asContactId,
  asDeliveryId,
  asEndpointId,
  asEventId,
  asRecordId,
  asWebhookId,
  asWorkspaceId,
} from "@hooklane/core";
import { testSecretKeys } from "@hooklane/testing";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { ensureIndexes } from "../ensure-indexes.js";
import { DocumentSecrets } from "../secrets/document-secrets.js";
import { openStore, type Store } from "../store.js";
import { WEBHOOKS } from "../webhooks/webhook.js";
import { EventLog, EVENTS } from "./event-log.js";
import type { EventFilter } from "./event-query.js";
import { EventReader } from "./event-reader.js";
import type { EventDocument, LoggedEvent, RoutingDecision } from "./logged-event.js";

const workspaceId = asWorkspaceId("ws_1");

let store: Store;
let log: EventLog;

beforeAll(async () => {
  store = await openStore({
    uri: process.env.MONGODB_URI!,
    database: `event-log-${randomUUID().slice(0, 8)}`,
    secretKeys: testSecretKeys,
  });
  await ensureIndexes(store);
  log = new EventLog(store);
});

afterAll(async () => {
  await store.db.dropDatabase();
  await store.close();
});

beforeEach(async () => {
  await store.db.collection(EVENTS).deleteMany({});
  await store.db.collection(WEBHOOKS).deleteMany({});
});

function decision(webhook = "wh_1", version = 1): RoutingDecision {
  return {
    matched: [
      {
        webhookId: asWebhookId(webhook),
        generation: 1,
        version,
        endpointId: asEndpointId("ep_1"),
        partition: 3,
        ordinal: 0,
        deliveryId: asDeliveryId(`dl_${webhook}`),
      },
    ],
    unmatched: [{ webhookId: asWebhookId("wh_9"), reason: "inactive" }],
  };
}

function event(id: string, offset: number, change: Partial<LoggedEvent> = {}): LoggedEvent {
  return {
    workspaceId,
    recordId: asRecordId(id),
    eventId: asEventId(id),
    position: { partition: 1, epoch: 0, offset },
    type: "email.opened",
    timestamp: "2026-01-15T10:00:00+01:00",
    source: "api",
    acceptedAt: new Date("2026-01-15T10:00:00Z"),
    status: "accepted",
    shownBody: new TextEncoder().encode(`{"id":"${id}"}`),
    decision: decision(),
    expiresAt: new Date(Date.now() + 86_400_000),
    ...change,
  };
}

const kinds = (outcome: Awaited<ReturnType<EventLog["record"]>>) =>
  outcome.map((entry) => (entry.kind === "duplicate" ? "duplicate" : entry.isReplay ? "replay" : "new"));

describe("the event log", () => {
  test("what is new is recorded as given, bytes included", async () => {
    const given = event("a:b", 5, { schemaWarning: "data: no" });
    expect(kinds(await log.record([given]))).toEqual(["new"]);
    const found = await log.find(workspaceId, asRecordId("a:b"));
    expect({ ...found, shownBody: undefined }).toEqual({ ...given, shownBody: undefined });
    expect(Buffer.from(found!.shownBody).equals(Buffer.from(given.shownBody))).toBe(true);
  });

  test("the same id at the same place goes on from the decision that is stored, not from a new one", async () => {
    await log.record([event("a", 5, { decision: decision("wh_1", 1) })]);
    const again = await log.record([event("a", 5, { decision: decision("wh_2", 7) })]);
    expect(again).toEqual([{ kind: "decided", isReplay: true, decision: decision("wh_1", 1) }]);
  });

  test("the same id at another place is a duplicate: offset, partition or epoch", async () => {
    await log.record([event("a", 5)]);
    const others = [
      { partition: 1, epoch: 0, offset: 6 },
      { partition: 2, epoch: 0, offset: 5 },
      { partition: 1, epoch: 1, offset: 5 },
    ];
    for (const position of others) {
      expect(kinds(await log.record([event("a", 0, { position })]))).toEqual(["duplicate"]);
    }
  });

  test("of one id twice in a batch the first counts", async () => {
    const outcome = await log.record([event("a", 5), event("b", 6), event("a", 7), event("b", 8)]);
    expect(kinds(outcome)).toEqual(["new", "new", "duplicate", "duplicate"]);
  });

  test("a batch of which a part is there already is told apart record by record", async () => {
    await log.record([event("a", 5), event("b", 6)]);
    const outcome = await log.record([
      event("a", 5),
      event("b", 6),
      event("c", 7),
      event("a", 8),
      event("c", 9),
    ]);
    expect(kinds(outcome)).toEqual(["replay", "replay", "new", "duplicate", "duplicate"]);
  });

  test("ids are of a workspace: another's same id is another event", async () => {
    const outcome = await log.record([event("a", 5), event("a", 6, { workspaceId: asWorkspaceId("ws_2") })]);
    expect(kinds(outcome)).toEqual(["new", "new"]);
  });

  test("an empty batch is nothing", async () => {
    expect(await log.record([])).toEqual([]);
  });
});

describe("an event and its further records", () => {
  const at = (n: number) => new Date(Date.UTC(2026, 0, 15, 10, 0, n));
  const scheduled = (id: string, n: number) =>
    event(id, n, {
      status: "scheduled",
      deliverAt: at(50),
      acceptedAt: at(n),
      decision: { matched: [], unmatched: [] },
    });
  const release = (id: string, n: number) =>
    event(`rel:${id}`, n, { eventId: asEventId(id), deliverAt: at(50), acceptedAt: at(n) });
  const resend = (id: string, n: number, deliveryId: string) =>
    event(`rs:job_${n}:dl_wh_1`, n, {
      eventId: asEventId(id),
      acceptedAt: at(n),
      resendOf: asDeliveryId("dl_wh_1"),
      decision: {
        matched: [{ ...decision().matched[0]!, deliveryId: asDeliveryId(deliveryId) }],
        unmatched: [],
      },
    });
  const reader = () => new EventReader(store);
  const listed = async (filter: EventFilter) =>
    (await reader().list(workspaceId, filter, { limit: 10 })).data.map(({ _id }) => _id);

  test("a scheduled event is found as it waits, and as its release once that was routed", async () => {
    await log.record([scheduled("a", 1)]);
    expect(await log.findEvent(workspaceId, asEventId("a"))).toMatchObject({
      status: "scheduled",
      deliverAt: at(50),
    });
    await log.record([release("a", 2)]);
    expect(await log.findEvent(workspaceId, asEventId("a"))).toMatchObject({
      recordId: "rel:a",
      status: "accepted",
    });
    expect(await log.explain(workspaceId, asEventId("a"))).toMatchObject({
      matched: [{ webhookId: "wh_1" }],
    });
  });

  test("records of ours are no events, whatever id is asked for", async () => {
    await log.record([event("a", 1), release("b", 2), resend("a", 3, "dl_new")]);
    for (const id of ["rel:b", "rs:job_3:dl_wh_1"]) {
      expect(await log.findEvent(workspaceId, asEventId(id))).toBeUndefined();
    }
    expect(await log.findEvent(workspaceId, asEventId("b"))).toMatchObject({ eventId: "b" });
  });

  test("a list of events has each once: no resend, and a released one not twice", async () => {
    await log.record([scheduled("a", 1), event("b", 2), scheduled("c", 3)]);
    await log.record([release("a", 4), resend("b", 5, "dl_new")]);
    await log.markReleased(workspaceId, [asEventId("a")]);
    await log.markReleased(workspaceId, [asEventId("a")]);
    expect(await listed({ isOncePerEvent: true })).toEqual(["ws_1:rel:a", "ws_1:c", "ws_1:b"]);
    expect(await listed({ isOncePerEvent: true, status: "scheduled" })).toEqual(["ws_1:c"]);
    expect(await listed({ eventId: asEventId("b") })).toEqual(["ws_1:rs:job_5:dl_wh_1", "ws_1:b"]);
    expect(await listed({ eventId: asEventId("a") })).toEqual(["ws_1:rel:a", "ws_1:a"]);
  });

  test("resends are found by their delivery and by their event, of the own workspace only", async () => {
    await log.record([event("a", 1), resend("a", 2, "dl_2"), resend("a", 3, "dl_3")]);
    const [dl2, other] = [asDeliveryId("dl_2"), asDeliveryId("dl_wh_1")];
    expect(await reader().listResends(workspaceId, asEventId("a"))).toEqual(["dl_2", "dl_3"]);
    expect(await reader().findResendsOf(workspaceId, [dl2, other])).toEqual(new Map([[dl2, other]]));
    expect(Buffer.from((await reader().readResend(workspaceId, dl2))!.shownBody).toString()).toContain(
      "rs:job_2",
    );
    expect(await reader().findResend(workspaceId, other)).toBeUndefined();
    expect(await reader().findResend(asWorkspaceId("ws_2"), dl2)).toBeUndefined();
  });
});

describe("an event that has fields not to be stored", () => {
  const text = (email: string) => Buffer.from(`{"id":"a",  "data":{"email":"${email}"}}`);
  const [shownBody, originalBody] = [text("[redacted]"), text("ann@example.org")];
  const given = () => event("a", 5, { shownBody });
  const inClear = async () => {
    const documents = await store.db.collection(EVENTS).find({}, { raw: true }).toArray();
    return (documents as unknown as Buffer[]).some((bytes) => bytes.includes("ann@"));
  };

  test("is found as it may be shown, by every way; nothing else is in the database in the clear", async () => {
    await log.record([{ ...given(), originalBody }]);
    expect(await inClear()).toBe(false);
    const found = await log.find(workspaceId, asRecordId("a"));
    expect(String(found!.shownBody)).toBe(String(shownBody));
    expect(Object.keys(found!)).not.toContain("sealed");
    expect(await log.findEvent(workspaceId, asEventId("a"))).toEqual(found);
    const { data } = await new EventReader(store).list(workspaceId, {}, { limit: 1 });
    expect(Object.keys(data[0]!)).not.toEqual(
      expect.arrayContaining([expect.stringMatching(/body|sealed/i)]),
    );
  });

  test("has its exact bytes for those who send it once more, also when it is recorded again", async () => {
    const [first, again] = [
      await log.record([{ ...given(), originalBody }]),
      await log.record([{ ...given(), originalBody: text("bob@example.org") }]),
    ];
    expect([kinds(first), kinds(again)]).toEqual([["new"], ["replay"]]);
    const read = await log.readOriginalBody(workspaceId, asRecordId("a"));
    expect(Buffer.from(read!).equals(originalBody)).toBe(true);
    expect(await log.readOriginalBody(workspaceId, asRecordId("b"))).toBeUndefined();
  });

  test("is not lost where the key is missing: it is said which, and everything else is read", async () => {
    await log.record([{ ...given(), originalBody }, event("plain", 6)]);
    const keyless = new EventLog({ ...store, secrets: new DocumentSecrets([]) });
    await expect(keyless.readOriginalBody(workspaceId, asRecordId("a"))).rejects.toMatchObject({
      name: "SecretError",
      code: "unknown_key",
      keyId: "test",
    });
    expect(String((await keyless.find(workspaceId, asRecordId("a")))!.shownBody)).toBe(String(shownBody));
    const plain = await keyless.readOriginalBody(workspaceId, asRecordId("plain"));
    expect(Buffer.from(plain!).toString()).toBe('{"id":"plain"}');
    await expect(keyless.record([{ ...event("c", 7), originalBody }])).rejects.toMatchObject({
      code: "no_key",
    });
    expect(await log.find(workspaceId, asRecordId("c"))).toBeUndefined();
  });

  test("does not open in another event's place", async () => {
    await log.record([
      { ...given(), originalBody },
      { ...event("b", 6), originalBody: text("b") },
    ]);
    const events = store.db.collection<EventDocument>(EVENTS);
    const { sealed } = (await events.findOne({ _id: "ws_1:a" }))!;
    await events.updateOne({ _id: "ws_1:b" }, { $set: { sealed: sealed! } });
    await expect(log.readOriginalBody(workspaceId, asRecordId("b"))).rejects.toMatchObject({
      code: "not_authentic",
    });
  });
});

describe("explain", () => {
  async function haveWebhook(id: string, createdAt: string, deletedAt?: string) {
    await store.db.collection<{ _id: string }>(WEBHOOKS).insertOne({
      _id: id,
      workspaceId,
      createdAt: new Date(createdAt),
      ...(deletedAt && { deletedAt: new Date(deletedAt) }),
    } as { _id: string });
  }

  test("names who got it, who did not and why, and those who had not asked for its type", async () => {
    await log.record([event("a", 5)]);
    await haveWebhook("wh_1", "2026-01-01T00:00:00Z");
    await haveWebhook("wh_9", "2026-01-01T00:00:00Z");
    await haveWebhook("wh_3", "2026-01-01T00:00:00Z");
    await haveWebhook("wh_4", "2026-01-01T00:00:00Z", "2026-01-14T00:00:00Z");
    await haveWebhook("wh_5", "2026-01-01T00:00:00Z", "2026-01-16T00:00:00Z");
    await haveWebhook("wh_6", "2026-01-16T00:00:00Z");
    const explanation = await log.explain(workspaceId, asEventId("a"));
    expect(explanation?.matched).toEqual([{ webhookId: "wh_1", deliveryId: "dl_wh_1" }]);
    expect(explanation?.unmatched).toEqual([
      { webhookId: "wh_9", reason: "inactive" },
      { webhookId: "wh_3", reason: "event_type" },
      { webhookId: "wh_5", reason: "event_type" },
    ]);
  });

  test("says nothing of events the workspace does not have", async () => {
    await log.record([event("a", 5)]);
    expect(await log.explain(asWorkspaceId("ws_2"), asEventId("a"))).toBeUndefined();
  });
});

describe("where deliveries come from", () => {
  test("a delivery is located by the record it was decided for: the event's, its release's, or a resend's", async () => {
    const matched = (deliveryId: string, ordinal: number) => ({
      ...decision().matched[0]!,
      ordinal,
      deliveryId: asDeliveryId(deliveryId),
    });
    const decide = (...ids: string[]) => ({ decision: { matched: ids.map(matched), unmatched: [] } });
    await log.record([
      event("a", 3, { contactId: asContactId("ct_1"), ...decide("dl_a0", "dl_a1") }),
      event("rel:b", 5, { eventId: asEventId("b"), ...decide("dl_b") }),
      event("rs:job_1:dl_a1", 9, {
        eventId: asEventId("a"),
        resendOf: asDeliveryId("dl_a1"),
        ...decide("dl_again"),
      }),
    ]);
    const of = (delivery: string, eventId: string) => ({
      _id: asDeliveryId(delivery),
      eventId: asEventId(eventId),
    });
    const wanted = [of("dl_a1", "a"), of("dl_b", "b"), of("dl_again", "a"), of("dl_forgotten", "x")];
    const located = await new EventReader(store).locate(workspaceId, wanted);
    const found = wanted.map(({ _id }) => {
      const at = located.get(_id);
      return at && [at.event.recordId, at.event.position.offset, at.ordinal, at.resendOf, at.event.contactId];
    });
    expect(found).toEqual([
      ["a", 3, 1, undefined, "ct_1"],
      ["rel:b", 5, 0, undefined, undefined],
      ["rs:job_1:dl_a1", 9, 0, "dl_a1", undefined],
      undefined,
    ]);
    expect((await new EventReader(store).locate(asWorkspaceId("ws_2"), wanted)).size).toBe(0);
  });
});
