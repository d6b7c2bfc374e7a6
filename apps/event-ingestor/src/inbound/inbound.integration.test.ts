import { randomUUID } from "node:crypto";
import { EVENT_BYTES_MAX } from "@hooklane/core";
import {
  type ConsumedRecord,
  createKafka,
  GroupConsumer,
  headerText,
  KafkaAdmin,
  type OutgoingRecord,
  Producer,
  topicMessageBytesMax,
  topicNames,
} from "@hooklane/kafka";
import { createLogger, createMetrics, type Metrics, Readiness } from "@hooklane/service";
import { openStore, type Store } from "@hooklane/store";
import { createTopics, dropTopics, eventually, readStackEnvironment, testKafka } from "@hooklane/testing";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { type App, startApp } from "../app.js";
import { configSchema } from "../config.js";
import { type EventInLine, readEvent } from "../testing/ingest-harness.js";
import { RegistryGate, registerSchema, toWireFormat } from "../testing/registry-gate.js";
import {
  eventsPartition,
  insertConfiguration,
  insertKey,
  insertType,
  insertWorkspace,
  workspaceId,
} from "../testing/test-configuration.js";

const stack = readStackEnvironment();
const prefix = `inbound-${randomUUID().slice(0, 8)}`;
const topics = topicNames(prefix);
const logger = createLogger("ingest-test", "silent");
const kafka = createKafka({ brokers: stack.brokers, clientId: prefix, logger });
const registryUrl = stack.schemaRegistryUrl;
const stop = new AbortController();
const readiness = new Readiness();

let store: Store;
let producer: Producer;
let reader: GroupConsumer;
let gate: RegistryGate | undefined;
let metrics: Metrics;
let app: App;
let clusterId: string;
const inLine: EventInLine[] = [];
const rejected: ConsumedRecord[] = [];

beforeAll(async () => {
  await createTopics(stack.brokers, prefix);
  store = await openStore({ uri: stack.mongodbUri, database: prefix });
  await insertConfiguration(store);
  producer = new Producer(kafka);
  const admin = new KafkaAdmin(kafka);
  clusterId = await admin.clusterId();
  await admin.close();
  reader = new GroupConsumer(kafka, {
    groupId: `${prefix}.reader`,
    topics: [topics.events, topics.rejected],
    handler: ({ topic, records }) => {
      if (topic === topics.rejected) rejected.push(...records);
      else inLine.push(...records.map(readEvent));
      return Promise.resolve();
    },
  });
  reader.start();
  gate = registryUrl === undefined ? undefined : await RegistryGate.open(registryUrl);
  const config = configSchema.parse({
    KAFKA_BROKERS: stack.brokers.join(","),
    MONGODB_URI: stack.mongodbUri,
    MONGODB_DATABASE: prefix,
    HOOKLANE_TOPIC_PREFIX: prefix,
    EVENT_INGESTOR_PORT: "0",
    SCHEMA_REGISTRY_URL: registryUrl && gate?.url(new URL(registryUrl).pathname),
  });
  metrics = createMetrics("event-ingestor", { processMetrics: false });
  app = await startApp({ name: "event-ingestor", config, logger, metrics, readiness, signal: stop.signal });
  readiness.markRunning();
  await eventually(async () => (await readiness.report()).ready, { what: "readiness" });
}, 60_000);

afterAll(async () => {
  stop.abort();
  await Promise.all([app.close(), reader.close()]);
  await gate?.close();
  await producer.close();
  await dropTopics(stack.brokers, prefix);
  await store.db.dropDatabase();
  await store.close();
}, 30_000);

type Inbound = Partial<Omit<OutgoingRecord, "topic">>;

function inbound(value: unknown, change: Inbound = {}): OutgoingRecord {
  const bytes = Buffer.isBuffer(value) ? value : Buffer.from(JSON.stringify(value));
  return { topic: topics.inbound, partition: 0, key: workspaceId, value: bytes, ...change };
}

const event = (change: object = {}) => ({ id: randomUUID(), type: "free", data: {}, ...change });
const found = (id: string) => inLine.filter(({ meta }) => meta.eventId === id);
const arrived = (id: string) => eventually(() => found(id)[0], { what: `event ${id}` });

