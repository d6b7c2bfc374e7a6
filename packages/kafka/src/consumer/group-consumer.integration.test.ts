import { afterAll, beforeAll, describe, expect, jest, test } from "@jest/globals";
import { Producer } from "../producer/producer.js";
import { openTestKafka, until, type TestKafka } from "../testing/test-kafka.js";
import { GroupConsumer, type GroupConsumerOptions } from "./group-consumer.js";

jest.setTimeout(60_000);

let stack: TestKafka;
let producer: Producer;

beforeAll(async () => {
  stack = await openTestKafka();
  producer = new Producer(stack.connection);
});
afterAll(async () => {
  await producer.close();
  await stack.close();
});

async function newTopic(name: string, partitions: number): Promise<string> {
  const topic = `${stack.prefix}.${name}`;
  await stack.createTopic(topic, partitions);
  return topic;
}

function newConsumer(
  topic: string,
  options: Partial<GroupConsumerOptions> & Pick<GroupConsumerOptions, "handler">,
) {
  return new GroupConsumer(stack.connection, { groupId: `${topic}.group`, topics: [topic], ...options });
}

async function sendNumbers(topic: string, partition: number, from: number, to: number): Promise<void> {
  await producer.sendAll(
    Array.from({ length: to - from }, (_, i) => ({ topic, partition, key: "k", value: String(from + i) })),
  );
}

const never = (signal: AbortSignal) =>
  new Promise<never>((_resolve, reject) => {
    const stop = () => reject(signal.reason as Error);
    if (signal.aborted) stop();
    signal.addEventListener("abort", stop);
  });

