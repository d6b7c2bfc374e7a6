import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { openStore, type Store } from "../store.js";
import { MemberRepository } from "./member-repository.js";
import type { PartitionContent, StoredLane } from "./partition-document.js";
import { PartitionRepository } from "./partition-repository.js";

let store: Store;
let partitions: PartitionRepository;
let next = 0;

beforeAll(async () => {
  store = await openStore({
    uri: process.env.MONGODB_URI!,
    database: `partitions-${randomUUID().slice(0, 8)}`,
  });
  partitions = new PartitionRepository(store);
  await Promise.all([partitions.ensure(20), partitions.ensure(20)]);
}, 30_000);
afterAll(async () => {
  await store.db.dropDatabase();
  await store.close();
});

const draining = (cursor: number): StoredLane => ({
  state: "D",
  cursor,
  last: cursor,
  attempt: 0,
  firstAttemptAt: null,
  nextAt: null,
});
const content = (committed: number): PartitionContent => ({
  clusterId: "cluster",
  logEpoch: 0,
  committed,
  done: Uint8Array.of(0b101),
  sources: { 0: [0, committed, 1] },
  lanes: { ep_1: draining(committed - 1) },
  seen: [committed + 5, "identity"],
});
const standingOf = async (partition: number, owner: string) =>
  (await partitions.list(owner)).find((each) => each.partition === partition)!;
const rawPartitions = () => store.db.collection<{ _id: string }>("partitions");
const expire = (partition: number) =>
  rawPartitions().updateOne({ partition }, [{ $set: { renewedAt: { $subtract: ["$$NOW", 17_001] } } }]);

