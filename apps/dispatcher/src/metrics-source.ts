import type { LaneCensus } from "@hooklane/lanes";
import type { Clock } from "./clock.js";
import type { MetricsSource } from "./metrics.js";
import type { PartitionOwner } from "./partitions/partition-owner.js";
import type { PartitionRunner } from "./partitions/partition-runner.js";
import type { ResultPublisher } from "./results/result-publisher.js";
import type { FailingWebhooks } from "./rule/failing-webhooks.js";
import type { SocketsCensus } from "./sending/create-sender.js";

const NO_LANES: LaneCensus = {
  live: 0,
  retrying: 0,
  draining: 0,
  catching_up: 0,
  holding: 0,
  deferred: 0,
  overdue: 0,
};
const LANE_STATES = Object.keys(NO_LANES) as (keyof LaneCensus)[];

/** Sums what the owned partitions know. */
export function toMetricsSource(parts: {
  readonly clock: Clock;
  readonly owner: PartitionOwner;
  readonly publisher: ResultPublisher;
  readonly failing: FailingWebhooks;
  readonly sockets: () => SocketsCensus;
  readonly highWatermark: (partition: number) => number | undefined;
}): MetricsSource {
  const { clock, owner, publisher, failing, sockets, highWatermark } = parts;
  const sum = (read: (runner: PartitionRunner) => number) =>
    owner.runners.reduce((total, runner) => total + read(runner), 0);
  return {
    lanes: () => {
      const total = { ...NO_LANES };
      for (const runner of owner.runners) {
        const { lanes } = runner.lanes.census(clock.now());
        for (const state of LANE_STATES) total[state] += lanes[state];
      }
      return total;
    },
    oldestHeadSeconds: () => {
      const now = clock.now();
      const ages = owner.runners.map((runner) => now - (runner.lanes.census(now).oldestEnqueuedAt ?? now));
      return Math.max(0, ...ages) / 1000;
    },
    inFlight: () => sum((runner) => runner.lanes.pending.inFlight),
    sockets,
    queued: () => ({
      records: sum((runner) => runner.lanes.queued.records),
      bytes: sum((runner) => runner.lanes.queued.bytes),
    }),
    resultsPending: () => publisher.pending,
    watermarkLag: () => sum((runner) => runner.lanes.next - runner.lanes.committed),
    lag: () =>
      sum((runner) =>
        Math.max(0, (highWatermark(runner.partition) ?? runner.lanes.next) - runner.lanes.committed),
      ),
    partitions: () => owner.runners.length,
    leaseLeftSeconds: () => Math.min(15_000, ...owner.runners.map((runner) => runner.lease.leftMs)) / 1000,
    breakers: () => failing.size,
  };
}
