import { expect, test } from "@jest/globals";
import { createLogger, createMetrics } from "@hooklane/service";
import type { CheckpointOutcome, PartitionRepository } from "@hooklane/store";
import { systemClock } from "../clock.js";
import { createDispatcherMetrics } from "../metrics.js";
import { Checkpointer } from "./checkpointer.js";
import { LeaseTime } from "./lease-time.js";
import type { PartitionRunner } from "./partition-runner.js";

/** A checkpointer over a database that answers as told; what it was asked to store. */
function open(answer: (save: number) => CheckpointOutcome) {
  const saves: { ver: number; release: boolean }[] = [];
  const repository: Pick<PartitionRepository, "save"> = {
    save: ({ ver }, _content, { release }) => {
      saves.push({ ver, release });
      return new Promise((resolve) => resolve(answer(saves.length)));
    },
  };
  const runner = {
    partition: 0,
    epoch: 1,
    lease: new LeaseTime(systemClock),
    lanes: {
      checkpoint: () => ({ committed: 0, done: new Uint8Array(0), sources: {} }),
      markDirty: () => undefined,
    },
    run: () => undefined,
  };
  const checkpointer = new Checkpointer(
    repository as PartitionRepository,
    runner as unknown as PartitionRunner,
    { clusterId: "c", logEpoch: 0 },
    {
      metrics: createDispatcherMetrics(createMetrics("test", { processMetrics: false })),
      logger: createLogger("test", "silent"),
      onFenced: () => undefined,
    },
  );
  return { checkpointer, saves };
}

test("a release the database refuses at once is tried again, at a pace, and given up in time", async () => {
  const { checkpointer, saves } = open(() => {
    throw new Error("no primary");
  });
  const startedAt = performance.now();
  await checkpointer.release(300);
  expect(performance.now() - startedAt).toBeLessThan(2_000);
  expect(saves.length).toBeGreaterThan(1);
  expect(saves.length).toBeLessThan(10);
});

test("a release after a write whose answer was lost names the version that write left behind", async () => {
  const { checkpointer, saves } = open((save) =>
    save === 1 ? { kind: "other_version", ver: 7, released: false } : { kind: "stored", ver: 8 },
  );
  await checkpointer.release(5_000);
  expect(saves).toEqual([
    { ver: 0, release: true },
    { ver: 7, release: true },
  ]);
});
