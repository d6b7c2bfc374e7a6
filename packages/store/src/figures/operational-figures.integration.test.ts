import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, expect, test } from "@jest/globals";
import { DEFAULT_ERROR_RULE } from "@hooklane/core";
import { ensureIndexes } from "../ensure-indexes.js";
import { recordPlans } from "@hooklane/testing";
import { openStore, type Store } from "../store.js";
import { PartitionRepository } from "../partitions/partition-repository.js";
import { OperationalFigures } from "./operational-figures.js";

const MINUTE_MS = 60_000;

let store: Store;
let figures: OperationalFigures;

beforeAll(async () => {
  const uri = process.env.MONGODB_URI;
  if (uri === undefined) throw new Error("MONGODB_URI is not set");
  store = await openStore({ uri, database: `figures-${randomUUID()}` });
  await ensureIndexes(store);
  figures = new OperationalFigures(store);
}, 60_000);
beforeEach(async () => {
  for (const name of ["webhooks", "partitions", "errorWindows"])
    await store.db.collection(name).deleteMany({});
});
afterAll(async () => {
  await store.db.dropDatabase();
  await store.close();
});

const insert = (collection: string, documents: object[]) =>
  store.db.collection(collection).insertMany(documents);

/** So many errors of a workspace, so long ago. */
function errorsOf(workspace: string, count: number, { agoMs = 0, generation = 1 } = {}) {
  const at = new Date(Date.now() - agoMs);
  return {
    _id: workspace as never,
    errors: Array.from({ length: count }, (_, n) => ({ id: `${n}:1`, webhookId: "wh_a", generation, at })),
    since: { wh_a: 1 },
    trips: [],
  };
}

test("an empty installation has nothing to show", async () => {
  expect(await figures.errorUse(DEFAULT_ERROR_RULE)).toEqual({ highest: 0, some: 0, near: 0 });
  expect(await figures.partitionUse()).toEqual({ all: 0, unowned: 0 });
  expect(new Set((await figures.webhooksByStatus()).values())).toEqual(new Set([0]));
});

test("workspaces are counted by the errors that count now: in the window, and since the last activation", async () => {
  await insert("errorWindows", [
    errorsOf("ws_few", 3),
    errorsOf("ws_below", 19),
    errorsOf("ws_near", 20),
    errorsOf("ws_at_limit", 30),
    errorsOf("ws_old", 25, { agoMs: DEFAULT_ERROR_RULE.windowMs + MINUTE_MS }),
    errorsOf("ws_activated_since", 25, { generation: 0 }),
  ]);
  expect(await figures.errorUse(DEFAULT_ERROR_RULE)).toEqual({ highest: 30, some: 2, near: 2 });
});

test("webhooks are counted by status, without deleted ones", async () => {
  await insert("webhooks", [
    { status: "active" },
    { status: "active" },
    { status: "auto_disabled" },
    { status: "active", deletedAt: new Date() },
  ]);
  expect(Object.fromEntries(await figures.webhooksByStatus())).toMatchObject({
    active: 2,
    auto_disabled: 1,
    inactive: 0,
  });
});

test("of many webhooks not one is read to count them", async () => {
  const COUNT = 2_000;
  const many = Array.from({ length: COUNT }, (_, n) => ({
    status: n % 10 === 0 ? "auto_disabled" : "active",
    ...(n % 4 === 0 && { deletedAt: new Date() }),
  }));
  await insert("webhooks", many);
  let counts = new Map<string, number>();
  const plans = await recordPlans(store.db, "webhooks", async () => {
    counts = new Map(await figures.webhooksByStatus());
  });
  expect(counts.get("active")).toBe(COUNT - COUNT / 10 - COUNT / 4 + COUNT / 20);
  expect(counts.get("auto_disabled")).toBe(COUNT / 10 - COUNT / 20);
  expect(plans.length).toBeGreaterThan(0);
  expect(plans.reduce((sum, { documentsExamined }) => sum + documentsExamined, 0)).toBe(0);
});

test("a partition without a lease that holds has no owner", async () => {
  const partitions = new PartitionRepository(store);
  await partitions.ensure(3);
  expect(await figures.partitionUse()).toEqual({ all: 3, unowned: 3 });
  await partitions.claim(0, 0, "me");
  await partitions.claim(1, 0, "me");
  expect(await figures.partitionUse()).toEqual({ all: 3, unowned: 1 });
  const expired = { $set: { renewedAt: new Date(Date.now() - MINUTE_MS) } };
  await store.db.collection("partitions").updateOne({ partition: 1 }, expired);
  expect(await figures.partitionUse()).toEqual({ all: 3, unowned: 2 });
});

test("the database tells what it keeps and how full its disk is", async () => {
  await insert("webhooks", [{ status: "active" }]);
  const { dataBytes, diskUsedBytes, diskBytes } = await figures.databaseUse();
  expect(dataBytes).toBeGreaterThan(0);
  expect(diskUsedBytes).toBeGreaterThan(0);
  expect(diskBytes).toBeGreaterThan(diskUsedBytes);
});
