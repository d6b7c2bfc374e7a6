import { afterAll, beforeAll, describe, expect, jest, test } from "@jest/globals";
import { openTestKafka, readAll, type TestKafka } from "../testing/test-kafka.js";
import { Producer } from "./producer.js";

jest.setTimeout(60_000);

let stack: TestKafka;
const topic = () => stack.topics.deliveries;

beforeAll(async () => {
  stack = await openTestKafka();
});
afterAll(async () => {
  await stack.close();
});

describe("a producer on a real broker", () => {
  test("keeps the order of every partition and gives dense offsets back", async () => {
    const producer = new Producer(stack.connection);
    const sent = await Promise.all(
      Array.from({ length: 3_000 }, (_, n) =>
        producer.send({
          topic: topic(),
          partition: n % 8,
          key: `ep_${n % 8}`,
          value: String(n),
          headers: { meta: `{"n":${n}}` },
        }),
      ),
    );
    await producer.close();

    const records = await readAll(stack, topic());
    for (let partition = 0; partition < 8; partition++) {
      const inPartition = records.filter((record) => record.partition === partition);
      expect(inPartition.map(({ value }) => Number(value))).toEqual(
        Array.from({ length: 375 }, (_, i) => i * 8 + partition),
      );
      expect(inPartition.map(({ offset }) => offset)).toEqual(inPartition.map((_, i) => i));
    }
    expect(sent.map(({ partition, offset }) => `${partition}:${offset}`)).toEqual(
      sent.map((_, n) => `${n % 8}:${Math.floor(n / 8)}`),
    );
    expect(producer.stats.sends).toBeLessThan(300);
  });

  test("carries records that would be refused as one batch, and refuses what the topic never takes", async () => {
    const producer = new Producer(stack.connection);
    const large = Buffer.alloc(250 * 1024, "x");
    const positions = await producer.sendAll(
      Array.from({ length: 12 }, () => ({
        topic: stack.topics.attempts,
        partition: 0,
        key: "ws",
        value: large,
      })),
    );
    expect(positions.map(({ offset }) => offset)).toEqual(Array.from({ length: 12 }, (_, i) => i));
    const nearlyTwoMiB = Buffer.alloc(2 * 1024 * 1024 - 8_192, "y");
    await expect(
      producer.send({ topic: stack.topics.attempts, partition: 0, key: "ws", value: nearlyTwoMiB }),
    ).resolves.toEqual({ partition: 0, offset: 12 });
    await expect(
      producer.send({
        topic: stack.topics.attempts,
        partition: 0,
        key: "ws",
        value: Buffer.alloc(2 * 1024 * 1024),
      }),
    ).rejects.toMatchObject({ code: "too_large", retryable: false });
    await producer.close();
  });

  test("chooses the partition from the key when none is given, the same for the same key, and says which", async () => {
    const producer = new Producer(stack.connection);
    const record = (key: string) => ({ topic: stack.topics.inbound, key, value: "{}" });
    const [a, b, c] = await producer.sendAll([record("ws_a"), record("ws_b"), record("ws_a")]);
    expect(a!.partition).toBe(c!.partition);
    expect(c!.offset).toBeGreaterThan(a!.offset);
    expect(b!.partition).toBeGreaterThanOrEqual(0);
    await producer.close();
  });

  test("waits for a topic that does not exist yet instead of giving up", async () => {
    const producer = new Producer(stack.connection);
    const late = `${stack.prefix}.late.v1`;
    const sending = producer.send({ topic: late, key: null, value: "1" });
    await stack.createTopic(late, 1);
    await expect(sending).resolves.toEqual({ partition: 0, offset: 0 });
    await producer.close();
  });

  test("writes to a partition added a moment ago, and what goes with it once", async () => {
    const grown = `${stack.prefix}.grown`;
    await stack.createTopic(grown, 2);
    const producer = new Producer(stack.connection);
    const to = (partition: number, value: string) => ({ topic: grown, partition, key: "k", value });
    await producer.sendAll([to(0, "a0"), to(1, "a1")]);
    await stack.admin.addPartitions(grown, 3);
    const sentAt = performance.now();
    await producer.sendAll([to(0, "b0"), to(2, "b2"), to(1, "b1")]);
    expect(performance.now() - sentAt).toBeLessThan(10_000);
    await producer.close();
    const found = await readAll(stack, grown);
    expect(found.map(({ partition, value }) => `${partition}: ${value?.toString() ?? ""}`)).toEqual([
      "0: a0",
      "0: b0",
      "1: a1",
      "1: b1",
      "2: b2",
    ]);
    expect(producer.stats.replacements).toBe(0);
  });

  test("flushes what is waiting at close, and refuses afterwards", async () => {
    const producer = new Producer(stack.connection);
    const sending = producer.send({ topic: stack.topics.rejected, key: "ws", value: "last" });
    await producer.close();
    await expect(sending).resolves.toMatchObject({ partition: 0 });
    await expect(
      producer.send({ topic: stack.topics.rejected, key: "ws", value: "x" }),
    ).rejects.toMatchObject({
      code: "closed",
    });
  });
});
