import { randomUUID } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { decodeEventsRecord, type EventMeta, problem, type Problem } from "@hooklane/contracts";
import { type ConsumedRecord, createKafka, GroupConsumer, Producer, topicNames } from "@hooklane/kafka";
import { createLogger, createMetrics, createOperationalHandler, Readiness } from "@hooklane/service";
import { type ConfigCopy, ensureIndexes, openConfigCopy, openStore, type Store } from "@hooklane/store";
import { createTopics, dropTopics, readStackEnvironment } from "@hooklane/testing";
import express from "express";
import { SchemaChecks } from "../catalogue/schema-checks.js";
import { Directory } from "../directory/directory.js";
import { BytesInFlight } from "../http/bytes-in-flight.js";
import { createIngestServer } from "../http/create-ingest-server.js";
import { createExpressApp } from "../http/express-app.js";
import { createIngestHandler, type IngestHandlerOptions } from "../http/ingest-handler.js";
import { insertConfiguration, insertKey } from "./test-configuration.js";

/** A record of `events.v1`, read back. */
export interface EventInLine {
  readonly partition: number;
  readonly meta: EventMeta;
  readonly body: string;
}

/** What the handler needs, on the real stack, and what it put in line. */
export interface IngestHarness {
  readonly options: IngestHandlerOptions;
  readonly store: Store;
  readonly copy: ConfigCopy;
  /** A key that can ingest. */
  readonly key: string;
  readonly inLine: readonly EventInLine[];
  found(id: string): readonly EventInLine[];
  close(): Promise<void>;
}

/** Own topics and database, with the configuration of the tests. */
export async function openIngestHarness(): Promise<IngestHarness> {
  const stack = readStackEnvironment();
  const prefix = `ingest-http-${randomUUID().slice(0, 8)}`;
  const topics = topicNames(prefix);
  const logger = createLogger("ingest-test", "silent");
  await createTopics(stack.brokers, prefix);
  const store = await openStore({ uri: stack.mongodbUri, database: prefix });
  await ensureIndexes(store);
  await insertConfiguration(store);
  const key = await insertKey(store, "first");
  const copy = await openConfigCopy(store, { collections: ["workspaces", "apiKeys", "eventTypes"], logger });
  const kafka = createKafka({ brokers: stack.brokers, clientId: prefix, logger });
  const producer = new Producer(kafka);
  const inLine: EventInLine[] = [];
  const reader = new GroupConsumer(kafka, {
    groupId: `${prefix}.reader`,
    topics: [topics.events],
    handler: ({ records }) => {
      inLine.push(...records.map(readEvent));
      return Promise.resolve();
    },
  });
  reader.start();
  return {
    options: {
      directory: new Directory(copy, store),
      schemas: new SchemaChecks({ onUnusable: () => undefined }),
      eventsTopic: topics.events,
      send: async (records) => {
        await producer.sendAll(records);
      },
      onOutcome: () => undefined,
      inFlight: new BytesInFlight(64 * 1024 * 1024),
      acknowledgeLimitMs: 20_000,
      onAnswered: () => undefined,
      onKeyUsed: () => undefined,
      onFault: () => undefined,
      stopping: new AbortController().signal,
    },
    store,
    copy,
    key,
    inLine,
    found: (id) => inLine.filter(({ meta }) => meta.eventId === id),
    close: async () => {
      await reader.close();
      await producer.close();
      await copy.close();
      await dropTopics(stack.brokers, prefix);
      await store.db.dropDatabase();
      await store.close();
    },
  };
}

/** @throws when the record is no event */
export function readEvent(record: ConsumedRecord): EventInLine {
  const decoded = decodeEventsRecord(record);
  if (!decoded.ok || decoded.value.body === null) throw new Error("not an event");
  const { meta, body } = decoded.value;
  if (meta.kind !== "event") throw new Error("not an event");
  return { partition: record.partition, meta, body: Buffer.from(body).toString() };
}

/** The server as the service runs it: the handler in front of express. */
function serveInFront(of: IngestHandlerOptions): Server {
  return createIngestServer({
    operational: createOperationalHandler({
      service: "event-ingestor",
      readiness: new Readiness(),
      metrics: createMetrics("event-ingestor", { processMetrics: false }),
    }),
    ingest: createIngestHandler(of),
    others: createExpressApp(of.onFault),
  });
}

/** The same as a route of express. */
function serveByExpress(of: IngestHandlerOptions): Server {
  const app = express();
  app.all("/v1/events", createIngestHandler(of));
  app.use(createExpressApp(of.onFault));
  return createServer(app);
}

/** The two ways to serve `POST /v1/events`; every suite runs over both (architecture.md §3). */
export const DOORS = [
  ["node:http in front of express", serveInFront],
  ["a route of express", serveByExpress],
] as const;

/** @returns the server's base URL */
export async function listening(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Posts to `/v1/events`. */
export async function post(
  url: string,
  body: string | Buffer,
  { key, headers = {} }: { readonly key: string; readonly headers?: Record<string, string> },
) {
  const response = await fetch(`${url}/v1/events`, {
    method: "POST",
    headers: { authorization: `Bearer ${key}`, "content-type": "application/json", ...headers },
    body,
  });
  return { status: response.status, headers: response.headers, json: await response.json() };
}

/** @throws when it is no problem document of ours */
export const asProblem = (json: unknown): Problem => problem.parse(json);

/** An event with an id of its own, of a type that takes any data. */
export const event = (change: object = {}) => ({ id: randomUUID(), type: "free", data: {}, ...change });
