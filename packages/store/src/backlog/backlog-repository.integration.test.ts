import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { asEndpointId } from "@hooklane/core";
import { testSecretKeys } from "@hooklane/testing";
import { mongo } from "mongoose";
import { ensureIndexes } from "../ensure-indexes.js";
import { openStore, type Store } from "../store.js";
import type { BacklogRecord, ParkedRecord } from "./backlog-record.js";
import { BacklogRepository } from "./backlog-repository.js";

let store: Store;
let backlog: BacklogRepository;
let lanes = 0;

beforeAll(async () => {
  store = await openStore({
    uri: process.env.MONGODB_URI!,
    database: `backlog-${randomUUID().slice(0, 8)}`,
    secretKeys: testSecretKeys,
  });
  await ensureIndexes(store);
  backlog = new BacklogRepository(store);
}, 60_000);
afterAll(async () => {
  await store.db.dropDatabase();
  await store.close();
});

/** An endpoint in a partition, both of their own. */
function newLane() {
  const partition = lanes++;
  return { endpointId: asEndpointId(`ep_${partition}`), partition };
}
type Lane = ReturnType<typeof newLane>;

function recordOf(lane: Lane, offset: number, { logEpoch = 0, size = 3 } = {}): BacklogRecord {
  return { ...lane, logEpoch, offset, meta: `{"o":${offset}}`, body: new Uint8Array(size).fill(offset) };
}
const recordsOf = (lane: Lane, offsets: readonly number[], options?: { logEpoch?: number; size?: number }) =>
  offsets.map((offset) => recordOf(lane, offset, options));
const park = (records: readonly ParkedRecord[], epoch = 1) => backlog.park(records, epoch);
const upTo = (offset: number, logEpoch = 0) => ({ logEpoch, offset });
const everything = { after: upTo(-1) };
const limits = { recordsMax: 200, bytesMax: 1_048_576 };
const offsetsIn = async (lane: Lane) =>
  (await backlog.read(lane, everything, limits)).records.map(({ offset }) => offset);

/** How the database carried out what was asked of the backlog meanwhile. */
async function profiled(work: () => Promise<unknown>): Promise<readonly mongo.Document[]> {
  const database = store.db.getClient().db(store.db.name);
  await database.command({ profile: 2 });
  await work();
  await database.command({ profile: 0 });
  const entries = await database
    .collection("system.profile")
    .find({ ns: `${store.db.name}.backlog` })
    .sort({ ts: 1 })
    .toArray();
  await database.collection("system.profile").drop();
  return entries;
}

const sumOf = (entries: readonly mongo.Document[], field: "docsExamined" | "keysExamined") =>
  entries.reduce((sum, entry) => sum + Number(entry[field]), 0);

describe("records that have fields not to be stored", () => {
  test("are parked sealed and read byte for byte, beside others; their bytes count as they are", async () => {
    const lane = newLane();
    const records = [1, 2, 3].map((offset) => ({
      ...recordOf(lane, offset),
      body: Buffer.from(`ann${offset}@example.org`),
      isSealed: offset !== 3,
    }));
    await park(records);
    await park(records);
    const stored = await store.db
      .collection("backlog")
      .find({ partition: lane.partition }, { raw: true })
      .toArray();
    const inClear = (stored as unknown as Buffer[]).map((bytes) => bytes.includes("@example.org"));
    expect(inClear.filter(Boolean)).toHaveLength(1);
    const read = await backlog.read(lane, everything, limits);
    expect(read.records.map(({ body }) => Buffer.from(body).toString())).toEqual(
      records.map(({ body }) => String(body)),
    );
    const sizes = records.map(({ meta, body }) => meta.length + body.length);
    const bytes = sizes.reduce((sum, size) => sum + size, 0);
    expect((await backlog.statistics([lane.partition]))[0]!.bytes).toBe(bytes);
  });

  test("replace sealed ones that a cut log put in their place", async () => {
    const lane = newLane();
    const parked = (meta: string, body: string) => ({
      ...recordOf(lane, 1),
      meta,
      body: Buffer.from(body),
    });
    await park([{ ...parked("{}", "ann@example.org"), isSealed: true }], 1);
    await park([parked('{"v":2}', "next")], 2);
    const read = await backlog.read(lane, everything, limits);
    expect(read.records.map(({ body }) => Buffer.from(body).toString())).toEqual(["next"]);
  });
});

