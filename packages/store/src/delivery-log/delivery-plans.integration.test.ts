import { randomUUID } from "node:crypto";
import type { AttemptResult } from "@hooklane/contracts";
import { asDeliveryId, asEndpointId, asEventId, asWebhookId, asWorkspaceId } from "@hooklane/core";
import { recordPlans } from "@hooklane/testing";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { ensureIndexes } from "../ensure-indexes.js";
import { openStore, type Store } from "../store.js";
import { decodeDeliveryCursor } from "./delivery-cursor.js";
import { DELIVERIES } from "./delivery-document.js";
import { DeliveryLog } from "./delivery-log.js";
import { type DeliverySelection, RARE_DELIVERY_STATUSES } from "./delivery-query.js";
import { DeliveryStatisticsReader } from "./delivery-statistics.js";
import { DeliveryWalk } from "./delivery-walk.js";

const workspaceId = asWorkspaceId("ws_1");
const START = Date.UTC(2026, 0, 15, 10);
const COUNT = 6_000;
const [busy, quiet] = [asWebhookId("wh_busy"), asWebhookId("wh_quiet")];

let store: Store;
let log: DeliveryLog;

beforeAll(async () => {
  store = await openStore({ uri: process.env.MONGODB_URI!, database: `plans-${randomUUID().slice(0, 8)}` });
  await ensureIndexes(store);
  log = new DeliveryLog(store);
  const results = Array.from({ length: COUNT }, (_, n) => aResult(n));
  await log.record([{ workspaceId, results, retentionDays: 36_500 }]);
}, 60_000);

afterAll(async () => {
  await store.db.dropDatabase();
  await store.close();
});

/** Every 20th is a dead letter, every 21st retrying; every 1000th of another webhook and type; two a millisecond. */
function aResult(n: number): AttemptResult {
  const isDead = n % 20 === 0;
  const isRetrying = !isDead && n % 21 === 0;
  const isRare = n % 1_000 === 3;
  return {
    kind: "attempt",
    webhookId: isRare ? quiet : busy,
    generation: 1,
    endpointId: asEndpointId("ep_1"),
    deliveries: [
      {
        id: asDeliveryId(`dl_${n}`),
        eventId: asEventId(`e${n}`),
        type: isRare ? "rare" : "usual",
        acceptedAt: START + (n >> 1),
      },
    ],
    number: 1,
    trigger: "automatic",
    epoch: 1,
    startedAt: START + n,
    durationMs: 1 + (n % 100),
    ...((isDead || isRetrying) && { error: "status" as const }),
    next: isDead
      ? { kind: "dead_letter", reason: "retries_exhausted" }
      : isRetrying
        ? { kind: "retrying", nextAttemptAt: START + 60_000 }
        : { kind: "delivered" },
  };
}

const times = [
  {},
  { from: new Date(START + 500) },
  { from: new Date(START + 500), to: new Date(START + 2_500) },
];
const kinds: readonly DeliverySelection[] = [
  ...[busy, quiet].flatMap((webhookId) =>
    [...RARE_DELIVERY_STATUSES, "delivered" as const].map((status) => ({ webhookId, statuses: [status] })),
  ),
  { webhookId: busy, statuses: ["delivered", "dead_letter", "skipped", "cancelled"] },
  ...RARE_DELIVERY_STATUSES.map((status): DeliverySelection => ({ statuses: [status] })),
];
/** Every combination the API can ask the delivery log for. */
const selections: readonly DeliverySelection[] = kinds.flatMap((kind) =>
  times.flatMap((time) =>
    [undefined, "usual", "rare"].map((eventType) => ({
      ...kind,
      ...time,
      ...(eventType !== undefined && { eventType }),
    })),
  ),
);

