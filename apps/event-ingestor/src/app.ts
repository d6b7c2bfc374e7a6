import type { OutgoingRecord } from "@hooklane/contracts";
import {
  checkKafka,
  checkPartitions,
  createKafka,
  GroupConsumer,
  KafkaAdmin,
  type KafkaConnection,
  KafkaError,
  Producer,
  topicNames,
  ValueDecoder,
} from "@hooklane/kafka";
import {
  type Closeable,
  closeServer,
  createOperationalHandler,
  kafkaAccess,
  listen,
  openParts,
  type Parts,
  readyWhen,
  type ServiceContext,
  whenPossible,
} from "@hooklane/service";
import {
  ApiKeyRepository,
  assertMigrated,
  type ConfigCopy,
  ensureIndexes,
  KeyUseRecorder,
  openConfigCopy,
  openStore,
  PartitionLoads,
  type Store,
} from "@hooklane/store";
import { SchemaChecks } from "./catalogue/schema-checks.js";
import type { Config } from "./config.js";
import { Directory } from "./directory/directory.js";
import { IngestTraces, toLogFields } from "./event/ingest-traces.js";
import { unavailable, writeAnswer } from "./http/answer.js";
import { BytesInFlight } from "./http/bytes-in-flight.js";
import { createIngestServer } from "./http/create-ingest-server.js";
import { createExpressApp } from "./http/express-app.js";
import { createIngestHandler, type IngestHandler } from "./http/ingest-handler.js";
import { createDecodeWire } from "./inbound/decode-wire.js";
import { HeldPartitions } from "./inbound/held-partitions.js";
import { InboundHandler } from "./inbound/inbound-handler.js";
import { kafkaNeeds } from "./kafka-needs.js";
import { addIngestGauges, createIngestMetrics, type IngestMetrics } from "./ingest-metrics.js";

/** The running app. */
export interface App extends Closeable {
  /** The port listened on. */
  readonly port: number;
}

type Context = ServiceContext<Config>;

/** What both doors, HTTP and Kafka, work with. */
interface Shared {
  readonly store: Store;
  readonly copy: ConfigCopy;
  readonly kafka: KafkaConnection;
  readonly producer: Producer;
  readonly directory: Directory;
  readonly schemas: SchemaChecks;
  readonly counts: IngestMetrics;
  readonly inFlight: BytesInFlight;
}

/** Bytes waiting for the broker up to which records of `inbound.v1` are handed in; HTTP has the rest of the 64 MiB. */
const INBOUND_PENDING_BYTES_MAX = 32 * 1024 * 1024;

/** Together within the 10 s of an orderly stop, milliseconds. */
const SERVER_STOP_MS = 3_000;
const CONSUMER_STOP_MS = 2_000;
const PRODUCER_STOP_MS = 2_000;

/**
 * Wires and starts the event-ingestor. It listens first; until everything else is there, events are answered 503. What
 * was opened is closed again when the start fails.
 */
export function startApp(context: Context): Promise<App> {
  return openParts(async (parts) => {
    const door = await openDoor(context, parts);
    const shared = await openShared(context, parts);
    startInbound(context, shared, parts);
    door.open(createHandler(context, shared));
    // Once more, as what is closed first: what it took in is still handed on.
    parts.add(door);
    context.logger.info({ port: door.port }, "ingest.listening");
    return { port: door.port };
  });
}

async function openDoor({ config, logger, metrics, readiness, name }: Context, parts: Parts) {
  let ingest: IngestHandler = (_request, response) => {
    writeAnswer(response, unavailable("The service is starting"));
    return Promise.resolve();
  };
  const server = createIngestServer({
    operational: createOperationalHandler({ service: name, readiness, metrics }),
    ingest: (request, response) => ingest(request, response),
    others: createExpressApp((err) => logger.error({ err }, "ingest.request_failed")),
  });
  const door = {
    port: 0,
    open: (handler: IngestHandler) => {
      ingest = handler;
    },
    close: () => closeServer(server, SERVER_STOP_MS),
  };
  parts.add(door);
  door.port = await listen(server, {
    host: config.HOST,
    port: config.EVENT_INGESTOR_PORT,
    portVariable: "EVENT_INGESTOR_PORT",
  });
  return door;
}

