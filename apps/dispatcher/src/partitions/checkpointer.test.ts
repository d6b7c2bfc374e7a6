import { expect, test } from "@jest/globals";
import { type LeaseSubject, LEASE_MS } from "@hooklane/lanes";
import { createLogger, createMetrics, systemClock } from "@hooklane/service";
import type { CheckpointOutcome, PartitionContent, PartitionState } from "@hooklane/store";
import { createDispatcherMetrics } from "../metrics.js";
import { Checkpointer } from "./checkpointer.js";
import { instantOf, LeaseTime } from "./lease-time.js";

const NOWHERE: PartitionContent = {
  clusterId: null,
  logEpoch: 0,
  committed: 0,
  done: new Uint8Array(0),
  sources: {},
  lanes: {},
  seen: null,
};

interface Answers {
  readonly save: (save: number) => CheckpointOutcome | Promise<CheckpointOutcome>;
  readonly readState?: () => Promise<PartitionState>;
}

/** A checkpointer over a database that answers as told; what it was asked to store, and what it told. */
function open({ save, readState = () => new Promise(() => undefined) }: Answers) {
  const saves: { ver: number; release: boolean; committed: number }[] = [];
  const told: string[] = [];
  const since = instantOf(systemClock);
  const lease = new LeaseTime(systemClock, since);
  let committed = 0;
  let onEnded: () => void;
  const ended = new Promise<void>((resolve) => (onEnded = resolve));
  const subject: LeaseSubject<number> = {
    isDirty: false,
    checkpoint: () => ++committed,
    markDirty: () => undefined,
    pending: { inFlight: 0, counting: 0, unreported: 0 },
  };
  const checkpointer = new Checkpointer<number>(
    { partition: 0, epoch: 1, since },
    subject,
    (content) => ({ ...NOWHERE, committed: content }),
    {
      repository: {
        save: ({ ver }, content, { release }) => {
          saves.push({ ver, release, committed: content.committed });
          return new Promise((resolve) => resolve(save(saves.length)));
        },
        readState,
      },
      clock: systemClock,
      metrics: createDispatcherMetrics(createMetrics("test", { processMetrics: false })),
      logger: createLogger("test", "silent"),
    },
    {
      onRenewed: (from) => lease.renew(from),
      onStored: (content) => told.push(`stored ${content}`),
      onStop: () => told.push("stop"),
      onAbort: () => told.push("abort"),
      onDiscard: (cause) => told.push(`discard ${cause}`),
      onEnded: (cause) => {
        told.push(`ended ${cause}`);
        onEnded();
      },
    },
  );
  return { checkpointer, saves, told, ended, lease };
}

test("a release stores once, says exactly what was stored, and ends", async () => {
  const { checkpointer, saves, told, ended, lease } = open({ save: () => ({ kind: "stored", ver: 1 }) });
  checkpointer.release();
  await ended;
  expect(saves).toEqual([{ ver: 0, release: true, committed: 1 }]);
  expect(told).toEqual(["stop", "stored 1", "discard released", "ended released"]);
  expect(lease.leftMs).toBeGreaterThan(LEASE_MS - 5_000);
});

test("a database that refuses at once is asked again, at a pace, and given up in time", async () => {
  const refuse = () => Promise.reject(new Error("no primary"));
  const { checkpointer, told, ended } = open({ save: refuse, readState: refuse });
  const startedAt = performance.now();
  checkpointer.release();
  await ended;
  expect(performance.now() - startedAt).toBeLessThan(4_000);
  expect(told.at(-1)).toBe("ended abandoned");
});

test("a database that never answers is given up in time, too", async () => {
  const { checkpointer, saves, told, ended } = open({ save: () => new Promise(() => undefined) });
  const startedAt = performance.now();
  checkpointer.release();
  await ended;
  expect(performance.now() - startedAt).toBeLessThan(4_000);
  expect(saves).toHaveLength(1);
  expect(told.at(-1)).toBe("ended abandoned");
});

test("a release after a write whose answer was lost names the version that write left behind", async () => {
  const { checkpointer, saves, ended } = open({
    save: (nth) =>
      nth === 1 ? { kind: "other_version", ver: 7, released: false } : { kind: "stored", ver: 8 },
  });
  checkpointer.release();
  await ended;
  expect(saves.map(({ ver }) => ver)).toEqual([0, 7]);
});

test("an error is followed by a read of the state, which may say that somebody else is there", async () => {
  const { checkpointer, saves, told, ended } = open({
    save: () => Promise.reject(new Error("connection lost")),
    readState: () => Promise.resolve({ epoch: 2, ver: 0, released: false }),
  });
  checkpointer.start();
  await ended;
  expect(saves).toHaveLength(1);
  expect(told).toEqual(["discard fenced", "ended fenced"]);
});
