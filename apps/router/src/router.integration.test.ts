import { randomUUID } from "node:crypto";
import {
  type DeliveryMeta,
  decodeDelivery,
  encodeControl,
  encodeResend,
  type EventMeta,
  type OutgoingRecord,
} from "@hooklane/contracts";
import { asContactId, asDeliveryId, asEventId, asRecordId, asWebhookId } from "@hooklane/core";
import {
  type ConsumedRecord,
  createKafka,
  GroupConsumer,
  headerText,
  Producer,
  topicNames,
} from "@hooklane/kafka";
import { createLogger, createMetrics, Readiness } from "@hooklane/service";
import {
  EventLog,
  EventReader,
  openStore,
  ScheduledEvents,
  type Store,
  toDeliveryId,
  WEBHOOKS,
} from "@hooklane/store";
import {
  createTopics,
  dropTopics,
  eventually,
  readStackEnvironment,
  TEST_SECRETS_KEYS,
} from "@hooklane/testing";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { type App, startApp } from "./app.js";
import { configSchema } from "./config.js";
import {
  type Document,
  eventRecord as toEventRecord,
  insert,
  insertConfiguration,
  webhook,
  workspaceId,
} from "./testing/test-configuration.js";

const stack = readStackEnvironment();
const prefix = `router-${randomUUID().slice(0, 8)}`;
const topics = topicNames(prefix);
const logger = createLogger("router-test", "silent");
const kafka = createKafka({ brokers: stack.brokers, clientId: prefix, logger });
const stop = new AbortController();
const readiness = new Readiness();

let store: Store;
let producer: Producer;
let reader: GroupConsumer;
let app: App;
const delivered: (DeliveryMeta & { readonly partition: number; readonly body: string })[] = [];
const rejected: ConsumedRecord[] = [];

beforeAll(async () => {
  await createTopics(stack.brokers, prefix);
  store = await openStore({ uri: stack.mongodbUri, database: prefix });
  await insertConfiguration(store);
  producer = new Producer(kafka);
  reader = new GroupConsumer(kafka, {
    groupId: `${prefix}.reader`,
    topics: [topics.deliveries, topics.rejected],
    handler: ({ topic, records }) => {
      if (topic === topics.rejected) rejected.push(...records);
      else delivered.push(...records.map(readDelivery));
      return Promise.resolve();
    },
  });
  reader.start();
  const config = configSchema.parse({
    KAFKA_BROKERS: stack.brokers.join(","),
    MONGODB_URI: stack.mongodbUri,
    MONGODB_DATABASE: prefix,
    HOOKLANE_TOPIC_PREFIX: prefix,
    HOOKLANE_SECRETS_KEYS: TEST_SECRETS_KEYS,
    ROUTER_PORT: "0",
  });
  const metrics = createMetrics("router", { processMetrics: false });
  app = await startApp({ name: "router", config, logger, metrics, readiness, signal: stop.signal });
  readiness.markRunning();
  await eventually(async () => (await readiness.report()).ready, { what: "readiness" });
}, 60_000);

afterAll(async () => {
  stop.abort();
  await Promise.all([app.close(), reader.close()]);
  await producer.close();
  await dropTopics(stack.brokers, prefix);
  await store.db.dropDatabase();
  await store.close();
}, 30_000);

function readDelivery(record: ConsumedRecord) {
  const decoded = decodeDelivery(record);
  if (!decoded.ok) throw new Error(decoded.detail);
  return {
    ...decoded.value.meta,
    partition: record.partition,
    body: Buffer.from(decoded.value.body).toString(),
  };
}

const eventRecord = (id: string, change?: Partial<EventMeta>, partition?: number) =>
  toEventRecord(topics.events, id, change, partition);
const produce = (records: readonly OutgoingRecord[]) => producer.sendAll(records);
const deliveriesOf = (...ids: string[]) => delivered.filter(({ eventId }) => ids.includes(eventId));