describe("parking", () => {
  test("a record is given back byte for byte", async () => {
    const lane = newLane();
    const record: BacklogRecord = {
      ...lane,
      logEpoch: 2,
      offset: Number.MAX_SAFE_INTEGER - 1,
      meta: '{"type":"é 世"}',
      body: Uint8Array.from({ length: 256 }, (_, byte) => byte),
    };
    await park([record]);
    expect(await backlog.read(lane, everything, limits)).toEqual({ records: [record], isComplete: true });
  });

  test("what is read does not keep the database's whole answer in memory", async () => {
    const lane = newLane();
    await park(recordsOf(lane, [1, 2, 3]));
    const { records } = await backlog.read(lane, everything, limits);
    expect(records.map(({ body }) => body.buffer.byteLength)).toEqual([3, 3, 3]);
  });

  test("parking again changes nothing, and adds what was not there", async () => {
    const lane = newLane();
    await park(recordsOf(lane, [1, 3]));
    await park([recordOf(lane, 1, { size: 9 }), ...recordsOf(lane, [2, 3, 4])]);
    expect(await backlog.read(lane, everything, limits)).toEqual({
      records: recordsOf(lane, [1, 2, 3, 4]),
      isComplete: true,
    });
  });

  test("a record takes the place of another one, parked from the end of a log that was lost", async () => {
    const lane = newLane();
    const [kept, lost] = recordsOf(lane, [1, 2]) as [BacklogRecord, BacklogRecord];
    const other = { ...lost, meta: '{"deliveryId":"dl_lost"}' };
    await park([kept, other], 1);
    await park([kept, lost], 2);
    expect((await backlog.read(lane, everything, limits)).records).toEqual([kept, lost]);
    // The older owner's write, made again, or late.
    await park([kept, other], 1);
    expect((await backlog.read(lane, everything, limits)).records).toEqual([kept, lost]);
  });

  test("several writers of the same records all succeed", async () => {
    const lane = newLane();
    const records = recordsOf(
      lane,
      Array.from({ length: 100 }, (_, offset) => offset),
    );
    await Promise.all([1, 2, 3, 4].map(() => park(records)));
    expect((await backlog.read(lane, everything, limits)).records).toHaveLength(100);
  });

  test("nothing to park is no write", async () => {
    await expect(park([])).resolves.toBeUndefined();
  });

  test("a failure beside a duplicate is not taken for one", async () => {
    const lane = newLane();
    await park([recordOf(lane, 1)]);
    const refused = { ...recordOf(lane, 2), meta: "refused" };
    await store.db
      .getClient()
      .db(store.db.name)
      .command({ collMod: "backlog", validator: { meta: { $ne: "refused" } } });
    try {
      await expect(park([recordOf(lane, 1), refused])).rejects.toThrow(mongo.MongoBulkWriteError);
    } finally {
      await store.db.getClient().db(store.db.name).command({ collMod: "backlog", validator: {} });
    }
  });

  test("it waits for the majority and the journal", () => {
    const { writeConcern } = store.db.getClient().db(store.db.name).collection("backlog");
    expect(writeConcern).toMatchObject({ w: "majority", journal: true });
  });
});

