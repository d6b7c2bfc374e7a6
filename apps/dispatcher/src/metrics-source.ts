import type { Clock } from "./clock.js";
import type { MetricsSource } from "./metrics.js";
import type { PartitionOwner } from "./partitions/partition-owner.js";
import type { PartitionRunner } from "./partitions/partition-runner.js";
import type { ResultPublisher } from "./results/result-publisher.js";
import type { FailingWebhooks } from "./rule/failing-webhooks.js";

/** Sums what the owned partitions know. */
export function toMetricsSource(parts: {
  readonly clock: Clock;
  readonly owner: PartitionOwner;
  readonly publisher: ResultPublisher;
  readonly failing: FailingWebhooks;
  readonly highWatermark: (partition: number) => number | undefined;
}): MetricsSource {
  const { clock, owner, publisher, failing, highWatermark } = parts;
  const sum = (read: (runner: PartitionRunner) => number) =>
    owner.runners.reduce((total, runner) => total + read(runner), 0);
  return {
    lanes: () => {
      const total = { live: 0, retrying: 0, holding: 0, deferred: 0 };
      for (const runner of owner.runners) {
        const { lanes } = runner.lanes.census(clock.now());
        total.live += lanes.live;
        total.retrying += lanes.retrying;
        total.holding += lanes.holding;
        total.deferred += lanes.deferred;
      }
      return total;
    },
    oldestHeadSeconds: () => {
      const now = clock.now();
      const ages = owner.runners.map((runner) => now - (runner.lanes.census(now).oldestEnqueuedAt ?? now));
      return Math.max(0, ...ages) / 1000;
    },
    inFlight: () => sum((runner) => runner.lanes.pending.inFlight),
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
