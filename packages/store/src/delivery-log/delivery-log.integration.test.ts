import { randomUUID } from "node:crypto";
import type { AttemptResult } from "@hooklane/contracts";
import {
  asDeliveryId,
  asEndpointId,
  asEventId,
  asWebhookId,
  asWorkspaceId,
  type DeliveryId,
  type WebhookId,
} from "@hooklane/core";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { ensureIndexes } from "../ensure-indexes.js";
import { openStore, type Store } from "../store.js";
import { decodeDeliveryCursor } from "./delivery-cursor.js";
import { DeliveryLog, deliveryLogIndexes } from "./delivery-log.js";

const workspaceId = asWorkspaceId("ws_1");
const webhookId = asWebhookId("wh_1");
const retentionDays = 7;

const ALL = { webhookId, statuses: ["delivered", "retrying", "dead_letter"] } as const;

let store: Store;
let log: DeliveryLog;

beforeAll(async () => {
  store = await openStore({
    uri: process.env.MONGODB_URI!,
    database: `delivery-log-${randomUUID().slice(0, 8)}`,
  });
  await ensureIndexes(store);
  log = new DeliveryLog(store);
});

afterAll(async () => {
  await store.db.dropDatabase();
  await store.close();
});

beforeEach(async () => {
  await store.db.collection(deliveryLogIndexes.collection).deleteMany({});
});

interface Shape {
  readonly id?: string;
  readonly acceptedAt?: number;
  readonly webhookId?: WebhookId;
}

function attempt(
  over: Partial<AttemptResult> = {},
  { id = "dl_1", acceptedAt = 1_000, ...shape }: Shape = {},
) {
  return {
    kind: "attempt",
    webhookId: shape.webhookId ?? webhookId,
    generation: 1,
    endpointId: asEndpointId("ep_1"),
    deliveries: [{ id: asDeliveryId(id), eventId: asEventId("evt_1"), type: "contact.created", acceptedAt }],
    number: 1,
    trigger: "automatic",
    epoch: 3,
    startedAt: 2_000_000_000_000,
    durationMs: 10,
    statusCode: 200,
    next: { kind: "delivered" },
    ...over,
  } satisfies AttemptResult;
}

const failed = (number: number, epoch = 3): Partial<AttemptResult> => ({
  number,
  epoch,
  startedAt: 2_000_000_000_000 + number * 30_000,
  statusCode: 500,
  error: "status",
  responseHead: "$oops: {}",
  next: { kind: "retrying", nextAttemptAt: 2_000_000_000_000 + (number + 1) * 30_000 },
});

const record = (...results: AttemptResult[]) => log.record([{ workspaceId, results, retentionDays }]);
const read = (id = "dl_1") => log.find(workspaceId, asDeliveryId(id));