describe("a page of deliveries", () => {
  test("is read by an index in its order, whatever is asked for", async () => {
    const after = { acceptedAt: new Date(START + 2_000), id: asDeliveryId("dl_4001") };
    for (const selection of selections) {
      const plans = await recordPlans(store.db, DELIVERIES, async () => {
        await log.list(workspaceId, selection, { limit: 20 });
        await log.list(workspaceId, selection, { limit: 20, after });
      });
      const asked = JSON.stringify(selection);
      expect([asked, plans.length > 1]).toEqual([asked, true]);
      for (const { stages, isSorted } of plans) {
        expect([asked, stages, isSorted]).toEqual([asked, ["IXSCAN"], false]);
      }
    }
  }, 120_000);

  test.each([
    ["a webhook and what was delivered", { webhookId: busy, statuses: ["delivered"] }],
    ["a webhook and all that ended", { webhookId: busy, statuses: ["delivered", "dead_letter", "skipped"] }],
    ["dead letters", { statuses: ["dead_letter"] }],
  ] satisfies [string, DeliverySelection][])("by %s looks at nothing in vain", async (_, selection) => {
    const after = { acceptedAt: new Date(START + 2_000), id: asDeliveryId("dl_4001") };
    const plans = await recordPlans(store.db, DELIVERIES, () =>
      log.list(workspaceId, selection, { limit: 10, after }),
    );
    expect(plans).toHaveLength(1);
    expect(plans[0]!.keysExamined).toBeLessThanOrEqual(20);
  });

  test("that finds little among much ends after a thousand, and goes on from there", async () => {
    const seen: number[] = [];
    let cursor: string | null = "";
    while (cursor !== null) {
      const after = decodeDeliveryCursor(cursor);
      const page = await log.list(
        workspaceId,
        { webhookId: busy, statuses: ["delivered"], eventType: "rare" },
        { limit: 10, after },
      );
      seen.push(page.data.length);
      cursor = page.nextCursor;
    }
    // 5,410 deliveries.
    expect(seen).toEqual([0, 0, 0, 0, 0, 0]);
    const plans = await recordPlans(store.db, DELIVERIES, () =>
      log.list(workspaceId, { webhookId: busy, statuses: ["delivered"], eventType: "rare" }, { limit: 10 }),
    );
    expect(plans.reduce((sum, { documentsExamined }) => sum + documentsExamined, 0)).toBeLessThanOrEqual(
      1_000,
    );
  });

  test("a delivery is kept up by few indexes: each of them is written with every delivery", async () => {
    const indexes = await store.db.collection(DELIVERIES).indexes();
    const always = indexes.filter((index) => !("partialFilterExpression" in index)).map(({ name }) => name);
    expect(always.sort()).toEqual(["_id_", "newest_of_webhook_by_status", "retention_ttl"]);
  });

  test("the index of a version before that nothing needs is dropped", async () => {
    const deliveries = store.db.collection(DELIVERIES);
    await deliveries.createIndexes([{ key: { workspaceId: 1, acceptedAt: -1, _id: -1 }, name: "newest" }]);
    await ensureIndexes(store);
    await ensureIndexes(store);
    expect((await deliveries.indexes()).map(({ name }) => name)).not.toContain("newest");
  });
});

