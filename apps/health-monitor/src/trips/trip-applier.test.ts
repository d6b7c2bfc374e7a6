import { asWebhookId, asWorkspaceId } from "@hooklane/core";
import { createLogger, createMetrics } from "@hooklane/service";
import type { UnappliedTrip } from "@hooklane/store";
import { beforeEach, expect, test } from "@jest/globals";
import { createHealthMetrics } from "../health-metrics.js";
import { TripApplier } from "./trip-applier.js";

const TRIPPED_AT = Date.parse("2026-01-15T10:00:00Z");
const webhookId = asWebhookId("wh_1");

let passedMs: number;
let unapplied: UnappliedTrip[];

beforeEach(() => {
  passedMs = 0;
  unapplied = [
    {
      workspaceId: asWorkspaceId("ws_1"),
      webhooks: [{ webhookId, generation: 1 }],
      errorCounts: [],
      at: new Date(TRIPPED_AT),
      stored: { webhooks: [] },
    },
  ];
});

/** Over a database that holds `unapplied`. */
function createApplier(disable: () => Promise<void>): TripApplier {
  return new TripApplier({
    trips: {
      listUnapplied: () => Promise.resolve([...unapplied]),
      markApplied: (trip) => {
        unapplied = unapplied.filter((each) => each !== trip);
        return Promise.resolve();
      },
    },
    webhooks: { find: () => Promise.reject(new Error("nothing is counted")) },
    deliveryLog: { findLastError: () => Promise.resolve(undefined) },
    disableWebhook: { apply: disable },
    metrics: createHealthMetrics(createMetrics("test", { processMetrics: false })),
    logger: createLogger("test", "silent"),
    now: () => new Date(TRIPPED_AT + passedMs),
  });
}

test("a trip that cannot be carried out is overdue after 30 s, and no more once it is", async () => {
  let isBroken = true;
  const applier = createApplier(() => (isBroken ? Promise.reject(new Error("broken")) : Promise.resolve()));
  await applier.sweep();
  passedMs = 30_000;
  expect(applier.overdue).toBe(0);
  passedMs = 30_001;
  expect(applier.overdue).toBe(1);
  isBroken = false;
  await applier.sweep();
  expect(applier.overdue).toBe(0);
  expect(unapplied).toEqual([]);
});

test("a trip that hangs becomes overdue without another sweep", () => {
  const applier = createApplier(() => new Promise(() => undefined));
  const hanging = applier.sweep();
  expect(hanging).toBeInstanceOf(Promise);
  passedMs = 40_000;
  return Promise.resolve().then(() => expect(applier.overdue).toBe(1));
});

test("one that another process carried out is no longer overdue", async () => {
  const applier = createApplier(() => Promise.reject(new Error("broken")));
  await applier.sweep();
  passedMs = 40_000;
  unapplied = [];
  await applier.sweep();
  expect(applier.overdue).toBe(0);
});
