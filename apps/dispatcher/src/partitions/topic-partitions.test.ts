import { describe, expect, test } from "@jest/globals";
import { TopicPartitions, type TopicPartitionsParts } from "./topic-partitions.js";

/** What was asked of the database and said, and a database that fails as often as told. */
function open({ failures = 0 } = {}) {
  const ensured: number[] = [];
  const said: unknown[] = [];
  const parts = {
    topic: "deliveries",
    partitions: {
      ensure: (count: number) => {
        if (failures-- > 0) return Promise.reject(new Error("away"));
        ensured.push(count);
        return Promise.resolve();
      },
    },
    logger: { warn: (fields: object) => said.push(fields) },
  };
  return { ensured, said, known: new TopicPartitions(parts as unknown as TopicPartitionsParts) };
}

const standings = (count: number) =>
  Array.from({ length: count }, (_, partition) => ({
    partition,
    epoch: 1,
    isClaimable: true,
    isTooNew: false,
  }));

describe("partitions of the topic and their documents", () => {
  test("a partition that was added gets its document, asked for once", async () => {
    const { known, ensured } = open();
    known.note(4);
    await known.ensure();
    await known.ensure();
    known.note(6);
    await known.ensure();
    await known.ensure();
    expect(ensured).toEqual([4, 6]);
  });

  test("a document that could not be made is asked for again", async () => {
    const { known, ensured } = open({ failures: 1 });
    known.note(4);
    await expect(known.ensure()).rejects.toThrow("away");
    await known.ensure();
    expect(ensured).toEqual([4]);
  });

  test("documents the topic has no partition for are left alone, and that is said once", () => {
    const { known, said } = open();
    known.note(4);
    expect(known.readable(standings(4))).toHaveLength(4);
    expect(known.readable(standings(6)).map(({ partition }) => partition)).toEqual([0, 1, 2, 3]);
    known.readable(standings(6));
    expect(said).toEqual([expect.objectContaining({ partitions: 4, documents: 6 })]);
    known.note(6);
    expect(known.readable(standings(6))).toHaveLength(6);
  });
});
