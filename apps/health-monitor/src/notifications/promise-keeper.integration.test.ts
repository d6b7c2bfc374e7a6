import { randomUUID } from "node:crypto";
import { createLogger, createMetrics } from "@hooklane/service";
import { ensureIndexes, openStore, Outbox, PromiseQueue, runTransaction, type Store } from "@hooklane/store";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { createHealthMetrics } from "../health-metrics.js";
import { PromiseKeeper, type PromiseKeeperOptions } from "./promise-keeper.js";

let store: Store;
let nowMs = 0;
const never = new AbortController().signal;

beforeAll(async () => {
  store = await openStore({
    uri: process.env.MONGODB_URI ?? "",
    database: `promise-keeper-${randomUUID().slice(0, 8)}`,
  });
  await ensureIndexes(store);
});

afterAll(async () => {
  await store.db.dropDatabase();
  await store.close();
});

beforeEach(async () => {
  nowMs = 1_000_000;
  await store.db.collection("outbox").deleteMany({});
});

const promise = (...ids: readonly string[]) =>
  runTransaction(store, (session) =>
    new Outbox(store).add(
      ids.map((_id, index) => ({ _id, kind: "mail", payload: {}, createdAt: new Date(nowMs + index) })),
      session,
    ),
  );

function createKeeper(
  send: PromiseKeeperOptions["send"],
  over: Partial<PromiseKeeperOptions> = {},
): PromiseKeeper {
  return new PromiseKeeper({
    kind: "mail",
    queue: new PromiseQueue(store),
    send,
    isAvailable: () => true,
    schedule: { waitsSeconds: [10, 60], giveUpAfterSeconds: 200 },
    metrics: createHealthMetrics(createMetrics("test", { processMetrics: false })),
    logger: createLogger("test", "silent"),
    now: () => new Date(nowMs),
    ...over,
  });
}

const read = (id: string) => store.db.collection<{ _id: string }>("outbox").findOne({ _id: id });

describe("PromiseKeeper", () => {
  test("one that fails is tried again after growing waits, the others are not held up", async () => {
    await promise("bad", "good");
    const tried: string[] = [];
    const keeper = createKeeper((entry) => {
      tried.push(`${entry._id} ${entry.tries}`);
      return Promise.resolve(entry._id === "bad" ? { kind: "failed", detail: "away" } : { kind: "sent" });
    });
    await keeper.sweep(never);
    await keeper.sweep(never);
    expect([...tried].sort()).toEqual(["bad 1", "good 1"]);
    nowMs += 10_000;
    await keeper.sweep(never);
    nowMs += 59_000;
    await keeper.sweep(never);
    expect(tried).toHaveLength(3);
    nowMs += 1_000;
    await keeper.sweep(never);
    expect(tried.at(-1)).toBe("bad 3");
    expect(await read("good")).toMatchObject({ doneAt: expect.any(Date) });
    expect(await read("bad")).toMatchObject({ pending: true, failure: "away" });
  });

  test("what never works is given up in the end and says why", async () => {
    await promise("late", "refused");
    const keeper = createKeeper((entry) =>
      Promise.resolve(
        entry._id === "refused"
          ? { kind: "refused", detail: "no such user" }
          : { kind: "failed", detail: "away" },
      ),
    );
    for (let n = 0; n < 10; n++) {
      await keeper.sweep(never);
      nowMs += 60_000;
    }
    expect(await read("refused")).toMatchObject({
      failure: "no such user",
      tries: 1,
      doneAt: expect.any(Date),
    });
    expect(await read("late")).toMatchObject({ failure: "away", doneAt: expect.any(Date) });
    expect(await new PromiseQueue(store).countPending("mail")).toBe(0);
  });

  test("what waits is told: how many, and for how long the oldest has been promised", async () => {
    const { registry, ...makers } = createMetrics("test", { processMetrics: false });
    const keeper = createKeeper(() => Promise.resolve({ kind: "sent" }), {
      metrics: createHealthMetrics({ registry, ...makers }),
      isAvailable: () => false,
    });
    const told = async () => {
      await keeper.sweep(never);
      const text = await registry.metrics();
      return [...text.matchAll(/^hooklane_notifications_pending(?:_oldest_seconds)?\{.*\} (\d+)$/gm)].map(
        ([, value]) => Number(value),
      );
    };
    expect(await told()).toEqual([0, 0]);
    await promise("first", "second");
    nowMs += 90_000;
    expect(await told()).toEqual([2, 90]);
  });

  test("a defect in sending one keeps neither it nor the others from being tried", async () => {
    await promise("broken", "good");
    const keeper = createKeeper((entry) =>
      entry._id === "broken" ? Promise.reject(new Error("defect")) : Promise.resolve({ kind: "sent" }),
    );
    await keeper.sweep(never);
    expect(await read("good")).toMatchObject({ doneAt: expect.any(Date) });
    expect(await read("broken")).toMatchObject({ pending: true, tries: 1 });
  });

  test("nothing is taken up, and no try is used, while the way is closed", async () => {
    await promise("waiting");
    const keeper = createKeeper(() => Promise.reject(new Error("must not be asked")), {
      isAvailable: () => false,
    });
    await keeper.sweep(never);
    expect(await read("waiting")).not.toHaveProperty("tries");
  });

  test("two processes never work on the same one; the one of a dead process is taken up when its lease ends", async () => {
    await promise("one");
    const queue = new PromiseQueue(store);
    const claims = await Promise.all(
      Array.from({ length: 5 }, () => queue.claim("mail", new Date(nowMs), 60_000)),
    );
    expect(claims.filter((claim) => claim !== undefined)).toHaveLength(1);
    nowMs += 60_000;
    expect(await queue.claim("mail", new Date(nowMs), 60_000)).toMatchObject({ _id: "one", tries: 2 });
  });

  test("a claim whose lease has ended changes nothing any more", async () => {
    await promise("one");
    const queue = new PromiseQueue(store);
    const first = await queue.claim("mail", new Date(nowMs), 60_000);
    nowMs += 60_000;
    await queue.claim("mail", new Date(nowMs), 60_000);
    await queue.postpone(first!, new Date(nowMs - 1), "late answer");
    expect(await queue.claim("mail", new Date(nowMs), 60_000)).toBeUndefined();
  });
});