describe("events on the inbound topic", () => {
  test("an event stands in line on its workspace's partition, its bytes in native form", async () => {
    const given = event({ timestamp: "2026-01-15T11:00:00+01:00", source: "subscriber", data: { a: [1] } });
    await producer.send(inbound(given));
    const line = await arrived(given.id);
    expect(line.partition).toBe(eventsPartition);
    expect(line.meta).toMatchObject({ workspaceId, recordId: given.id, type: "free", source: "subscriber" });
    expect(Object.keys(JSON.parse(line.body) as object)).toEqual([
      "id",
      "type",
      "timestamp",
      "source",
      "data",
    ]);
  });

  test("the workspace comes from the header where the key is something else", async () => {
    const given = event();
    await producer.send(inbound(given, { key: "contact-7", headers: { "workspace-id": workspaceId } }));
    expect((await arrived(given.id)).meta.workspaceId).toBe(workspaceId);
    const keyless = event();
    await producer.send(inbound(keyless, { key: null, headers: { "workspace-id": workspaceId } }));
    await arrived(keyless.id);
  });

  test("an event without id has the header's, or else one by its place", async () => {
    const { id: _id, ...anonymous } = event({ timestamp: "2026-01-15T10:00:00Z" });
    const named = randomUUID();
    await producer.send(inbound(anonymous, { headers: { "event-id": named } }));
    await arrived(named);
    const { partition, offset } = await producer.send(inbound(anonymous, { partition: 3 }));
    await arrived(`in:${clusterId}:${partition}:${offset}`);
  });

  test("deliverAt counts from the record's own time, so reading it late does not refuse it", async () => {
    const producedAt = Date.now() - 3_600_000;
    const given = event({ deliverAt: new Date(producedAt + 90_000).toISOString() });
    const upstream = testKafka(stack.brokers, "upstream").producer();
    await upstream.connect();
    const message = { key: workspaceId, value: JSON.stringify(given), timestamp: String(producedAt) };
    await upstream.send({ topic: topics.inbound, messages: [message] });
    await upstream.disconnect();
    expect((await arrived(given.id)).meta.deliverAt).toBe(producedAt + 90_000);
  });

  test("records of one key stay in order", async () => {
    const mark = randomUUID();
    const ids = Array.from({ length: 1_200 }, (_, n) => `${mark}-${n}`);
    await producer.sendAll(ids.map((id) => inbound(event({ id }), { partition: 1 })));
    await arrived(ids.at(-1)!);
    expect(inLine.map(({ meta }) => meta.eventId).filter((id) => id.startsWith(mark))).toEqual(ids);
  });

  test("what cannot be used is set aside with its code and its bytes, and the records behind it go on", async () => {
    const misfit = { type: "strict", data: {} };
    const bad: [string, OutgoingRecord][] = [
      ["empty_value", inbound(Buffer.alloc(0))],
      ["empty_value", inbound(event(), { value: null })],
      ["missing_workspace", inbound(event(), { key: null })],
      ["unknown_workspace", inbound(event(), { key: "ws_unknown" })],
      ["malformed_json", inbound(Buffer.from("{"))],
      ["malformed_json", inbound(Buffer.from([0x7b, 0xff]))],
      ["invalid_event", inbound(7)],
      ["invalid_event", inbound({ type: "free" })],
      ["invalid_event", inbound(event({ timestamp: "2999-01-01T00:00:00Z" }))],
      ["invalid_event", inbound(Buffer.from('{"type":"free","data":{"a":1,"a":1}}'))],
      ["invalid_event", inbound({ type: "free", data: {} }, { headers: { "event-id": "a\tb" } })],
      ["unknown_field", inbound(event({ extra: 1 }))],
      ["invalid_event", inbound(event({ deliverAt: new Date().toISOString() }))],
      ["unknown_event_type", inbound(event({ type: "unheard" }))],
      ["schema_mismatch", inbound(event(misfit), { headers: { trace: "t-1" } })],
      ["event_too_large", inbound(event({ data: { x: "x".repeat(EVENT_BYTES_MAX) } }))],
    ];
    const before = rejected.length;
    const positions = await producer.sendAll(bad.map(([, record]) => record));
    const behind = event();
    await producer.send(inbound(behind));
    await arrived(behind.id);
    await eventually(() => rejected.length === before + bad.length);
    for (const [index, [code, given]] of bad.entries()) {
      const kept = rejected[before + index]!;
      expect([index, headerText(kept.headers, "code")]).toEqual([index, code]);
      expect(kept.value === null ? null : Buffer.from(kept.value)).toEqual(
        // An empty value and none are told apart.
        given.value === null ? null : Buffer.from(given.value),
      );
      expect(kept.key?.toString()).toBe(given.key?.toString());
      expect(headerText(kept.headers, "topic")).toBe(topics.inbound);
      expect(headerText(kept.headers, "partition")).toBe("0");
      expect(headerText(kept.headers, "offset")).toBe(String(positions[index]?.offset));
      expect(headerText(kept.headers, "detail")).not.toBe("");
    }
    expect(headerText(rejected[before + 14]!.headers, "trace")).toBe("t-1");
    expect(headerText(rejected[before + 14]!.headers, "detail")).toContain("data.contact");
  });

  test("a refused record that fills the topic's limit does not stop the consumer", async () => {
    const before = rejected.length;
    await producer.send(inbound(Buffer.alloc(topicMessageBytesMax - 2_048, 120)));
    const behind = event();
    await producer.send(inbound(behind));
    await arrived(behind.id);
    const kept = await eventually(() => rejected[before]);
    expect([headerText(kept.headers, "code"), kept.value]).toEqual(["malformed_json", null]);
  });

  test("a workspace and a type made a moment ago are known", async () => {
    const id = `ws_${randomUUID()}`;
    await insertWorkspace(store, id, 3);
    await insertType(store, "fresh", {}, id as typeof workspaceId);
    const given = event({ type: "fresh" });
    await producer.send(inbound(given, { key: id }));
    expect((await arrived(given.id)).partition).toBe(3);
  });

  test("the service answers HTTP beside it, and tells how it is", async () => {
    const url = `http://127.0.0.1:${app.port}`;
    const key = await insertKey(store, "beside");
    const given = event();
    const answer = await fetch(`${url}/v1/events`, {
      method: "POST",
      headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
      body: JSON.stringify(given),
    });
    expect([answer.status, await answer.json()]).toEqual([202, { id: given.id, status: "accepted" }]);
    await arrived(given.id);
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
    expect(await (await fetch(`${url}/metrics`)).text()).toContain(
      'hooklane_ingest_events_total{door="http",outcome="accepted",service="event-ingestor"} 1',
    );
    expect((await fetch(`${url}/`)).status).toBe(200);
  });
});