describe("the lease of a partition", () => {
  test("of two dispatchers that claim at once exactly one gets it", async () => {
    const partition = next++;
    const claims = await Promise.all(
      ["a", "b", "c", "d"].map((owner) => partitions.claim(partition, 0, owner)),
    );
    expect(claims.filter(Boolean)).toHaveLength(1);
    expect(claims.find(Boolean)).toMatchObject({ epoch: 1, ver: 0, released: false, committed: 0 });
  });

  test("it is kept from others until it is released", async () => {
    const partition = next++;
    await partitions.claim(partition, 0, "a");
    expect(await standingOf(partition, "b")).toEqual({
      partition,
      epoch: 1,
      isClaimable: false,
      isTooNew: false,
    });
    expect(await partitions.claim(partition, 1, "b")).toBeUndefined();
    const saved = await partitions.save({ partition, epoch: 1, ver: 0 }, content(7), { release: true });
    expect(saved).toEqual({ kind: "stored", ver: 1 });
    expect(await partitions.claim(partition, 1, "b")).toMatchObject({
      ...content(7),
      owner: "b",
      epoch: 2,
      ver: 0,
    });
  });

  test("it is free 17 s after its last renewal, by the database's clock", async () => {
    const partition = next++;
    await partitions.claim(partition, 0, "a");
    await expire(partition);
    expect((await standingOf(partition, "b")).isClaimable).toBe(true);
    await partitions.save({ partition, epoch: 1, ver: 0 }, content(1), { release: false });
    expect((await standingOf(partition, "b")).isClaimable).toBe(false);
  });

  test("a former owner's checkpoint changes nothing", async () => {
    const partition = next++;
    await partitions.claim(partition, 0, "a");
    await expire(partition);
    await partitions.claim(partition, 1, "b");
    expect(await partitions.save({ partition, epoch: 1, ver: 0 }, content(9), { release: true })).toEqual({
      kind: "fenced",
    });
    expect(await partitions.find(partition)).toMatchObject({
      owner: "b",
      epoch: 2,
      committed: 0,
      released: false,
    });
  });

  test("a claim that arrives late does not fence the lease its repetition took", async () => {
    const partition = next++;
    await partitions.claim(partition, 0, "a");
    expect(await partitions.claim(partition, 0, "a")).toBeUndefined();
    expect(await partitions.find(partition)).toMatchObject({ owner: "a", epoch: 1 });
  });

  test("a write whose answer was lost is recognised by its version", async () => {
    const partition = next++;
    await partitions.claim(partition, 0, "a");
    const lease = { partition, epoch: 1, ver: 0 };
    await partitions.save(lease, content(3), { release: false });
    expect(await partitions.save(lease, content(4), { release: false })).toEqual({
      kind: "other_version",
      ver: 1,
      released: false,
    });
    expect(await partitions.find(partition)).toMatchObject({ committed: 3 });
  });

  test("source marks are replaced, not merged", async () => {
    const partition = next++;
    await partitions.claim(partition, 0, "a");
    await partitions.save({ partition, epoch: 1, ver: 0 }, content(3), { release: false });
    const other: PartitionContent = { ...content(4), sources: { 5: [1, 2, 3] } };
    await partitions.save({ partition, epoch: 1, ver: 1 }, other, { release: false });
    expect((await partitions.find(partition))?.sources).toEqual({ 5: [1, 2, 3] });
  });

  test("lanes come back as they were stored, and are replaced, not merged", async () => {
    const partition = next++;
    await partitions.claim(partition, 0, "a");
    const retrying: StoredLane = {
      state: "R",
      cursor: -1,
      last: 4,
      attempt: 2,
      firstAttemptAt: new Date("2026-01-02T03:04:05.678Z"),
      nextAt: new Date("2026-01-02T03:05:35.678Z"),
    };
    const first: PartitionContent = {
      ...content(3),
      lanes: { ep_1: retrying, "$ep.2": draining(-1), ep_3: draining(2) },
    };
    await partitions.save({ partition, epoch: 1, ver: 0 }, first, { release: false });
    expect(await partitions.find(partition)).toMatchObject({ v: 1, lanes: first.lanes, seen: first.seen });
    const second: PartitionContent = { ...content(4), lanes: { ep_3: draining(3) }, seen: null };
    await partitions.save({ partition, epoch: 1, ver: 1 }, second, { release: true });
    const claimed = await partitions.claim(partition, 1, "b");
    expect(claimed?.lanes).toEqual(second.lanes);
    expect(claimed?.seen).toBeNull();
  });

  test("an empty set of lanes clears what was there", async () => {
    const partition = next++;
    await partitions.claim(partition, 0, "a");
    await partitions.save({ partition, epoch: 1, ver: 0 }, content(3), { release: false });
    await partitions.save({ partition, epoch: 1, ver: 1 }, { ...content(4), lanes: {} }, { release: false });
    expect((await partitions.find(partition))?.lanes).toEqual({});
  });

  test("a document of the time before lanes were stored is claimed with none", async () => {
    const partition = next++;
    await rawPartitions().updateOne({ partition }, { $unset: { v: "", lanes: "", seen: "" } });
    expect(await standingOf(partition, "a")).toMatchObject({ isClaimable: true, isTooNew: false });
    expect(await partitions.claim(partition, 0, "a")).toMatchObject({
      epoch: 1,
      v: 1,
      lanes: {},
      seen: null,
    });
  });

  test("a partition of a newer version is left alone, even by its owner", async () => {
    const partition = next++;
    await partitions.claim(partition, 0, "a");
    await rawPartitions().updateOne(
      { partition },
      { $set: { v: 2, lanes: "of another shape", released: true } },
    );
    expect(await standingOf(partition, "a")).toEqual({
      partition,
      epoch: 1,
      isClaimable: false,
      isTooNew: true,
    });
    expect(await partitions.claim(partition, 1, "a")).toBeUndefined();
    expect(await partitions.readState(partition)).toEqual({ epoch: 1, ver: 0, released: true });
    await expect(partitions.find(partition)).rejects.toThrow();
  });

  test("a claim says what time it is for the database", async () => {
    const partition = next++;
    const clock = await rawPartitions()
      .aggregate<{ now: Date }>([{ $limit: 1 }, { $project: { now: "$$NOW" } }])
      .next();
    const claimed = await partitions.claim(partition, 0, "a");
    const passed = claimed!.renewedAt.getTime() - clock!.now.getTime();
    expect(passed).toBeGreaterThanOrEqual(0);
    expect(passed).toBeLessThan(10_000);
  });

  test("a claim tells when and how the former owner left, but not one that never wrote anything", async () => {
    const partition = next++;
    expect((await partitions.claim(partition, 0, "a"))?.former).toBeNull();
    await partitions.save({ partition, epoch: 1, ver: 0 }, content(1), { release: true });
    const left = await partitions.find(partition);
    const former = { owner: "a", released: true, renewedAt: left!.renewedAt };
    expect((await partitions.claim(partition, 1, "b"))?.former).toEqual(former);
    // As if its answer had been lost.
    expect((await partitions.claim(partition, 2, "b"))?.former).toEqual(former);
    await partitions.save({ partition, epoch: 3, ver: 0 }, content(2), { release: false });
    await expire(partition);
    expect((await partitions.claim(partition, 3, "c"))?.former).toMatchObject({
      owner: "b",
      released: false,
    });
  });

  test("the state tells which write came through", async () => {
    const partition = next++;
    expect(await partitions.readState(partition)).toEqual({ epoch: 0, ver: 0, released: true });
    await partitions.claim(partition, 0, "a");
    await partitions.save({ partition, epoch: 1, ver: 0 }, content(3), { release: false });
    expect(await partitions.readState(partition)).toEqual({ epoch: 1, ver: 1, released: false });
    expect(await partitions.readState(999)).toBeUndefined();
  });

  test("growing the topic adds documents and leaves the others as they are", async () => {
    const before = await partitions.find(0);
    await partitions.ensure(22);
    expect(await partitions.find(21)).toMatchObject({ epoch: 0, released: true });
    expect(await partitions.find(0)).toEqual(before);
  });
});

describe("the dispatchers alive", () => {
  test("one counts from its first beat until it leaves", async () => {
    const members = new MemberRepository(store);
    await members.beat("a");
    await members.beat("b");
    await members.beat("a");
    expect(await members.countAlive()).toBe(2);
    await members.leave("a");
    expect(await members.countAlive()).toBe(1);
    await store.db
      .collection<{ _id: string }>("members")
      .updateOne({ _id: "b" }, [{ $set: { beatAt: { $subtract: ["$$NOW", 15_001] } } }]);
    expect(await members.countAlive()).toBe(0);
  });
});
