import { randomUUID } from "node:crypto";
import { encodeResults } from "@hooklane/contracts";
import {
  asDeliveryId,
  asEndpointId,
  asEventId,
  asWebhookId,
  asWorkspaceId,
  JOURNEY_POINT_REACHED,
} from "@hooklane/core";
import { type PartitionBatch, toOutgoingRecord } from "@hooklane/kafka";
import { createLogger, createMetrics } from "@hooklane/service";
import {
  DeliveryLog,
  DeliveryRollups,
  ensureIndexes,
  openStore,
  SentRequests,
  type Store,
} from "@hooklane/store";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { createHealthMetrics } from "../health-metrics.js";
import { ResultsRecorder, type ResultsRecorderOptions } from "./results-recorder.js";

const TOPIC = "attempts.v1";
const workspaceId = asWorkspaceId("ws_1");
const webhookId = asWebhookId("wh_point");
const deliveryId = asDeliveryId("dl_1");

let store: Store;

beforeAll(async () => {
  store = await openStore({
    uri: process.env.MONGODB_URI ?? "",
    database: `results-${randomUUID().slice(0, 8)}`,
  });
  await ensureIndexes(store);
});

afterAll(async () => {
  await store.db.dropDatabase();
  await store.close();
});

const createRecorder = (over: Partial<ResultsRecorderOptions> = {}) =>
  new ResultsRecorder({
    deliveryLog: new DeliveryLog(store),
    sentRequests: new SentRequests(store),
    rollups: new DeliveryRollups(store),
    config: { workspace: () => undefined },
    disableWebhook: { apply: () => Promise.reject(new Error("nobody is gone")) },
    metrics: createHealthMetrics(createMetrics("test", { processMetrics: false })),
    logger: createLogger("test", "silent"),
    ...over,
  });

/** Two attempts of an arrival at a journey's point, as Kafka brings them. */
function toBatch(): PartitionBatch {
  const attempt = {
    kind: "attempt" as const,
    webhookId,
    generation: 1,
    endpointId: asEndpointId("ep_1"),
    deliveries: [
      { id: deliveryId, eventId: asEventId("evt_1"), type: JOURNEY_POINT_REACHED, acceptedAt: Date.now() },
    ],
    trigger: "automatic" as const,
    epoch: 1,
    startedAt: Date.now(),
    durationMs: 1,
  };
  const { value } = toOutgoingRecord(
    encodeResults(TOPIC, workspaceId, [
      {
        ...attempt,
        number: 1,
        statusCode: 500,
        error: "status",
        next: { kind: "retrying", nextAttemptAt: Date.now() },
      },
      { ...attempt, number: 2, statusCode: 200, next: { kind: "delivered" } },
    ]),
  );
  const record = { topic: TOPIC, partition: 0, offset: 0, timestampMs: 0, key: null, value, headers: {} };
  return { topic: TOPIC, partition: 0, records: [record as PartitionBatch["records"][number]] };
}

test("a recorder that dies between the delivery log and the count: who reads its results again makes both whole", async () => {
  const batch = toBatch();
  const dying = createRecorder({
    sentRequests: { record: () => Promise.reject(new Error("it dies here")) },
  });
  await expect(dying.handle(batch)).rejects.toThrow("it dies here");
  const log = new DeliveryLog(store);
  const sent = new SentRequests(store);
  expect((await log.find(workspaceId, deliveryId))?.attempts).toHaveLength(2);
  expect((await sent.read([webhookId])).get(webhookId)).toEqual({ requestsSent: 0, attempts: 0 });

  // The next owner of the partition, and after it one that did not hear of the commit.
  for (let owner = 1; owner <= 2; owner++) {
    await createRecorder().handle(batch);
    expect((await log.find(workspaceId, deliveryId))?.attempts).toHaveLength(2);
    expect((await sent.read([webhookId])).get(webhookId)).toEqual({ requestsSent: 1, attempts: 2 });
  }
});

test("results of a newer release that this one cannot read: it waits, and nothing of the batch is passed over", async () => {
  const batch = toBatch();
  const [record] = batch.records;
  const newer = { ...record!, offset: 1, value: Buffer.from('{"v":2,"results":"elsewhere"}') };
  const recorded: unknown[] = [];
  const recorder = createRecorder({
    deliveryLog: {
      record: (records) => {
        recorded.push(records);
        return Promise.resolve({ repeated: 0 });
      },
    },
  });
  await expect(recorder.handle({ ...batch, records: [record!, newer] })).rejects.toThrow(
    `${TOPIC}/0 waits at offset 1 for a newer release`,
  );
  expect(recorded).toEqual([]);
});
