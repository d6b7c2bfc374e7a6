import { randomUUID } from "node:crypto";
import { encodeEvent, encodeResend, type EventMeta, type OutgoingRecord } from "@hooklane/contracts";
import { asDeliveryId, asEventId, asRecordId, asWebhookId, asWorkspaceId } from "@hooklane/core";
import { type ConsumedRecord, topicNames } from "@hooklane/kafka";
import { createLogger } from "@hooklane/service";
import {
  type ConfigCopy,
  ContactRepository,
  ensureIndexes,
  EventLog,
  EVENTS,
  openConfigCopy,
  openStore,
  OwedEvents,
  RecoveryRepository,
  ScheduledEvents,
  type Store,
  WebhookRepository,
  WEBHOOKS,
  WORKSPACES,
} from "@hooklane/store";
import { readStackEnvironment, testSecretKeys } from "@hooklane/testing";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { ConfigGate } from "../control/config-gate.js";
import {
  ACCEPTED_AT,
  type Document,
  insert,
  insertConfiguration,
  sameLog,
  webhook,
  workspaceId,
} from "../testing/test-configuration.js";
import { EventRouter } from "./event-router.js";
import { WebhookIndex } from "./webhook-index.js";

const topics = topicNames();
const logger = createLogger("router-test", "silent");
const redacting = asWorkspaceId("ws_redacting");
const late = asWorkspaceId("ws_late");
const signal = new AbortController().signal;

let store: Store;
let copy: ConfigCopy;
let log: EventLog;
let offset = 0;

beforeAll(async () => {
  store = await openStore({
    uri: readStackEnvironment().mongodbUri,
    database: `router-redaction-${randomUUID().slice(0, 8)}`,
    secretKeys: testSecretKeys,
  });
  await ensureIndexes(store);
  await insertConfiguration(store);
  await insertWorkspace(redacting);
  await insert(store, WEBHOOKS, webhook("wh_r", { workspaceId: redacting }));
  copy = await openConfigCopy(store, {
    collections: ["workspaces", "eventTypes", "webhooks", "endpoints"],
    logger,
  });
  log = new EventLog(store);
});

afterAll(async () => {
  await copy.close();
  await store.db.dropDatabase();
  await store.close();
});

/** As the tests' own one, with fields that are not to be stored. */
async function insertWorkspace(id: string): Promise<void> {
  const own = await store.db.collection<Document>(WORKSPACES).findOne({ _id: workspaceId });
  await insert(store, WORKSPACES, { ...own, _id: id, redact: ["data.contact.email"] });
}

/** The order of members and the whitespace are the producer's. */
const bodyOf = (id: string) =>
  Buffer.from(
    `{"id":"${id}","type":"routed","timestamp":"2026-01-15T11:00:00+01:00","source":"api",` +
      `"data":{"contact": {"email":"secret-of-${id}@example.org"}, "n":1.10}}`,
  );

function metaOf(id: string, change: Partial<EventMeta> = {}) {
  return {
    workspaceId: redacting,
    recordId: asRecordId(id),
    eventId: asEventId(id),
    type: "routed",
    source: "api" as const,
    acceptedAt: ACCEPTED_AT,
    ...change,
  };
}

const eventRecord = (id: string, change: Partial<EventMeta> = {}) =>
  encodeEvent(topics.events, 1, metaOf(id, change), bodyOf(id));

/** Routes records as they come from the log. @returns the bytes of what went to `deliveries.v1` */
async function route(...records: readonly OutgoingRecord[]): Promise<readonly string[]> {
  const sent: OutgoingRecord[] = [];
  const router = new EventRouter({
    copy,
    index: new WebhookIndex(copy, logger),
    log,
    scheduled: new ScheduledEvents(store),
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
    send: (some) => {
      sent.push(...some);
      return Promise.resolve();
    },
    onRouted: () => undefined,
    onReplayed: () => undefined,
    logger,
  });
  const consumed = records.map(({ value, headers }): ConsumedRecord => ({
    topic: topics.events,
    partition: 1,
    offset: offset++,
    timestampMs: 0,
    key: Buffer.from(redacting),
    value: value && Buffer.from(value),
    headers: { meta: Buffer.from(headers?.meta ?? "") },
  }));
  await router.handle({ topic: topics.events, partition: 1, records: consumed }, signal);
  return sent.map(({ value }) => Buffer.from(value ?? []).toString());
}

/** Collections that have a text in any of their bytes. */
async function collectionsWith(text: string): Promise<readonly string[]> {
  const collections = await store.db.db!.collections();
  const found = await Promise.all(
    collections.map(async (collection) => {
      const documents = (await collection.find({}, { raw: true }).toArray()) as unknown as Buffer[];
      return documents.some((bytes) => bytes.includes(text)) ? [collection.collectionName] : [];
    }),
  );
  return found.flat();
}

describe("an event of a workspace that has fields not to be stored", () => {
  test("goes to its webhooks byte for byte, and is in no collection in the clear", async () => {
    expect(await route(eventRecord("routed"))).toEqual([String(bodyOf("routed"))]);
    expect(await collectionsWith("secret-of-routed")).toEqual([]);
    const found = await log.find(redacting, asRecordId("routed"));
    expect(JSON.parse(String(found!.shownBody))).toMatchObject({
      id: "routed",
      data: { contact: { email: "[redacted]" }, n: 1.1 },
    });
    const original = await log.readOriginalBody(redacting, asRecordId("routed"));
    expect(Buffer.from(original!).equals(bodyOf("routed"))).toBe(true);
  });

  test("that is scheduled waits sealed, and is due with its exact bytes", async () => {
    const deliverAt = Date.now() + 3_600_000;
    expect(await route(eventRecord("waiting", { deliverAt }))).toEqual([]);
    expect(await collectionsWith("secret-of-waiting")).toEqual([]);
    const bodies: string[] = [];
    for await (const { body } of new ScheduledEvents(store).due(new Date(deliverAt), 9)) {
      bodies.push(Buffer.from(body).toString());
    }
    expect(bodies).toEqual([String(bodyOf("waiting"))]);
  });

  test("that is sent once more, goes nowhere, or is suppressed leaves nothing in the clear either", async () => {
    const resend = encodeResend(
      topics.events,
      1,
      {
        ...metaOf("resent"),
        recordId: asRecordId("rs:job:dl_1"),
        webhookId: asWebhookId("wh_r"),
        resendOf: asDeliveryId("dl_1"),
      },
      bodyOf("resent"),
    );
    const others = [eventRecord("nowhere", { type: "nobody's" }), eventRecord("muted", { suppressed: true })];
    expect(await route(resend, ...others)).toEqual([String(bodyOf("resent"))]);
    expect(await collectionsWith("secret-of-")).toEqual([]);
  });

  test("is treated so from the first moment on: a workspace the copy does not have yet is read", async () => {
    await copy.close();
    await insertWorkspace(late);
    expect(copy.workspace(late)).toBeUndefined();
    await route(eventRecord("early", { workspaceId: late }));
    expect(await log.find(late, asRecordId("early"))).toBeDefined();
    expect(await collectionsWith("secret-of-early")).toEqual([]);
  });
});

test("a workspace that names no fields has its events stored as they are, with nothing beside", async () => {
  await route(eventRecord("plain", { workspaceId }));
  const stored = await store.db.collection<Document>(EVENTS).findOne({ _id: `${workspaceId}:plain` });
  expect(stored).not.toHaveProperty("sealed");
  expect(String((await log.find(workspaceId, asRecordId("plain")))!.shownBody)).toBe(String(bodyOf("plain")));
});