describe("a walk through deliveries", () => {
  async function walk(selection: DeliverySelection, limit: number) {
    const steps: { readonly id: string; readonly at: number }[][] = [];
    let after: Date | undefined;
    for (;;) {
      const { deliveries, upTo } = await new DeliveryWalk(store).next(workspaceId, selection, {
        after,
        limit,
      });
      if (!upTo) return steps;
      steps.push(deliveries.map(({ _id, acceptedAt }) => ({ id: _id, at: acceptedAt.getTime() })));
      after = upTo;
    }
  }

  test.each([
    ["dead letters", { statuses: ["dead_letter"] }],
    ["what of a webhook ended", { webhookId: busy, statuses: ["delivered", "dead_letter", "skipped"] }],
    ["a type and a time", { webhookId: quiet, statuses: ["delivered"], eventType: "rare", ...times[2] }],
    ["a type there is none of", { webhookId: busy, statuses: ["dead_letter"], eventType: "rare" }],
  ] satisfies [string, DeliverySelection][])(
    "of %s has each once, oldest first, and parts no moment",
    async (_, selection) => {
      const steps = await walk(selection, 45);
      const seen = steps.flat();
      const { data } = await log.list(workspaceId, selection, { limit: COUNT });
      expect(seen.map(({ id }) => id).sort()).toEqual(data.map(({ id }): string => id).sort());
      expect(seen.map(({ at }) => at)).toEqual(seen.map(({ at }) => at).sort((one, other) => one - other));
      for (const [index, step] of steps.entries()) {
        const next = steps[index + 1]?.[0];
        if (next && step.length > 0) expect(next.at).toBeGreaterThan(step.at(-1)!.at);
      }
      expect(await new DeliveryWalk(store).count(workspaceId, selection)).toEqual({
        count: seen.length,
        isAtLeast: false,
      });
    },
  );

  test("and its count are read by an index, in its order", async () => {
    for (const selection of selections) {
      const plans = await recordPlans(store.db, DELIVERIES, async () => {
        const limit = { after: new Date(START + 100), limit: 20 };
        await new DeliveryWalk(store).next(workspaceId, selection, limit);
        await new DeliveryWalk(store).count(workspaceId, selection);
      });
      const asked = JSON.stringify(selection);
      expect([asked, plans.length > 1]).toEqual([asked, true]);
      for (const { stages, isSorted } of plans) {
        expect([asked, isSorted]).toEqual([asked, false]);
        expect(["IXSCAN", "COUNT_SCAN"]).toContain(stages.join());
      }
    }
  }, 120_000);
});

describe("statistics", () => {
  const window = { from: new Date(START), to: new Date(START + COUNT) };
  const expected = { dead_letter: 300, skipped: 0, cancelled: 0 };

  test("count every delivery of the webhook in the window by its state", async () => {
    const {
      counts,
      window: counted,
      attemptDurationsMs,
    } = await new DeliveryStatisticsReader(store).read(workspaceId, busy, window);
    expect(counts).toMatchObject(expected);
    expect(Object.values(counts).reduce((sum, count) => sum + count, 0)).toBe(COUNT - 6);
    expect(counted).toEqual(window);
    expect(attemptDurationsMs).toHaveLength(1_000);
    const half = await new DeliveryStatisticsReader(store).read(workspaceId, busy, {
      ...window,
      from: new Date(START + 1_500),
    });
    expect(half.counts.dead_letter).toBe(150);
    const nobody = await new DeliveryStatisticsReader(store).read(workspaceId, asWebhookId("wh_x"), window);
    expect([nobody.counts.delivered, nobody.attemptDurationsMs]).toEqual([0, []]);
  });

  test("of more than can be counted are those of a shorter window, all of it", async () => {
    const read = await new DeliveryStatisticsReader(store, 1_000).read(workspaceId, busy, window);
    expect(read.window.from.getTime()).toBeGreaterThan(START);
    expect(read.window.to).toEqual(window.to);
    expect(read.counts.delivered).toBeGreaterThanOrEqual(1_000);
    expect(read.counts.delivered).toBeLessThanOrEqual(1_002);
    const again = await new DeliveryStatisticsReader(store).read(workspaceId, busy, read.window);
    expect(again.counts).toEqual(read.counts);
  });

  test("count entries of an index and read no document but those whose attempts they tell of", async () => {
    const plans = await recordPlans(store.db, DELIVERIES, () =>
      new DeliveryStatisticsReader(store, 1_000).read(workspaceId, busy, window),
    );
    for (const { stages, isSorted } of plans) {
      expect(isSorted).toBe(false);
      expect(["COUNT_SCAN", "IXSCAN"]).toContain(stages.join());
    }
    expect(plans.filter(({ stages }) => stages.includes("COUNT_SCAN"))).toHaveLength(10);
    expect(plans.reduce((sum, { documentsExamined }) => sum + documentsExamined, 0)).toBeLessThanOrEqual(
      1_000,
    );
    expect(Math.max(...plans.map(({ keysExamined }) => keysExamined))).toBeLessThanOrEqual(1_003);
  });
});
