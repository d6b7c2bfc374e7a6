import { expect, test } from "@jest/globals";
import type { PartitionCheckpoint, PartitionLanes } from "@hooklane/lanes";
import { LeaseTime } from "./lease-time.js";
import { PartitionRunner, type RunnerActions } from "./partition-runner.js";

const EMPTY: PartitionCheckpoint = { committed: 0, done: new Uint8Array(0), sources: {}, lanes: {} };

test("what nobody deletes any more is looked for again and again, not at the claim alone", () => {
  let now = 0;
  const collected: number[] = [];
  const lanes = { onStored: () => undefined, takeDecisions: () => [], dueAt: undefined };
  const actions = {
    collectLeftovers: (_partition: number, _logEpoch: number, { committed }: PartitionCheckpoint) =>
      collected.push(committed),
  };
  const clock = { now: () => now, wallNow: () => now };
  const runner = new PartitionRunner(
    { partition: 0, epoch: 1, logEpoch: 0 },
    lanes as unknown as PartitionLanes,
    new LeaseTime(clock),
    actions as unknown as RunnerActions,
    { clock, requestTimeoutMs: 5_000 },
  );
  // A former owner parked 0..99 and ended; at the first checkpoint none of them was read from the log again.
  runner.onStored(EMPTY);
  expect(collected).toEqual([0]);
  for (; now < 3_600_000; now += 500) runner.onStored({ ...EMPTY, committed: 100 });
  expect(collected).toContain(100);
});

test("a partition that is not read, as it holds too much, says so until it goes on", () => {
  let decided: { readonly kind: "pause" | "resume" }[] = [];
  const lanes = { takeDecisions: () => decided.splice(0), dueAt: undefined };
  const actions = { pause: () => undefined, resume: () => undefined };
  const clock = { now: () => 0, wallNow: () => 0 };
  const runner = new PartitionRunner(
    { partition: 0, epoch: 1, logEpoch: 0 },
    lanes as unknown as PartitionLanes,
    new LeaseTime(clock),
    actions as unknown as RunnerActions,
    { clock, requestTimeoutMs: 5_000 },
  );
  const decide = (kind: "pause" | "resume") => {
    decided = [{ kind }];
    runner.run(() => undefined);
    return runner.isPaused;
  };
  expect(decide("pause")).toBe(true);
  expect(decide("resume")).toBe(false);
});