async function openShared(context: Context, parts: Parts): Promise<Shared> {
  const { config, logger, metrics, readiness } = context;
  const database = { uri: config.MONGODB_URI, database: config.MONGODB_DATABASE, logger };
  const store = parts.add(await whenPossible(context, "open_store", () => openStore(database)));
  await whenPossible(context, "check_migrations", () => assertMigrated(store));
  await whenPossible(context, "ensure_indexes", () => ensureIndexes(store));
  const copy = parts.add(
    await whenPossible(context, "open_config_copy", () =>
      openConfigCopy(store, { collections: ["workspaces", "apiKeys", "eventTypes"], logger }),
    ),
  );
  const kafka = createKafka({ ...kafkaAccess(config), clientId: context.name, logger });
  await whenPossible(context, "check_kafka", () =>
    checkKafka(kafka, kafkaNeeds(config.HOOKLANE_TOPIC_PREFIX)),
  );
  await whenPossible(context, "check_partitions", async () => {
    const { events } = await new PartitionLoads(store).countPlaces();
    await checkPartitions(kafka, config.HOOKLANE_TOPIC_PREFIX, { events });
  });
  const producer = new Producer(kafka);
  parts.add({ close: () => producer.close(PRODUCER_STOP_MS) });
  await whenPossible(context, "connect_producer", () => producer.connect());
  readiness
    .add("mongodb", async () => {
      await store.ping();
      return { ready: true };
    })
    .add(
      "config_copy",
      readyWhen(() => copy.ready(), "the change stream is broken"),
    )
    .add(
      "kafka_producer",
      readyWhen(() => producer.isReady, "not connected"),
    );
  return {
    store,
    copy,
    kafka,
    producer,
    directory: new Directory(copy, store),
    schemas: new SchemaChecks({
      onUnusable: ({ _id, schemaVersion }, err) =>
        logger.error({ eventType: _id, schemaVersion, err }, "ingest.schema_unusable"),
    }),
    counts: createIngestMetrics(metrics),
    inFlight: new BytesInFlight(config.INGEST_BYTES_IN_FLIGHT_MAX),
  };
}

function createHandler({ config, logger, signal, traces }: Context, shared: Shared): IngestHandler {
  const { store, producer, directory, schemas, inFlight, counts } = shared;
  const uses = new KeyUseRecorder(new ApiKeyRepository(store), logger);
  return createIngestHandler({
    directory,
    schemas,
    eventsTopic: topicNames(config.HOOKLANE_TOPIC_PREFIX).events,
    send: async (records) => {
      await producer.sendAll(records);
    },
    onOutcome: (outcome) => counts.onOutcome("http", outcome),
    inFlight,
    acknowledgeLimitMs: config.INGEST_ACKNOWLEDGE_LIMIT_MS,
    onAnswered: counts.onAnswered,
    onKeyUsed: (id, at) => uses.note(id, at),
    onFault: (err, trace) => logger.error({ err, ...toLogFields(trace) }, "ingest.request_failed"),
    traces: traces && new IngestTraces(traces),
    stopping: signal,
  });
}

function startInbound(context: Context, shared: Shared, parts: Parts): void {
  const { config, logger, metrics, readiness, traces } = context;
  const { kafka, producer, directory, schemas, inFlight, counts } = shared;
  const topics = topicNames(config.HOOKLANE_TOPIC_PREFIX);
  const decoder = openDecoder(context, parts);
  const held = new HeldPartitions();
  const admin = new KafkaAdmin(kafka);
  parts.add(admin);
  const inbound = new InboundHandler({
    directory,
    schemas,
    decodeWire: decoder && createDecodeWire(decoder),
    held,
    readClusterId: () => admin.clusterId(),
    topics,
    send: (records) => sendWhenRoom(producer, records),
    onOutcome: (outcome) => counts.onOutcome("kafka", outcome),
    traces: traces && new IngestTraces(traces),
    logger,
  });
  const consumer = new GroupConsumer(kafka, {
    groupId: `${config.HOOKLANE_TOPIC_PREFIX}.event-ingestor`,
    topics: [topics.inbound],
    handler: inbound.handle,
  });
  parts.add({ close: () => consumer.close(CONSUMER_STOP_MS) });
  addIngestGauges(metrics, { inFlight, held, producer, consumer });
  readiness.add(
    "kafka_consumer",
    readyWhen(() => consumer.isReady, "not joined"),
  );
  // Shown, but HTTP and the other partitions go on without it.
  if (decoder) readiness.add("schema_registry", () => checkRegistry(decoder, held), { isRequired: false });
  consumer.start();
}

/** @returns undefined where no registry is configured */
function openDecoder({ config, logger }: Context, parts: Parts): ValueDecoder | undefined {
  if (config.SCHEMA_REGISTRY_URL === undefined) return undefined;
  const decoder = new ValueDecoder({
    registryUrl: config.SCHEMA_REGISTRY_URL,
    registryTimeLimitMs: config.SCHEMA_REGISTRY_TIMEOUT_MS,
    logger,
  });
  parts.add({
    close: () => {
      decoder.close();
      return Promise.resolve();
    },
  });
  return decoder;
}

/** For records of `inbound.v1`, which can wait where they are: a full producer holds them back instead of failing. */
async function sendWhenRoom(producer: Producer, records: readonly OutgoingRecord[]): Promise<void> {
  for (;;) {
    await producer.whenBelow(INBOUND_PENDING_BYTES_MAX);
    try {
      await producer.sendAll(records);
      return;
    } catch (error) {
      if (!(error instanceof KafkaError) || error.code !== "queue_full") throw error;
    }
  }
}

async function checkRegistry(decoder: ValueDecoder, held: HeldPartitions) {
  const waiting = held.describe();
  if (waiting !== undefined) return { ready: false as const, detail: waiting };
  const state = await decoder.registryState();
  return state === "unavailable"
    ? { ready: false as const, detail: "does not answer" }
    : { ready: true as const };
}
