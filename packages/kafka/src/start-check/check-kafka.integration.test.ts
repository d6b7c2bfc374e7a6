import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import type { KafkaClient } from "../connection.js";
import { openTestKafka, type TestKafka } from "../testing/test-kafka.js";
import { topicLayout } from "../topics.js";
import { checkKafka } from "./check-kafka.js";

let kafka: TestKafka;
let client: KafkaClient;

beforeAll(async () => {
  kafka = await openTestKafka();
  client = kafka.connection;
});
afterAll(() => kafka.close());

describe("the look at Kafka before the start", () => {
  test("finds nothing to say where rights are not looked at and the topics are ours", async () => {
    const needs = {
      topics: Object.values(kafka.topics).map((name: string) => ({
        name,
        operations: ["Read", "Write"] as const,
      })),
      groups: [{ name: `${kafka.prefix}.a`, operations: ["Read", "Delete"] as const }],
    };
    await expect(checkKafka(client, needs)).resolves.toBeUndefined();
  });

  test("a topic that is not there yet is waited for", async () => {
    const topics = [{ name: `${kafka.prefix}.missing`, operations: ["Read"] as const }];
    await expect(checkKafka(client, { topics, groups: [] })).rejects.toMatchObject({
      code: "unknown_topic",
      retryable: true,
      message: expect.stringContaining(`${kafka.prefix}.missing`),
    });
  });

  test("a topic that would refuse large events is refused, where it is written to", async () => {
    const [spec] = topicLayout("local", kafka.topics);
    const name = `${kafka.prefix}.small`;
    await kafka.createTopic(name, 1);
    await kafka.admin.deleteTopics([name]);
    await kafka.admin.ensureTopics([{ ...spec!, name, partitions: 1, maxMessageBytes: 1_000_000 }]);
    const check = (operations: readonly ("Read" | "Write")[]) =>
      checkKafka(client, { topics: [{ name, operations }], groups: [] });
    await expect(check(["Read"])).resolves.toBeUndefined();
    await expect(check(["Write"])).rejects.toMatchObject({
      name: "KafkaRefusal",
      remedy: expect.stringMatching(/max\.message\.bytes=1000000.*--add-config max\.message\.bytes=2097152$/),
    });
  });
});
