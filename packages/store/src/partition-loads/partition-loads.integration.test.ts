import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { afterAll, beforeEach, describe, expect, test } from "@jest/globals";
import { openStore, type Store } from "../store.js";
import { runTransaction } from "../transaction.js";
import { PartitionLoads } from "./partition-loads.js";

const stores: Store[] = [];
let store: Store;
let loads: PartitionLoads;

beforeEach(async () => {
  const uri = process.env.MONGODB_URI ?? "";
  store = await openStore({ uri, database: `loads-${randomUUID().slice(0, 8)}` });
  stores.push(store);
  loads = new PartitionLoads(store);
});
afterAll(async () => {
  for (const each of stores) {
    await each.db.dropDatabase();
    await each.close();
  }
});

const read = async (topic: "events.v1" | "deliveries.v1") =>
  (await loads.read(topic)).map(({ load }) => load);

async function take(count: number): Promise<readonly number[]> {
  const taken: number[] = [];
  for (let index = 0; index < count; index++) taken.push(await loads.take("deliveries.v1"));
  return taken;
}

describe("what is placed", () => {
  test("goes where least is, each topic by itself", async () => {
    await loads.ensure("deliveries.v1", 3);
    await loads.ensure("events.v1", 2);
    expect([...(await take(3))].sort()).toEqual([0, 1, 2]);
    await take(2);
    expect(await read("deliveries.v1").then((all) => [...all].sort())).toEqual([1, 2, 2]);
    expect(await read("events.v1")).toEqual([0, 0]);
  });

  test("goes to added partitions until they carry as much as the others, which keep what they have", async () => {
    await loads.ensure("deliveries.v1", 2);
    await take(6);
    await loads.ensure("deliveries.v1", 12);
    expect(await read("deliveries.v1")).toEqual([3, 3, ...Array.from({ length: 10 }, () => 0)]);
    const taken = await take(30);
    expect(Math.min(...taken)).toBe(2);
    // By number, not by text: 10 and 11 come behind 9.
    expect(await loads.read("deliveries.v1")).toEqual(
      Array.from({ length: 12 }, (_, partition) => ({ partition, load: 3 })),
    );
  });

  test("counts each once when many are placed at the same time, and nobody waits for another's transaction", async () => {
    await loads.ensure("deliveries.v1", 4);
    const open = new AbortController();
    const holding = runTransaction(store, async () => {
      await loads.take("deliveries.v1");
      await once(open.signal, "abort");
    });
    await Promise.all(
      Array.from({ length: 23 }, () => runTransaction(store, () => loads.take("deliveries.v1"))),
    );
    open.abort();
    await holding;
    expect(await read("deliveries.v1")).toEqual([6, 6, 6, 6]);
  });

  test("has no place before the partitions are known", async () => {
    await expect(loads.take("deliveries.v1")).rejects.toThrow("No partition of deliveries.v1 is known");
  });
});