describe("reading", () => {
  test("is in the order of positions, older log epochs first, whatever the order of parking", async () => {
    const lane = newLane();
    await park([
      ...recordsOf(lane, [10, 9, 100], { logEpoch: 1 }),
      ...recordsOf(lane, [1000, 2], { logEpoch: 0 }),
    ]);
    const { records } = await backlog.read(lane, everything, limits);
    expect(records.map(({ logEpoch, offset }) => [logEpoch, offset])).toEqual([
      [0, 2],
      [0, 1000],
      [1, 9],
      [1, 10],
      [1, 100],
    ]);
  });

  test("leaves out the start and holds the end of the range", async () => {
    const lane = newLane();
    await park(recordsOf(lane, [1, 2, 3, 4, 5]));
    expect(await backlog.read(lane, { after: upTo(2), upTo: upTo(4) }, limits)).toEqual({
      records: recordsOf(lane, [3, 4]),
      isComplete: true,
    });
    expect(await backlog.read(lane, { after: upTo(5) }, limits)).toEqual({ records: [], isComplete: true });
    expect(await backlog.read(lane, { after: upTo(4), upTo: upTo(1) }, limits)).toEqual({
      records: [],
      isComplete: true,
    });
  });

  test("does not meet other endpoints whose ids begin alike", async () => {
    const [one, other] = ["ep_like", "ep_like2"].map((id) => ({
      ...newLane(),
      endpointId: asEndpointId(id),
    }));
    await park([recordOf(one!, 1), recordOf(other!, 2)]);
    expect(await offsetsIn(one!)).toEqual([1]);
  });

  test("pages of any size together are the whole, and only the last is complete", async () => {
    const lane = newLane();
    const offsets = Array.from({ length: 25 }, (_, index) => index * 3);
    await park(recordsOf(lane, offsets));
    for (const recordsMax of [1, 7, 24, 25, 26]) {
      const read: number[] = [];
      for (let isComplete = false; !isComplete;) {
        const page = await backlog.read(lane, { after: upTo(read.at(-1) ?? -1) }, { ...limits, recordsMax });
        expect(page.records.length).toBeLessThanOrEqual(recordsMax);
        read.push(...page.records.map(({ offset }) => offset));
        expect(page.isComplete).toBe(read.length === offsets.length);
        ({ isComplete } = page);
      }
      expect(read).toEqual(offsets);
    }
  });

  test("ends before the record that would pass the bytes, but reads one however large", async () => {
    const lane = newLane();
    const meta = recordOf(lane, 1).meta.length;
    await park(recordsOf(lane, [1, 2, 3, 4], { size: 1000 - meta }));
    const read = async (bytesMax: number) => {
      const page = await backlog.read(lane, everything, { recordsMax: 200, bytesMax });
      return [page.records.length, page.isComplete];
    };
    expect(await read(1)).toEqual([1, false]);
    expect(await read(1999)).toEqual([1, false]);
    expect(await read(2000)).toEqual([2, false]);
    expect(await read(3999)).toEqual([3, false]);
    expect(await read(4000)).toEqual([4, true]);
  });

  test("goes by the index on _id and loads little more than it returns", async () => {
    const lane = newLane();
    await park(
      recordsOf(
        lane,
        Array.from({ length: 60 }, (_, offset) => offset),
        { size: 50_000 },
      ),
    );
    const entries = await profiled(() =>
      backlog.read(lane, { after: upTo(4), upTo: upTo(50) }, { recordsMax: 30, bytesMax: 500_000 }),
    );
    // Nine fit, the tenth and the metas pass the bytes.
    for (const entry of entries) expect(entry).toMatchObject({ planSummary: "IXSCAN { _id: 1 }" });
    expect(entries.length).toBeLessThanOrEqual(3);
    expect(sumOf(entries, "docsExamined")).toBeLessThanOrEqual(11);
    expect(sumOf(entries, "keysExamined")).toBeLessThanOrEqual(14);
  });

  test("a page of small records is two queries", async () => {
    const lane = newLane();
    const offsets = Array.from({ length: 230 }, (_, offset) => offset);
    await park(recordsOf(lane, offsets, { size: 1000 }));
    const entries = await profiled(async () => {
      const { records, isComplete } = await backlog.read(lane, everything, limits);
      expect(records.map(({ offset }) => offset)).toEqual(offsets.slice(0, 200));
      expect(isComplete).toBe(false);
    });
    expect(entries).toHaveLength(2);
    expect(sumOf(entries, "docsExamined")).toBe(201);
  });

  test("small records before large ones keep within the bytes, too", async () => {
    const lane = newLane();
    await park([
      ...recordsOf(lane, [1, 2, 3, 4, 5, 6], { size: 100 }),
      ...recordsOf(lane, [7, 8, 9, 10, 11], { size: 250_000 }),
    ]);
    const { records, isComplete } = await backlog.read(lane, everything, limits);
    expect(records.map(({ offset }) => offset)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(isComplete).toBe(false);
  });
});

describe("deleting", () => {
  test("up to a position takes that one too, older log epochs, and no other lane's", async () => {
    const [lane, other] = [newLane(), newLane()];
    await park([
      ...recordsOf(lane, [900], { logEpoch: 0 }),
      ...recordsOf(lane, [1, 2, 3], { logEpoch: 1 }),
      recordOf(other, 1),
    ]);
    expect(await backlog.deleteUpTo(lane, upTo(2, 1))).toBe(3);
    expect(await backlog.deleteUpTo(lane, upTo(2, 1))).toBe(0);
    expect(await offsetsIn(lane)).toEqual([3]);
    expect(await offsetsIn(other)).toEqual([1]);
  });

  test("up to -1 takes older log epochs only", async () => {
    const lane = newLane();
    await park([recordOf(lane, 7, { logEpoch: 0 }), recordOf(lane, 0, { logEpoch: 1 })]);
    expect(await backlog.deleteUpTo(lane, upTo(-1, 1))).toBe(1);
    expect(await offsetsIn(lane)).toEqual([0]);
  });

  test("goes by the index on _id", async () => {
    const lane = newLane();
    await park(recordsOf(lane, [1, 2, 3]));
    const [entry] = await profiled(() => backlog.deleteUpTo(lane, upTo(2)));
    expect(entry).toMatchObject({ planSummary: "IXSCAN { _id: 1 }", ndeleted: 2 });
    expect(entry!.keysExamined).toBeLessThanOrEqual(3);
  });

  test("what live lanes left goes below the watermark; non-live lanes and other partitions keep theirs", async () => {
    const gone = newLane();
    const kept = { endpointId: asEndpointId("ep_kept"), partition: gone.partition };
    const other = newLane();
    await park([
      recordOf(gone, 50, { logEpoch: 0 }),
      ...recordsOf(gone, [8, 9, 10, 11], { logEpoch: 1 }),
      recordOf(gone, 0, { logEpoch: 2 }),
      recordOf(kept, 50, { logEpoch: 0 }),
      ...recordsOf(kept, [8, 9], { logEpoch: 1 }),
      recordOf(other, 1),
    ]);
    const resolved = { logEpoch: 1, committed: 10 };
    expect(await backlog.deleteResolved(gone.partition, resolved, [kept.endpointId])).toBe(3);
    expect(await backlog.deleteResolved(gone.partition, resolved, [kept.endpointId])).toBe(0);
    expect(await offsetsIn(gone)).toEqual([10, 11, 0]);
    expect(await offsetsIn(kept)).toEqual([50, 8, 9]);
    expect(await offsetsIn(other)).toEqual([1]);
  });

  test("a partition nothing was resolved in keeps all", async () => {
    const lane = newLane();
    await park([recordOf(lane, 0)]);
    expect(await backlog.deleteResolved(lane.partition, { logEpoch: 0, committed: 0 }, [])).toBe(0);
  });

  test("a partition's endpoints are found without reading what non-live lanes hold", async () => {
    const lane = newLane();
    await park(
      recordsOf(
        lane,
        Array.from({ length: 300 }, (_, offset) => offset),
      ),
    );
    const [entry, ...others] = await profiled(() =>
      backlog.deleteResolved(lane.partition, { logEpoch: 0, committed: 300 }, [lane.endpointId]),
    );
    expect(others).toEqual([]);
    expect(entry!.planSummary).toMatch(/^DISTINCT_SCAN/);
    expect(entry!.keysExamined).toBeLessThan(5);
    expect(entry!.docsExamined).toBe(0);
  });
});

describe("statistics", () => {
  test("count documents and bytes by endpoint and tell since when, by the index alone", async () => {
    const [one, two, unasked] = [newLane(), newLane(), newLane()];
    const before = Math.floor(Date.now() / 1000) * 1000;
    await park([
      ...recordsOf(one, [1, 2, 3], { size: 10 }),
      recordOf(two, 4, { size: 5 }),
      recordOf(unasked, 1),
    ]);
    const meta = recordOf(one, 1).meta.length;
    const [entry] = await profiled(async () => {
      const found = await backlog.statistics([one.partition, two.partition, 999_999]);
      expect([...found].sort((a, b) => a.partition - b.partition)).toEqual([
        {
          ...one,
          documents: 3,
          bytes: 3 * (10 + meta),
          oldestParkedAt: expect.any(Date),
          oldestAgeSeconds: expect.any(Number),
        },
        {
          ...two,
          documents: 1,
          bytes: 5 + meta,
          oldestParkedAt: expect.any(Date),
          oldestAgeSeconds: expect.any(Number),
        },
      ]);
      // The database's clock runs on the same machine here; its logical time may be ahead by a tick.
      const age = Math.max(...found.map(({ oldestParkedAt }) => oldestParkedAt.getTime())) - before;
      expect(age).toBeGreaterThanOrEqual(-1_000);
      expect(age).toBeLessThan(60_000);
    });
    expect(entry!.docsExamined).toBe(0);
  });

  test("the oldest is the one parked first", async () => {
    const lane = newLane();
    await park([recordOf(lane, 2)]);
    const [first] = await backlog.statistics([lane.partition]);
    await store.db
      .collection("backlog")
      .updateOne(
        { partition: lane.partition },
        { $set: { parkedAt: new mongo.Timestamp({ t: 1000, i: 1 }) } },
      );
    await park([recordOf(lane, 1)]);
    const [second] = await backlog.statistics([lane.partition]);
    expect(first!.oldestParkedAt.getTime()).toBeGreaterThan(1_000_000);
    expect(second!.oldestParkedAt).toEqual(new Date(1_000_000));
  });
});
