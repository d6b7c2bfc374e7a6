import { randomUUID } from "node:crypto";
import type { OutgoingRecord } from "@hooklane/contracts";
import { asEventId, asWebhookId } from "@hooklane/core";
import { type ConsumedRecord, topicNames } from "@hooklane/kafka";
import { createLogger } from "@hooklane/service";
import {
  type ConfigCopy,
  ContactRepository,
  ensureIndexes,
  EventLog,
  openConfigCopy,
  openStore,
  OwedEvents,
  RecoveryRepository,
  ScheduledEvents,
  type Store,
  WebhookRepository,
  WEBHOOKS,
} from "@hooklane/store";
import { eventually, readStackEnvironment } from "@hooklane/testing";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { ConfigGate } from "../control/config-gate.js";
import {
  type Document,
  eventRecord,
  insert,
  insertConfiguration,
  sameLog,
  webhook,
  workspaceId,
} from "../testing/test-configuration.js";
import { EventRouter, type RoutingOutcome } from "./event-router.js";
import { WebhookIndex } from "./webhook-index.js";

const topics = topicNames();
const logger = createLogger("router-test", "silent");

let store: Store;

beforeAll(async () => {
  store = await openStore({
    uri: readStackEnvironment().mongodbUri,
    database: `router-crash-${randomUUID().slice(0, 8)}`,
  });
  await ensureIndexes(store);
  await insertConfiguration(store);
});

afterAll(async () => {
  await store.db.dropDatabase();
  await store.close();
});

describe("a router that dies between fan-out and commit", () => {
  const toConsumed = ({ value, headers }: OutgoingRecord, offset: number): ConsumedRecord => ({
    topic: topics.events,
    partition: 9,
    offset,
    timestampMs: 0,
    key: Buffer.from(workspaceId),
    value: value && Buffer.from(value),
    headers: { meta: Buffer.from(headers?.meta ?? "") },
  });

  function routerOver(
    copy: ConfigCopy,
    sent: OutgoingRecord[],
    crashAfter = Infinity,
    scheduled: Pick<ScheduledEvents, "add"> = new ScheduledEvents(store),
  ) {
    const outcomes: RoutingOutcome[] = [];
    let replayed = 0;
    const router = new EventRouter({
      copy,
      index: new WebhookIndex(copy, logger),
      log: new EventLog(store),
      scheduled,
      recovery: {
        recoveries: new RecoveryRepository(store),
        owed: new OwedEvents(store),
        webhooks: new WebhookRepository(store),
        contacts: new ContactRepository(store),
        now: () => new Date(),
      },
      epochs: sameLog,
      gate: new ConfigGate({ copy, logger }),
      topics,
      send: (records) => {
        for (const record of records) {
          if (sent.length >= crashAfter) return Promise.reject(new Error("killed"));
          sent.push(record);
        }
        return Promise.resolve();
      },
      onRouted: (outcome) => outcomes.push(outcome),
      onReplayed: () => replayed++,
      logger,
    });
    return { router, outcomes, replays: () => replayed };
  }

  test("its successor sends the same deliveries at the same places, whatever the configuration is by then", async () => {
    const copy = await openConfigCopy(store, {
      collections: ["workspaces", "eventTypes", "webhooks", "endpoints"],
      logger,
    });
    try {
      const records = ["crash-1", "crash-2", "crash-3"].map((id, offset) =>
        toConsumed(eventRecord(topics.events, id), 100 + offset),
      );
      const batch = { topic: topics.events, partition: 9, records };
      const signal = new AbortController().signal;
      const first: OutgoingRecord[] = [];
      const one = routerOver(copy, first, 3);
      await expect(one.router.handle(batch, signal)).rejects.toThrow("killed");

      await insert(store, WEBHOOKS, webhook("wh_aa"));
      await store.db
        .collection<Document>(WEBHOOKS)
        .updateOne({ _id: "wh_b" }, { $set: { version: 2, status: "inactive" } });
      await eventually(
        () => copy.webhook(asWebhookId("wh_aa")) && copy.webhook(asWebhookId("wh_b"))?.version === 2,
      );

      const second: OutgoingRecord[] = [];
      const two = routerOver(copy, second);
      await two.router.handle(batch, signal);
      expect(second.slice(0, 3)).toEqual(first);
      expect(second).toHaveLength(6);
      expect(two.replays()).toBe(3);

      const third: OutgoingRecord[] = [];
      await routerOver(copy, third).router.handle(batch, signal);
      expect(third).toEqual(second);
    } finally {
      await copy.close();
    }
  });

  test("a scheduled event whose router dies before keeping it is kept by the next, and after its release not again", async () => {
    const copy = await openConfigCopy(store, {
      collections: ["workspaces", "eventTypes", "webhooks", "endpoints"],
      logger,
    });
    try {
      const deliverAt = Date.now() + 60_000;
      const records = [
        toConsumed(eventRecord(topics.events, "kept", { deliverAt }), 200),
        toConsumed(eventRecord(topics.events, "beside"), 201),
      ];
      const batch = { topic: topics.events, partition: 9, records };
      const signal = new AbortController().signal;
      const sent: OutgoingRecord[] = [];
      const dying = routerOver(copy, sent, Infinity, { add: () => Promise.reject(new Error("killed")) });
      await expect(dying.router.handle(batch, signal)).rejects.toThrow("killed");
      expect(sent).toEqual([]);

      const scheduled = new ScheduledEvents(store);
      const next = routerOver(copy, sent);
      await next.router.handle(batch, signal);
      expect(sent.length).toBeGreaterThan(0);
      expect(next.outcomes).toEqual(["scheduled", "routed"]);
      expect(await scheduled.countWaiting()).toBe(1);

      await scheduled.markReleased([{ workspaceId, eventId: asEventId("kept") }]);
      await routerOver(copy, []).router.handle(batch, signal);
      expect(await scheduled.countWaiting()).toBe(0);
    } finally {
      await copy.close();
    }
  });
});
