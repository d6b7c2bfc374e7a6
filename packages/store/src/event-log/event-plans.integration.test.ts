import { randomUUID } from "node:crypto";
import type { LoggedEventStatus } from "@hooklane/contracts";
import {
  asDeliveryId,
  asEndpointId,
  asEventId,
  asRecordId,
  asWebhookId,
  asWorkspaceId,
  type WebhookId,
} from "@hooklane/core";
import { recordPlans } from "@hooklane/testing";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { ensureIndexes } from "../ensure-indexes.js";
import { openStore, type Store } from "../store.js";
import { toDeliveryId } from "./delivery-id.js";
import { EventLog, EVENTS } from "./event-log.js";
import type { EventFilter } from "./event-query.js";
import { type EventPage, EventReader } from "./event-reader.js";
import type { LoggedEvent } from "./logged-event.js";

const workspaceId = asWorkspaceId("ws_1");
const START = Date.UTC(2026, 0, 15, 10);
const COUNT = 6_000;
const [often, seldom] = [asWebhookId("wh_often"), asWebhookId("wh_seldom")];

let store: Store;
let reader: EventReader;

beforeAll(async () => {
  store = await openStore({ uri: process.env.MONGODB_URI!, database: `plans-${randomUUID().slice(0, 8)}` });
  await ensureIndexes(store);
  reader = new EventReader(store);
  const log = new EventLog(store);
  for (let from = 0; from < COUNT; from += 1_000) {
    await log.record(Array.from({ length: 1_000 }, (_, index) => anEvent(from + index)));
  }
}, 60_000);

afterAll(async () => {
  await store.db.dropDatabase();
  await store.close();
});

/** Every 500th is of a rare type and goes to a webhook more; every 50th is not accepted; two a millisecond. */
function anEvent(n: number): LoggedEvent {
  const isRare = n % 500 === 7;
  const rareStatus = (["suppressed", "scheduled", "cancelled"] as const)[(n / 50) % 3];
  const status: LoggedEventStatus = n % 50 === 0 && rareStatus ? rareStatus : "accepted";
  const targets: WebhookId[] = status !== "accepted" ? [] : isRare ? [often, seldom] : [often];
  return {
    workspaceId,
    recordId: asRecordId(`e${n}`),
    eventId: asEventId(`e${n}`),
    position: { partition: 0, epoch: 0, offset: n },
    type: isRare ? "rare" : "usual",
    timestamp: "2026-01-15T10:00:00Z",
    source: "api",
    acceptedAt: new Date(START + (n >> 1)),
    status,
    shownBody: new Uint8Array([123, 125]),
    decision: {
      matched: targets.map((webhookId, ordinal) => ({
        webhookId,
        generation: 1,
        version: 1,
        endpointId: asEndpointId("ep_1"),
        partition: 0,
        ordinal,
        deliveryId: toDeliveryId(
          { workspaceId, recordId: asRecordId(`e${n}`), acceptedAt: START + (n >> 1) },
          webhookId,
        ),
      })),
      unmatched: [],
    },
    expiresAt: new Date("2100-01-01T00:00:00Z"),
  };
}

const LIMIT = 20;
const after = { acceptedAt: new Date(START + 2_000), id: "ws_1:e4001" };
const choices = {
  type: [undefined, "usual", "rare"],
  status: [undefined, "accepted", "suppressed", "scheduled", "cancelled"],
  webhookId: [undefined, often, seldom],
  time: [{}, { from: new Date(START + 500) }, { from: new Date(START + 500), to: new Date(START + 2_500) }],
  isOncePerEvent: [false, true],
} as const;

/** Every combination the API can ask for. */
const filters: readonly EventFilter[] = choices.type.flatMap((type) =>
  choices.status.flatMap((status) =>
    choices.webhookId.flatMap((webhookId) =>
      choices.time.flatMap((time) =>
        choices.isOncePerEvent.map((isOncePerEvent) => ({
          ...time,
          isOncePerEvent,
          ...(type !== undefined && { type }),
          ...(status !== undefined && { status }),
          ...(webhookId !== undefined && { webhookId }),
        })),
      ),
    ),
  ),
);

