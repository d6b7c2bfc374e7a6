import { randomBytes } from "node:crypto";
import { openStore, type Store } from "@hooklane/store";
import { createTopics, dropTopics, readStackEnvironment, testKafka } from "@hooklane/testing";
import { afterEach, beforeEach, describe, expect, jest, test } from "@jest/globals";
import kafkajs, { type Admin } from "kafkajs";
import { addPartitions, type AddPartitionsEnd } from "../invariants/support/add-partitions.js";

jest.setTimeout(120_000);

const stack = readStackEnvironment();
let prefix: string;
let admin: Admin;
let store: Store;

beforeEach(async () => {
  prefix = `grow-${randomBytes(5).toString("hex")}`;
  await createTopics(stack.brokers, prefix);
  admin = testKafka(stack.brokers).admin();
  await admin.connect();
  store = await openStore({ uri: stack.mongodbUri, database: prefix });
});
afterEach(async () => {
  await admin.disconnect();
  await store.db.dropDatabase();
  await store.close();
  await dropTopics(stack.brokers, prefix);
});

/** The command on these topics and this database, while no service runs. */
const run = (...args: readonly string[]): Promise<AddPartitionsEnd> => addPartitions({ stack, prefix }, args);

/** Partitions of both topics, documents for dispatchers, places for endpoints and for workspaces. */
async function standing() {
  const topics = [`${prefix}.deliveries.v1`, `${prefix}.events.v1`];
  const { topics: found } = await admin.fetchTopicMetadata({ topics });
  const partitionsOf = (topic: string) => found.find(({ name }) => name === topic)?.partitions.length;
  const loads = store.db.collection<{ _id: string }>("partitionLoads");
  return {
    deliveries: partitionsOf(topics[0]!),
    events: partitionsOf(topics[1]!),
    documents: await store.db.collection("partitions").countDocuments(),
    endpointPlaces: await loads.countDocuments({ _id: /^deliveries\.v1\// }),
    workspacePlaces: await loads.countDocuments({ _id: /^events\.v1\// }),
  };
}

const UNTOUCHED = { deliveries: 8, events: 4, documents: 0, endpointPlaces: 0, workspacePlaces: 0 };
const GROWN = { deliveries: 12, events: 6, documents: 12, endpointPlaces: 12, workspacePlaces: 6 };

describe("add-partitions", () => {
  test("does the topics, the documents and the places; a trial does nothing, a repetition nothing more", async () => {
    const wanted = ["--deliveries", "12", "--events", "6"];
    const trial = await run(...wanted, "--dry-run");
    expect(trial.output).toContain("deliveries.v1: partitions 8 → 12, documents for dispatchers 0 → 12");
    expect(trial.output).toContain("nothing was changed");
    expect(trial.code).toBe(0);
    expect(await standing()).toEqual(UNTOUCHED);

    const done = await run(...wanted);
    expect(done.output).toContain("nothing runs that reads it");
    expect(done.code).toBe(0);
    expect(await standing()).toEqual(GROWN);

    const again = await run(...wanted);
    expect(again.output).toContain("events.v1: all 6 partitions are there");
    expect(again.code).toBe(0);
    expect(await standing()).toEqual(GROWN);
  });

  test("goes on where a run was cut off", async () => {
    const wanted = ["--deliveries=12", "--events=6"];
    const cut = await addPartitions({ stack, prefix }, wanted, "deliveries.v1: 12 partitions");
    expect(cut.code).toBeNull();
    expect((await standing()).documents).toBe(0);
    const again = await run(...wanted);
    expect(again.output).not.toContain("partitions 8 → 12");
    expect(again.code).toBe(0);
    expect(await standing()).toEqual(GROWN);
  });

  test("two at the same time do it once", async () => {
    const both = await Promise.all([run("--deliveries", "12"), run("--deliveries", "12")]);
    expect(both.map(({ code }) => code)).toEqual([0, 0]);
    expect(await standing()).toEqual({ ...GROWN, events: 4, workspacePlaces: 0 });
  });

  test("changes nothing when one of the two cannot be: fewer than there are, no topic, settings that lose records", async () => {
    const less = await run("--deliveries", "12", "--events", "3");
    expect(less.output).toContain("has 4 partitions, and Kafka cannot take any away: ask for 4 or more");
    expect(less.code).toBe(1);

    const nowhere = await addPartitions({ stack, prefix: `${prefix}-nowhere` }, ["--deliveries", "12"]);
    expect(nowhere.output).toContain("there is no topic for deliveries");
    expect(nowhere.code).toBe(1);

    await admin.alterConfigs({
      validateOnly: false,
      resources: [
        {
          type: kafkajs.ConfigResourceTypes.TOPIC,
          name: `${prefix}.events.v1`,
          configEntries: [
            { name: "cleanup.policy", value: "compact" },
            // What is not named goes back to its default.
            { name: "max.message.bytes", value: String(2 * 1024 * 1024) },
          ],
        },
      ],
    });
    const compacted = await run("--deliveries", "12", "--events", "6");
    expect(compacted.output).toContain("events.v1 has cleanup.policy compact where delete is needed");
    expect(compacted.code).toBe(1);
    expect(await standing()).toEqual(UNTOUCHED);
  });

  test("gives a topic that was made anew with fewer partitions what is placed on it, and nothing less", async () => {
    await run("--deliveries", "12");
    await admin.deleteTopics({ topics: [`${prefix}.deliveries.v1`] });
    await createTopics(stack.brokers, prefix);
    const less = await run("--deliveries", "10");
    expect(less.output).toContain("Ask for 12 or more");
    expect(less.code).toBe(1);
    expect((await run("--deliveries", "12")).code).toBe(0);
    expect((await standing()).deliveries).toBe(12);
  });

  test("says all of a configuration that is wrong, and connects to nothing", async () => {
    const wrong = await addPartitions({ stack: { ...stack, brokers: ["nowhere"] }, prefix }, [
      "--deliveries",
      "12",
    ]);
    expect(wrong.output).toContain("KAFKA_BROKERS");
    expect(wrong.output).not.toContain("at ");
    expect(wrong.code).toBe(1);
  });
});