async function toArray<T>(given: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const one of given) all.push(one);
  return all;
}

describe("the router on the real stack", () => {
  test("an event becomes one record per matching webhook, on its endpoint's partition, in the order of the line", async () => {
    const ids = Array.from({ length: 40 }, (_, n) => `order-${String(n).padStart(2, "0")}`);
    const positions = await produce(ids.map((id) => eventRecord(id)));
    await eventually(() => deliveriesOf(...ids).length === 80, { what: "80 deliveries" });
    for (const [webhookId, partition] of [["wh_a", 6] as const, ["wh_b", 2] as const]) {
      const line = deliveriesOf(...ids).filter((delivery) => delivery.webhookId === webhookId);
      expect(line.map(({ eventId }) => eventId)).toEqual(ids);
      expect(new Set(line.map((delivery) => delivery.partition))).toEqual(new Set([partition]));
      expect(line.map(({ source }) => source)).toEqual(
        positions.map(({ partition: from, offset }) => [from, 0, offset, webhookId === "wh_a" ? 0 : 1]),
      );
    }
    const first = deliveriesOf("order-00").find(({ webhookId }) => webhookId === "wh_a");
    expect(first).toMatchObject({ version: 1, generation: 1, endpointId: "ep_1", trigger: "automatic" });
    expect(JSON.parse(first!.body)).toMatchObject({ id: "order-00", data: { id: "order-00" } });
    expect(new Set(deliveriesOf(...ids).map(({ deliveryId }) => deliveryId)).size).toBe(80);
  });

  test("the log explains who got it and why others did not, and keeps it at least a week", async () => {
    await produce([eventRecord("explained")]);
    const log = new EventLog(store);
    const explanation = await eventually(() => log.explain(workspaceId, asEventId("explained")));
    expect(explanation.matched.map(({ webhookId }) => webhookId)).toEqual(["wh_a", "wh_b"]);
    expect(explanation.unmatched).toEqual([
      { webhookId: "wh_c", reason: "inactive" },
      { webhookId: "wh_d", reason: "source" },
      { webhookId: "wh_e", reason: "event_type" },
    ]);
    const { event } = explanation;
    expect(event).toMatchObject({
      status: "accepted",
      timestamp: "2026-01-15T11:00:00+01:00",
      source: "api",
    });
    expect(event.expiresAt.getTime() - event.acceptedAt.getTime()).toBe(7 * 86_400_000);
  });

  test("an event that ignores source filters reaches webhooks that have one, others do not", async () => {
    const unfiltered = { type: "unfiltered", source: "subscriber" } as const;
    await produce([
      eventRecord("filtered-1", unfiltered),
      eventRecord("unfiltered-1", { ...unfiltered, ignoresSourceFilter: true }),
    ]);
    const [delivery] = await eventually(() => {
      const found = deliveriesOf("unfiltered-1");
      return found.length > 0 && found;
    });
    expect(delivery?.webhookId).toBe("wh_d");
    expect(deliveriesOf("filtered-1")).toEqual([]);
  });

  test("an event set off at one webhook reaches it alone, with the contact it is about", async () => {
    const aimedAt = asWebhookId("wh_b");
    await produce([eventRecord("aimed-1", { aimedAt, contactId: asContactId("ct_1") })]);
    await eventually(() => deliveriesOf("aimed-1").length > 0);
    expect(deliveriesOf("aimed-1")).toMatchObject([{ webhookId: "wh_b", contactId: "ct_1" }]);
  });

  test("an event nobody gets, suppressed or unmatched, is in the log all the same", async () => {
    await produce([eventRecord("nobody", { type: "unheard" }), eventRecord("import", { suppressed: true })]);
    const log = new EventLog(store);
    const suppressed = await eventually(() => log.find(workspaceId, asRecordId("import")));
    expect(suppressed.status).toBe("suppressed");
    expect(suppressed.decision.unmatched.map(({ reason }) => reason)).toEqual(Array(4).fill("suppressed"));
    expect((await log.find(workspaceId, asRecordId("nobody")))?.decision).toEqual({
      matched: [],
      unmatched: [],
    });
    expect(deliveriesOf("nobody", "import")).toEqual([]);
  });

  test("an event sent again is delivered once", async () => {
    await produce([eventRecord("twice"), eventRecord("twice")]);
    await produce([eventRecord("twice"), eventRecord("after-twice")]);
    await eventually(() => deliveriesOf("after-twice").length === 2);
    expect(
      deliveriesOf("twice")
        .map(({ webhookId }) => webhookId)
        .sort(),
    ).toEqual(["wh_a", "wh_b"]);
  });

  test("a scheduled event is kept, not sent; its release is matched then, once, with the event's own id", async () => {
    const deliverAt = Date.now() + 3_600_000;
    const waiting = eventRecord("waiting", { type: "timed", deliverAt, ignoresSourceFilter: true });
    await insert(store, WEBHOOKS, webhook("wh_timed", { status: "inactive", eventTypes: ["timed"] }));
    await produce([
      waiting,
      waiting,
      eventRecord("waiting", { type: "timed" }),
      eventRecord("behind-waiting"),
    ]);
    await eventually(() => deliveriesOf("behind-waiting").length === 2);
    const log = new EventLog(store);
    const kept = await log.findEvent(workspaceId, asEventId("waiting"));
    expect(kept).toMatchObject({
      status: "scheduled",
      deliverAt: new Date(deliverAt),
      decision: { matched: [] },
    });
    expect(kept!.expiresAt.getTime()).toBe(deliverAt + 7 * 86_400_000);
    const scheduled = new ScheduledEvents(store);
    expect(await scheduled.countWaiting()).toBe(1);
    expect(deliveriesOf("waiting")).toEqual([]);

    const [due] = await toArray(scheduled.due(new Date(deliverAt), 10));
    expect(due).toMatchObject({
      eventId: "waiting",
      ignoresSourceFilter: true,
      deliverAt: new Date(deliverAt),
      position: { partition: 1 },
    });
    await store.db
      .collection<Document>(WEBHOOKS)
      .updateOne({ _id: "wh_timed" }, { $set: { status: "active", version: 2, generation: 2 } });
    const release = eventRecord("waiting", {
      type: "timed",
      recordId: asRecordId("rel:waiting"),
      deliverAt,
      release: true,
    });
    const control = { workspaceId, webhookId: asWebhookId("wh_timed"), version: 2 };
    await produce([
      encodeControl(topics.events, 1, control),
      release,
      release,
      eventRecord("behind-release"),
    ]);
    await eventually(() => deliveriesOf("behind-release").length === 2);
    expect(deliveriesOf("waiting")).toMatchObject([
      { webhookId: "wh_timed", generation: 2, trigger: "automatic" },
    ]);
    expect(JSON.parse(deliveriesOf("waiting")[0]!.body)).toMatchObject({ id: "waiting" });
    expect(await log.findEvent(workspaceId, asEventId("waiting"))).toMatchObject({ status: "accepted" });
    const { data } = await new EventReader(store).list(
      workspaceId,
      { isOncePerEvent: true, type: "timed" },
      { limit: 9 },
    );
    expect(data.map(({ _id }) => _id)).toEqual([`${workspaceId}:rel:waiting`]);
  });

  test("a suppressed event is logged at once, scheduled or not", async () => {
    await produce([eventRecord("never", { suppressed: true, deliverAt: Date.now() + 3_600_000 })]);
    const found = await eventually(() => new EventLog(store).findEvent(workspaceId, asEventId("never")));
    expect(found.status).toBe("suppressed");
    expect(await toArray(new ScheduledEvents(store).due(new Date("2100-01-01"), 9))).not.toContainEqual(
      expect.objectContaining({ eventId: "never" }),
    );
  });

  test("a resend goes to its one webhook as it is now, whatever its status, once a record id", async () => {
    await insert(store, WEBHOOKS, webhook("wh_again", { eventTypes: ["never"], generation: 6, version: 9 }));
    await insert(store, WEBHOOKS, webhook("wh_off", { eventTypes: ["never"], status: "inactive" }));
    const body = Buffer.from('{"id":"resent","exactly":  "these bytes"}');
    const resend = (job: string, webhookId: string) =>
      encodeResend(
        topics.events,
        1,
        {
          workspaceId,
          recordId: asRecordId(`rs:${job}:dl_old`),
          eventId: asEventId("resent"),
          type: "routed",
          source: "api",
          acceptedAt: 1_768_471_200_000,
          webhookId: asWebhookId(webhookId),
          resendOf: asDeliveryId("dl_old"),
        },
        body,
      );
    await produce([
      resend("j1", "wh_again"),
      resend("j1", "wh_again"),
      resend("j2", "wh_off"),
      resend("j3", "wh_nowhere"),
      eventRecord("behind-resend"),
    ]);
    await eventually(() => deliveriesOf("behind-resend").length === 2);
    const sent = deliveriesOf("resent");
    expect(sent).toMatchObject([
      {
        webhookId: "wh_again",
        generation: 6,
        version: 9,
        endpointId: "ep_1",
        partition: 6,
        trigger: "manual",
      },
      { webhookId: "wh_off", trigger: "manual" },
    ]);
    expect(sent[0]).toMatchObject({
      body: body.toString(),
      deliveryId: toDeliveryId(
        { workspaceId, recordId: asRecordId("rs:j1:dl_old"), acceptedAt: 1_768_471_200_000 },
        asWebhookId("wh_again"),
      ),
    });
    const logged = await new EventReader(store).findByDelivery(workspaceId, sent[0]!.deliveryId);
    expect(logged).toMatchObject({ eventId: "resent", resendOf: "dl_old" });
  });

  test("a record nobody can read is kept aside with its bytes, and the line goes on", async () => {
    const broken = {
      topic: topics.events,
      partition: 1,
      key: "ws_1",
      value: Buffer.from("x"),
      headers: { a: "b" },
    };
    const [position] = await producer.sendAll([broken, eventRecord("after-broken")]);
    await eventually(() => deliveriesOf("after-broken").length === 2 && rejected.length === 1);
    const [kept] = rejected;
    expect(kept?.value?.toString()).toBe("x");
    expect(headerText(kept!.headers, "code")).toBe("unreadable_record");
    expect(headerText(kept!.headers, "offset")).toBe(String(position?.offset));
    expect(headerText(kept!.headers, "a")).toBe("b");
  });

  test("an event behind a control record meets the announced version; other partitions do not wait", async () => {
    const announced = { workspaceId, webhookId: asWebhookId("wh_late"), version: 2 };
    await insert(store, WEBHOOKS, webhook("wh_late", { status: "inactive", eventTypes: ["late"] }));
    await produce([
      eventRecord("before-control", { type: "late" }),
      encodeControl(topics.events, 1, announced),
      eventRecord("behind-control", { type: "late" }),
    ]);
    await eventually(async () => {
      const { ready, dependencies } = await readiness.report();
      return !ready && JSON.stringify(dependencies.config_copy).includes("wh_late version 2");
    });
    await produce([eventRecord("other-partition", {}, 3)]);
    await eventually(() => deliveriesOf("other-partition").length === 2);
    expect(deliveriesOf("behind-control")).toEqual([]);
    await store.db
      .collection<Document>(WEBHOOKS)
      .updateOne({ _id: "wh_late" }, { $set: { status: "active", version: 2, generation: 2 } });
    const [behind] = await eventually(() => {
      const found = deliveriesOf("behind-control");
      return found.length > 0 && found;
    });
    expect(behind).toMatchObject({ webhookId: "wh_late", version: 2, generation: 2 });
    expect(deliveriesOf("before-control")).toEqual([]);
    await eventually(async () => (await readiness.report()).ready);
  });
});