describe("a page of events", () => {
  test("is read by an index in its order, whatever is asked for", async () => {
    for (const filter of filters) {
      const plans = await recordPlans(store.db, EVENTS, async () => {
        await reader.list(workspaceId, filter, { limit: LIMIT });
        await reader.list(workspaceId, filter, { limit: LIMIT, after });
      });
      const asked = JSON.stringify(filter);
      expect([asked, plans.length > 1]).toEqual([asked, true]);
      for (const { stages, isSorted } of plans) {
        expect([asked, stages, isSorted]).toEqual([asked, ["IXSCAN"], false]);
      }
    }
  }, 120_000);

  const keysFor = async (filter: EventFilter, limit = LIMIT) => {
    const plans = await recordPlans(store.db, EVENTS, () =>
      reader.list(workspaceId, filter, { limit, after }),
    );
    return plans.reduce((sum, { keysExamined }) => sum + keysExamined, 0);
  };

  test.each([
    ["time alone", {}],
    ["a type", { type: "usual" }],
    ["a webhook", { webhookId: often }],
    ["a rare type", { type: "rare" }],
    ["a rare webhook", { webhookId: seldom }],
    ["a rare status", { status: "suppressed" }],
    ["a type, each event once", { type: "usual", isOncePerEvent: true }],
  ] satisfies [string, EventFilter][])("by %s looks at nothing in vain", async (_, filter) => {
    // What leaves some out is read by 200.
    expect(await keysFor(filter, 3)).toBeLessThanOrEqual("isOncePerEvent" in filter ? 202 : 6);
  });

  test("that finds little among much ends after a thousand, and goes on from there", async () => {
    const filter: EventFilter = { type: "rare", webhookId: often };
    await store.db.collection(EVENTS).updateMany({ type: "rare" }, { $set: { type: "changed" } });
    const pages: EventPage[] = [];
    let next: EventPage["next"];
    do {
      pages.push(await reader.list(workspaceId, filter, { limit: LIMIT, after: next }));
      next = pages.at(-1)?.next;
    } while (next);
    await store.db.collection(EVENTS).updateMany({ type: "changed" }, { $set: { type: "rare" } });
    expect(pages.map(({ data }) => data.length)).toEqual([0, 0, 0, 0, 0, 0]);
  });

  test("has each event once over all pages, however they are cut", async () => {
    for (const filter of [{}, { webhookId: seldom }, { type: "rare", webhookId: often }]) {
      const seen: string[] = [];
      let next: EventPage["next"];
      do {
        const page = await reader.list(workspaceId, filter, { limit: 7, after: next });
        seen.push(...page.data.map(({ _id }) => _id));
        next = page.next;
      } while (next && seen.length < 100);
      const all = await store.db
        .collection<{ _id: string }>(EVENTS)
        .find({
          ...("type" in filter && { type: filter.type }),
          ...("webhookId" in filter && { "decision.matched.webhookId": filter.webhookId }),
        })
        .sort({ acceptedAt: -1, _id: -1 })
        .toArray();
      expect(seen).toEqual(all.slice(0, seen.length).map(({ _id }) => _id));
      expect(seen.length).toBeGreaterThanOrEqual(Math.min(all.length, 100));
    }
  });
});

describe("a delivery", () => {
  const idOf = (n: number, webhookId = often) =>
    toDeliveryId({ workspaceId, recordId: asRecordId(`e${n}`), acceptedAt: START + (n >> 1) }, webhookId);

  test("leads to its event by the time its id begins with, however old it is", async () => {
    for (const n of [1, 7, 3_001, COUNT - 1]) {
      expect(await reader.findByDelivery(workspaceId, idOf(n))).toMatchObject({ eventId: `e${n}` });
    }
    expect(await reader.findByDelivery(workspaceId, idOf(507, seldom))).toMatchObject({ eventId: "e507" });
    expect(await reader.findByDelivery(asWorkspaceId("ws_2"), idOf(1))).toBeUndefined();
  });

  test.each([
    ["there is", idOf(3_001), 1],
    ["there is not, of a time that had others", idOf(3_001, asWebhookId("wh_nobody")), 0],
    ["there is not, of a time that had none", idOf(COUNT * 4), 0],
  ])("that %s is looked for among the events of one millisecond", async (_, id, found) => {
    const plans = await recordPlans(store.db, EVENTS, () => reader.findByDelivery(workspaceId, id));
    expect(plans).toMatchObject([{ stages: ["IXSCAN"], isSorted: false, returned: found }]);
    expect(plans[0]!.keysExamined).toBeLessThanOrEqual(3);
  });

  test("by an id that is none of ours is not looked for at all", async () => {
    const plans = await recordPlans(store.db, EVENTS, async () => {
      expect(await reader.findByDelivery(workspaceId, asDeliveryId("dl_nobody"))).toBeUndefined();
    });
    expect(plans).toEqual([]);
  });
});