(registryUrl === undefined ? describe.skip : describe)("events in Confluent wire format", () => {
  const subject = randomUUID();
  const jsonSchema = (title: string) => ({
    schemaType: "JSON",
    schema: JSON.stringify({ $schema: "http://json-schema.org/draft-07/schema#", title, type: "object" }),
  });
  const asJson = (schemaId: number, given: object) =>
    inbound(toWireFormat(schemaId, Buffer.from(JSON.stringify(given))));

  test("JSON Schema and Avro are taken in; an absent optional field is absent, not null", async () => {
    const given = event();
    const schemaId = await registerSchema(registryUrl!, `${subject}-json`, jsonSchema("one"));
    await producer.send(asJson(schemaId, given));
    await arrived(given.id);

    const avroId = await registerSchema(registryUrl!, `${subject}-avro`, {
      schema: JSON.stringify({
        type: "record",
        name: "Event",
        fields: [
          { name: "id", type: "string" },
          { name: "type", type: "string" },
          { name: "timestamp", type: ["null", "string"], default: null },
          {
            name: "data",
            type: { type: "record", name: "Data", fields: [{ name: "n", type: ["null", "int"] }] },
          },
        ],
      }),
    });
    const id = randomUUID();
    const text = (value: string) => Buffer.concat([Buffer.from([value.length * 2]), Buffer.from(value)]);
    const payload = Buffer.concat([text(id), text("free"), Buffer.from([0, 0])]);
    await producer.send(inbound(toWireFormat(avroId, payload)));
    expect(JSON.parse((await arrived(id)).body)).toMatchObject({ id, source: "api", data: { n: null } });
  });

  test("an unknown schema and bytes of another form are refused with their codes", async () => {
    const avroId = await registerSchema(registryUrl!, `${subject}-broken`, {
      schema: JSON.stringify({ type: "record", name: "Broken", fields: [{ name: "id", type: "string" }] }),
    });
    const before = rejected.length;
    await producer.sendAll([
      inbound(toWireFormat(2_000_000_000, Buffer.from("{}"))),
      inbound(toWireFormat(avroId, Buffer.from([0xff, 0xff]))),
      inbound(Buffer.from([0, 1])),
    ]);
    await eventually(() => rejected.length === before + 3);
    expect(rejected.slice(before).map(({ headers }) => headerText(headers, "code"))).toEqual([
      "unknown_schema",
      "undecodable_value",
      "undecodable_value",
    ]);
  });

  test.each(["hang", "cut"] as const)(
    "a registry that is away (%s) holds back only the partition whose next record needs it",
    async (mode) => {
      const known = await registerSchema(registryUrl!, `${subject}-known`, jsonSchema("known"));
      const warm = event();
      await producer.send(asJson(known, warm));
      await arrived(warm.id);

      const fresh = await registerSchema(registryUrl!, `${subject}-${mode}`, jsonSchema(mode));
      gate!.mode = mode;
      const [before, needing, behind, elsewhere, warmElsewhere] = [
        event(),
        event(),
        event(),
        event(),
        event(),
      ];
      await producer.sendAll([inbound(before), asJson(fresh, needing), inbound(behind)]);
      await producer.sendAll([
        { ...asJson(known, warmElsewhere), partition: 1 },
        inbound(elsewhere, { partition: 1 }),
      ]);
      await Promise.all([before, elsewhere, warmElsewhere].map(({ id }) => arrived(id)));

      const report = await eventually(async () => {
        const current = await readiness.report();
        return current.dependencies.schema_registry?.ready === false && current;
      });
      expect(report.ready).toBe(true);
      await eventually(async () =>
        (await metrics.registry.metrics()).includes('ingest_held_partitions{service="event-ingestor"} 1'),
      );
      expect([...found(needing.id), ...found(behind.id)]).toEqual([]);

      gate!.mode = "pass";
      await Promise.all([needing, behind].map(({ id }) => arrived(id)));
      const order = inLine.map(({ meta }) => meta.eventId as string);
      const places = [before, needing, behind].map(({ id }) => order.indexOf(id));
      expect(places).toEqual([...places].sort((a, b) => a - b));
      await eventually(async () => (await readiness.report()).dependencies.schema_registry?.ready === true);
    },
    60_000,
  );
});
