import { afterAll, beforeAll, describe, expect, jest, test } from "@jest/globals";
import { openTestKafka, type TestKafka, until } from "./testing/test-kafka.js";
import { topicLayout, topicNames } from "./topics.js";

jest.setTimeout(60_000);

let stack: TestKafka;

beforeAll(async () => {
  stack = await openTestKafka();
});
afterAll(async () => {
  await stack.close();
});

describe("the topics of the design", () => {
  test("are created once with partitions, retention and size of the table, and then found without differences", async () => {
    const layout = topicLayout("local", stack.topics);
    await expect(stack.admin.ensureTopics(layout)).resolves.toEqual({ created: [], differences: [] });
    await expect(stack.admin.partitionCount(stack.topics.deliveries)).resolves.toBe(8);
    await expect(stack.admin.logBounds(stack.topics.events)).resolves.toEqual(
      [0, 1, 2, 3].map((partition) => ({ partition, first: 0, end: 0 })),
    );
  });

  test("that differ are reported, and left as they are", async () => {
    const asked = topicLayout("local", stack.topics).map((spec) =>
      spec.name === stack.topics.events
        ? { ...spec, partitions: 6, retentionMs: 1_000, maxMessageBytes: 4_096 }
        : spec,
    );
    const { created, differences } = await stack.admin.ensureTopics(asked);
    expect(created).toEqual([]);
    expect(differences).toEqual([
      { topic: stack.topics.events, setting: "partitions", expected: "6", found: "4" },
      { topic: stack.topics.events, setting: "retention.ms", expected: "1000", found: "604800000" },
      { topic: stack.topics.events, setting: "max.message.bytes", expected: "4096", found: "2097152" },
    ]);
    await expect(stack.admin.partitionCount(stack.topics.events)).resolves.toBe(4);
  });

  test("can be created by two processes at the same time", async () => {
    const layout = topicLayout("local", topicNames(`${stack.prefix}-twice`));
    const results = await Promise.all([stack.admin.ensureTopics(layout), stack.admin.ensureTopics(layout)]);
    expect(results.flatMap(({ differences }) => differences)).toEqual([]);
    await stack.admin.deleteTopics(layout.map(({ name }) => name));
  });
});

describe("partitions added to a topic", () => {
  test("are there with a leader, once, and what asks for the ends of the logs learns of them at once", async () => {
    const topic = `${stack.prefix}.grows`;
    await stack.createTopic(topic, 2);
    // The client of `stack.admin` has loaded what the topic had before.
    await expect(stack.admin.logBounds(topic)).resolves.toHaveLength(2);
    await expect(stack.admin.addPartitions(topic, 5, { isTrial: true })).resolves.toBe(true);
    await expect(stack.admin.topicStanding(topic)).resolves.toMatchObject({ partitions: 2 });
    await expect(stack.admin.addPartitions(topic, 5)).resolves.toBe(true);
    await until("all have a leader", async () => {
      const standing = await stack.admin.topicStanding(topic);
      return standing?.partitions === 5 && standing.leaderless.length === 0;
    });
    await expect(stack.admin.logBounds(topic)).resolves.toHaveLength(5);
    await expect(stack.admin.addPartitions(topic, 5)).resolves.toBe(false);
  });

  test("are refused where there are more already, and where there is no topic", async () => {
    await expect(stack.admin.addPartitions(stack.topics.deliveries, 4)).rejects.toMatchObject({
      name: "KafkaError",
      retryable: false,
    });
    await expect(stack.admin.addPartitions(`${stack.prefix}.nowhere`, 4)).rejects.toMatchObject({
      code: "unknown_topic",
    });
    await expect(stack.admin.topicStanding(`${stack.prefix}.nowhere`)).resolves.toBeUndefined();
  });
});

describe("the cluster", () => {
  test("is ready when a group can be joined and a producer id be had", async () => {
    await expect(stack.admin.waitUntilReady(stack.topics.events, 30_000)).resolves.toBeUndefined();
  });

  test("has an id that does not change between calls", async () => {
    const id = await stack.admin.clusterId();
    expect(id.length).toBeGreaterThan(0);
    await expect(stack.admin.clusterId()).resolves.toBe(id);
  });

  test("says which topic is unknown", async () => {
    await expect(stack.admin.partitionCount(`${stack.prefix}.nowhere`)).rejects.toMatchObject({
      code: "unknown_topic",
    });
  });
});
