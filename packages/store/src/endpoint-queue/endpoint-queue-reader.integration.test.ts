import { randomUUID } from "node:crypto";
import {
  asDeliveryId,
  asEndpointId,
  asEventId,
  asRecordId,
  asWebhookId,
  asWorkspaceId,
} from "@hooklane/core";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { DeliveryLog } from "../delivery-log/delivery-log.js";
import { ensureIndexes } from "../ensure-indexes.js";
import { EventLog } from "../event-log/event-log.js";
import { openStore, type Store } from "../store.js";
import { EndpointQueueReader } from "./endpoint-queue-reader.js";

const workspaceId = asWorkspaceId("ws_1");
const [failing, healthy, parked] = ["ep_failing", "ep_healthy", "ep_parked"].map(asEndpointId) as [
  ReturnType<typeof asEndpointId>,
  ReturnType<typeof asEndpointId>,
  ReturnType<typeof asEndpointId>,
];

const ACCEPTED_AT = Date.UTC(2026, 0, 15, 10);

let store: Store;

beforeAll(async () => {
  store = await openStore({ uri: process.env.MONGODB_URI!, database: `queue-${randomUUID().slice(0, 8)}` });
  await ensureIndexes(store);
});

afterAll(async () => {
  await store.db.dropDatabase();
  await store.close();
});

test("what waits is what was decided and has no end, or what is in the backlog", async () => {
  const nextAttemptAt = Date.now() + 30_000;
  await new EventLog(store).record(
    Array.from({ length: 5 }, (_, n) => ({
      workspaceId,
      recordId: asRecordId(`e${n}`),
      eventId: asEventId(`e${n}`),
      position: { partition: 0, epoch: 0, offset: n },
      type: "t",
      timestamp: "2026-01-15T10:00:00Z",
      source: "api" as const,
      acceptedAt: new Date(ACCEPTED_AT + n),
      status: "accepted" as const,
      shownBody: new Uint8Array([123, 125]),
      decision: {
        matched: [failing, healthy].map((endpointId, ordinal) => ({
          webhookId: asWebhookId(`wh_${ordinal}`),
          generation: 1,
          version: 1,
          endpointId,
          partition: 0,
          ordinal,
          deliveryId: asDeliveryId(`dl_${ordinal}_${n}`),
        })),
        unmatched: [],
      },
      expiresAt: new Date(Date.now() + 86_400_000),
    })),
  );
  const attempt = (ordinal: number, n: number, isDelivered: boolean) => ({
    kind: "attempt" as const,
    webhookId: asWebhookId(`wh_${ordinal}`),
    generation: 1,
    endpointId: ordinal === 0 ? failing : healthy,
    deliveries: [
      {
        id: asDeliveryId(`dl_${ordinal}_${n}`),
        eventId: asEventId(`e${n}`),
        type: "t",
        acceptedAt: ACCEPTED_AT + n,
      },
    ],
    number: 1,
    trigger: "automatic" as const,
    epoch: 1,
    startedAt: Date.now(),
    durationMs: 1,
    next: isDelivered ? { kind: "delivered" as const } : { kind: "retrying" as const, nextAttemptAt },
  });
  const results = [
    attempt(0, 0, true),
    attempt(0, 1, false),
    ...[0, 1, 2, 3, 4].map((n) => attempt(1, n, true)),
  ];
  await new DeliveryLog(store).record([{ workspaceId, results, retentionDays: 7 }]);
  await store.db.collection<{ _id: string; meta: string }>("backlog").insertMany(
    [1, 2, 3].map((n) => ({
      _id: `${parked}:00000000:0000000000:000000000000000${n}`,
      meta: JSON.stringify({ acceptedAt: n * 1_000 }),
    })),
  );

  const queues = await new EndpointQueueReader(store).read(workspaceId, [failing, healthy, parked, failing]);
  expect(queues).toEqual(
    new Map([
      [
        failing,
        {
          waiting: 4,
          isAtLeast: false,
          oldestAcceptedAt: new Date(ACCEPTED_AT + 1),
          nextAttemptAt: new Date(nextAttemptAt),
        },
      ],
      [healthy, { waiting: 0, isAtLeast: false }],
      [parked, { waiting: 3, isAtLeast: false, oldestAcceptedAt: new Date(1_000) }],
    ]),
  );
});