describe("recording", () => {
  test("the same results written twice, or by two processes at once, are there once", async () => {
    const results = [attempt(failed(1)), attempt(failed(2)), attempt({}, { id: "dl_2" })];
    await Promise.all([record(...results), record(...results)]);
    await record(...results);
    const delivery = await read();
    expect(delivery?.attempts.map(({ number }) => number)).toEqual([1, 2]);
    expect((await log.list(workspaceId, ALL, { limit: 10 })).data).toHaveLength(2);
  });

  test("a state moves only up, however late a result comes", async () => {
    await record(attempt({ number: 3, startedAt: 2_000_000_090_000 }));
    await record(attempt(failed(2)));
    await record(attempt(failed(1)));
    const delivery = await read();
    expect(delivery).toMatchObject({ status: "delivered", lastError: { error: "status", statusCode: 500 } });
    expect(delivery?.nextAttemptAt).toBeUndefined();
    expect(delivery?.firstAttemptAt).toEqual(new Date(2_000_000_030_000));
    expect(delivery?.attempts.map(({ number }) => number)).toEqual([1, 2, 3]);
  });

  test("a newer attempt replaces what the one before it announced", async () => {
    await record(attempt(failed(1)));
    expect(await read()).toMatchObject({ status: "retrying", nextAttemptAt: new Date(2_000_000_060_000) });
    await record(attempt(failed(2)));
    expect(await read()).toMatchObject({ status: "retrying", nextAttemptAt: new Date(2_000_000_090_000) });
    await record(attempt({ ...failed(4), next: { kind: "dead_letter", reason: "retries_exhausted" } }));
    const delivery = await read();
    expect(delivery).toMatchObject({ status: "dead_letter", reason: "retries_exhausted" });
    expect(delivery).not.toHaveProperty("nextAttemptAt");
  });

  test("an attempt repeated after a crash is kept beside the first", async () => {
    expect(await record(attempt(failed(1, 3)))).toEqual({ repeated: 0 });
    const again = attempt({ ...failed(1, 4), startedAt: 2_000_000_040_000 });
    expect(await record(again)).toEqual({ repeated: 1 });
    expect((await read())?.attempts.map(({ epoch }) => epoch)).toEqual([3, 4]);
  });

  test("of results of one read, too, it is told which were sent twice, and not of what is only read twice", async () => {
    const once = attempt(failed(1, 3));
    expect(await record(once, attempt(failed(1, 4)), attempt({}, { id: "dl_2" }))).toEqual({ repeated: 1 });
    const retried = [attempt(failed(1), { id: "dl_3" }), attempt(failed(2), { id: "dl_3" })];
    await record(...retried);
    expect(await record(...retried)).toEqual({ repeated: 0 });
  });

  test("what a receiver answered is stored as it is, even when it looks like an expression", async () => {
    await record(attempt(failed(2)));
    expect((await read())?.attempts[0]?.responseHead).toBe("$oops: {}");
  });

  test("a delivery stays for the workspace's retention after its last change", async () => {
    await record(attempt(failed(1)));
    await record(attempt({ number: 2, startedAt: 2_000_000_060_000 }));
    const [document] = await store.db.collection(deliveryLogIndexes.collection).find({}).toArray();
    expect(document?.expiresAt).toEqual(new Date(2_000_000_060_010 + retentionDays * 86_400_000));
  });
});

describe("reading", () => {
  test("another workspace's delivery is not found", async () => {
    await record(attempt());
    expect(await log.find(asWorkspaceId("ws_2"), asDeliveryId("dl_1"))).toBeNull();
    expect((await log.findMany(asWorkspaceId("ws_2"), [asDeliveryId("dl_1")])).size).toBe(0);
    expect((await log.findMany(workspaceId, [asDeliveryId("dl_1"), asDeliveryId("dl_9")])).size).toBe(1);
  });

  test("pages of a list cover every delivery once, newest first, equal times included", async () => {
    await record(
      ...Array.from({ length: 7 }, (_, n) => attempt({}, { id: `dl_${n}`, acceptedAt: 1_000 + (n >> 1) })),
    );
    const seen: DeliveryId[] = [];
    let cursor: string | null = null;
    do {
      const after = cursor === null ? undefined : decodeDeliveryCursor(cursor);
      const page = await log.list(workspaceId, ALL, { limit: 2, after });
      seen.push(...page.data.map(({ id }) => id));
      cursor = page.nextCursor;
    } while (cursor !== null);
    expect(seen).toEqual(["dl_6", "dl_5", "dl_4", "dl_3", "dl_2", "dl_1", "dl_0"]);
  });

  test("a list holds what fits every condition", async () => {
    const other = asWebhookId("wh_2");
    await record(
      attempt({}, { id: "dl_1", acceptedAt: 1_000 }),
      attempt({}, { id: "dl_2", acceptedAt: 2_000, webhookId: other }),
      attempt(failed(1), { id: "dl_3", acceptedAt: 3_000, webhookId: other }),
    );
    const ids = async (filter: Parameters<DeliveryLog["list"]>[1]) =>
      (await log.list(workspaceId, filter, { limit: 10 })).data.map(({ id }) => id);
    expect(await ids({ ...ALL, webhookId: other })).toEqual(["dl_3", "dl_2"]);
    expect(await ids({ statuses: ["retrying"] })).toEqual(["dl_3"]);
    expect(await ids({ statuses: ["delivered"], webhookId: other })).toEqual(["dl_2"]);
    expect(await ids({ ...ALL, webhookId: other, from: new Date(2_000), to: new Date(3_000) })).toEqual([
      "dl_2",
    ]);
    expect(await ids({ ...ALL, eventType: "contact.deleted" })).toEqual([]);
    expect(await ids({ statuses: ["retrying"], eventType: "contact.created" })).toEqual(["dl_3"]);
  });

  test("a cursor that is not ours is no cursor", () => {
    expect(decodeDeliveryCursor("bm9wZQ")).toBeUndefined();
    expect(decodeDeliveryCursor("")).toBeUndefined();
  });
});
