import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { openTestKafka, type TestKafka } from "../testing/test-kafka.js";
import { checkPartitions } from "./check-partitions.js";

let stack: TestKafka;
const name = `places-${randomUUID().slice(0, 8)}`;
let prefix: string;

beforeAll(async () => {
  stack = await openTestKafka();
  prefix = `${stack.prefix}.${name}`;
  await stack.createTopic(`${prefix}.events.v1`, 2);
  await stack.createTopic(`${prefix}.deliveries.v1`, 3);
}, 60_000);
afterAll(() => stack.close());

test("topics with as many partitions as are known, or more, are fine; and those nobody placed anything on", async () => {
  await checkPartitions(stack.connection, prefix, { events: 2, deliveries: 3 });
  await checkPartitions(stack.connection, prefix, { events: 1 });
  await checkPartitions(stack.connection, `${prefix}.none`, { events: 0, deliveries: 0 });
});

test("topics that were made anew with fewer are refused, each with the command that mends it", async () => {
  await expect(checkPartitions(stack.connection, prefix, { events: 4, deliveries: 8 })).rejects.toMatchObject(
    {
      name: "KafkaRefusal",
      message: "Kafka has fewer partitions than it had",
      remedy: [
        `${prefix}.events.v1 has 2 partitions, and owners are placed on 4: npm run add-partitions -- --events 4`,
        `${prefix}.deliveries.v1 has 3 partitions, and owners are placed on 8: npm run add-partitions -- --deliveries 8`,
      ].join("\n"),
    },
  );
});
