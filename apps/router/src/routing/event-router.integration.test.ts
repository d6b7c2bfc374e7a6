import { randomUUID } from "node:crypto";
import type { OutgoingRecord } from "@hooklane/contracts";
import { asWebhookId } from "@hooklane/core";
import { type ConsumedRecord, topicNames } from "@hooklane/kafka";
import { createLogger } from "@hooklane/service";
import {
  type ConfigCopy,
  ensureIndexes,
  EventLog,
  openConfigCopy,
  openStore,
  type Store,
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
  function routerOver(copy: ConfigCopy, sent: OutgoingRecord[], crashAfter = Infinity) {
    const outcomes: RoutingOutcome[] = [];
    let replayed = 0;
    const router = new EventRouter({
      copy,
      index: new WebhookIndex(copy),
      log: new EventLog(store),
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
      const records = ["crash-1", "crash-2", "crash-3"].map((id, offset): ConsumedRecord => {
        const { value, headers } = eventRecord(topics.events, id);
        return {
          topic: topics.events,
          partition: 9,
          offset: 100 + offset,
          timestampMs: 0,
          key: Buffer.from(workspaceId),
          value: value && Buffer.from(value),
          headers: { meta: Buffer.from(headers?.meta ?? "") },
        };
      });
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
});