describe("a member of a shared group", () => {
  test("begins at the start of the log, keeps the order, and goes on behind its commits", async () => {
    const topic = await newTopic("resume", 2);
    const seen: string[] = [];
    const handler: GroupConsumerOptions["handler"] = ({ partition, records }) => {
      for (const { value } of records) seen.push(`${partition}:${value!.toString()}`);
      return Promise.resolve();
    };
    await sendNumbers(topic, 0, 0, 1_500);
    const first = newConsumer(topic, { handler });
    first.start();
    await until("the first consumer has read all", () => seen.length === 1_500);
    await first.close();
    expect(seen).toEqual(Array.from({ length: 1_500 }, (_, n) => `0:${n}`));

    await sendNumbers(topic, 0, 1_500, 1_510);
    const second = newConsumer(topic, { handler });
    second.start();
    await until("the second consumer has read the rest", () => seen.length >= 1_510);
    await second.close();
    expect(seen.slice(1_500)).toEqual(Array.from({ length: 10 }, (_, n) => `0:${1_500 + n}`));
    expect((await stack.admin.committedOffsets(`${topic}.group`, topic)).get(0)).toBe(1_510);
  });

  test("commits nothing before what handlers left in memory is stored", async () => {
    const topic = await newTopic("stored-first", 1);
    await sendNumbers(topic, 0, 0, 10);
    let isStoreAway = true;
    const held: number[] = [];
    const stored: number[] = [];
    const consumer = newConsumer(topic, {
      handler: ({ records }) => {
        held.push(...records.map(({ offset }) => offset));
        return Promise.resolve();
      },
      beforeCommit: () => {
        if (isStoreAway) return Promise.reject(new Error("the database is away"));
        stored.push(...held.splice(0));
        return Promise.resolve();
      },
    });
    const committed = async () => (await stack.admin.committedOffsets(`${topic}.group`, topic)).get(0) ?? -1;
    consumer.start();
    await until("all are done", () => held.length === 10);
    expect(await committed()).toBeLessThan(1);
    isStoreAway = false;
    await until("all are committed", async () => (await committed()) === 10);
    await consumer.close();
    expect(stored).toEqual(Array.from({ length: 10 }, (_, n) => n));
  });

  test("hands out again what was not done when it closed", async () => {
    const topic = await newTopic("redeliver", 1);
    await sendNumbers(topic, 0, 0, 10);
    let isStuck = false;
    const stuck = newConsumer(topic, {
      batchRecordsMax: 4,
      handler: async ({ records }, signal) => {
        if (records[0]!.offset < 4) return;
        isStuck = true;
        await never(signal);
      },
    });
    stuck.start();
    await until("the handler is stuck in the second batch", () => isStuck);
    await stuck.close(50);

    const seen: number[] = [];
    const next = newConsumer(topic, {
      handler: ({ records }) => {
        seen.push(...records.map(({ offset }) => offset));
        return Promise.resolve();
      },
    });
    next.start();
    await until("the rest arrives", () => seen.length >= 6);
    await next.close();
    expect(seen).toEqual([4, 5, 6, 7, 8, 9]);
  });

  test("a partition whose handler is stuck for longer than a session holds back neither the others nor the membership", async () => {
    const topic = await newTopic("stuck", 2);
    await sendNumbers(topic, 0, 0, 1);
    let stuckAborted = false;
    let done = 0;
    const consumer = newConsumer(topic, {
      queuedRecordsMax: 10,
      handler: async ({ partition, records }, signal) => {
        if (partition === 1) done += records.length;
        else
          await never(signal).catch((error: unknown) => {
            stuckAborted = true;
            throw error;
          });
      },
    });
    consumer.start();
    await until("it has joined", () => consumer.isReady);
    // The stuck partition is over its bound, so it is paused.
    await sendNumbers(topic, 0, 1, 200);
    const start = performance.now();
    let sent = 0;
    await until("seven seconds of work on the other partition", async () => {
      await sendNumbers(topic, 1, sent, sent + 5);
      sent += 5;
      const latest = sent;
      await until("the other partition is worked on at once", () => done >= latest, 2_000);
      return performance.now() - start > 7_000;
    });
    expect(consumer.isReady).toBe(true);
    expect(stuckAborted).toBe(false);
    expect(done).toBe(sent);
    await consumer.close(50);
    expect(stuckAborted).toBe(true);
  });

  test("a failing batch is repeated as it is, and never skipped", async () => {
    const topic = await newTopic("failing", 1);
    await sendNumbers(topic, 0, 0, 3);
    const calls: number[][] = [];
    const consumer = newConsumer(topic, {
      handler: ({ records }) => {
        calls.push(records.map(({ offset }) => offset));
        return calls.length < 4 ? Promise.reject(new Error("not yet")) : Promise.resolve();
      },
    });
    consumer.start();
    await until("the batch is done", () => calls.length >= 4);
    await consumer.close();
    expect(calls).toEqual([
      [0, 1, 2],
      [0, 1, 2],
      [0, 1, 2],
      [0, 1, 2],
    ]);
    expect((await stack.admin.committedOffsets(`${topic}.group`, topic)).get(0)).toBe(3);
  });

  test("over a rebalance no partition is worked on twice at a time, and no record is lost or out of order", async () => {
    const topic = await newTopic("rebalance", 4);
    const seen = new Map<number, number[]>([0, 1, 2, 3].map((partition) => [partition, []]));
    const working = new Set<number>();
    let overlaps = 0;
    const handler: GroupConsumerOptions["handler"] = async ({ partition, records }) => {
      if (working.has(partition)) overlaps++;
      working.add(partition);
      await new Promise((resolve) => setTimeout(resolve, 2));
      seen.get(partition)!.push(...records.map(({ offset }) => offset));
      working.delete(partition);
    };
    const first = newConsumer(topic, { handler, batchRecordsMax: 5 });
    first.start();
    await until("the first has joined", () => first.isReady);
    const sending = (async () => {
      for (let round = 0; round < 100; round++) {
        for (let partition = 0; partition < 4; partition++)
          await sendNumbers(topic, partition, round, round + 1);
      }
    })();
    const second = newConsumer(topic, { handler, batchRecordsMax: 5 });
    second.start();
    await until("both share the partitions", () => second.isReady && first.isReady);
    await sending;
    await until("everything was worked on", () =>
      [...seen.values()].every((offsets) => new Set(offsets).size === 100),
    );
    await Promise.all([first.close(), second.close()]);
    expect(overlaps).toBe(0);
    for (const offsets of seen.values()) {
      // Repeats are allowed; the first time each is seen is in order.
      expect([...new Set(offsets)]).toEqual(Array.from({ length: 100 }, (_, n) => n));
    }
  });

  test("partitions added to the topic are read from their first record, after one new generation for all", async () => {
    const topic = await newTopic("grows", 2);
    const seen: string[] = [];
    const joins = new Map<string, number>();
    const openMember = (name: string) => {
      const count = (_: object, event: string) =>
        event === "consumer.joined" && joins.set(name, (joins.get(name) ?? 0) + 1);
      const logger = { ...stack.connection.logger, info: count };
      return new GroupConsumer(
        { ...stack.connection, logger },
        {
          groupId: `${topic}.group`,
          topics: [topic],
          metadataMaxAgeMs: 2_000,
          handler: ({ partition, records }) => {
            for (const { value } of records) seen.push(`${partition}:${value!.toString()}`);
            return Promise.resolve();
          },
        },
      );
    };
    const members = ["a", "b", "c"].map(openMember);
    for (const member of members) member.start();
    const assigned = async () => (await stack.admin.groupStanding(`${topic}.group`, topic)).partitions;
    await until("both partitions are assigned to three members", async () => {
      const { members: found, partitions } = await stack.admin.groupStanding(`${topic}.group`, topic);
      return found === 3 && partitions.length === 2 && members.every(({ isReady }) => isReady);
    });
    await sendNumbers(topic, 0, 0, 50);
    joins.clear();
    await stack.admin.addPartitions(topic, 4);
    // Written before anybody reads there.
    await sendNumbers(topic, 3, 0, 50);
    await sendNumbers(topic, 0, 50, 100);
    await until("all are read", () => new Set(seen).size === 150);
    expect(await assigned()).toEqual([0, 1, 2, 3]);
    const askedAgainAt = performance.now() + 3 * 2_000;
    await until("each has asked for the partitions once more", () => performance.now() > askedAgainAt);
    for (const member of members) await member.close();
    for (const partition of [0, 3]) {
      const read = [...new Set(seen)].filter((each) => each.startsWith(`${partition}:`));
      expect(read).toEqual(Array.from({ length: partition === 0 ? 100 : 50 }, (_, n) => `${partition}:${n}`));
    }
    // Who is not the leader and looks first joins the same generation again, for nothing.
    expect(Math.max(...joins.values())).toBeLessThanOrEqual(2);
  });

  test("tells the lag of what it holds", async () => {
    const topic = await newTopic("lag", 1);
    await sendNumbers(topic, 0, 0, 50);
    let release: (() => void) | undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    const consumer = newConsumer(topic, { handler: () => held });
    consumer.start();
    await until("the lag is seen", () => consumer.lags[0]?.lag === 50);
    release?.();
    await until("the lag is gone", () => consumer.lags[0]?.lag === 0);
    await consumer.close();
  });
});
