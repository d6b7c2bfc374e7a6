import type { SoloConsumer } from "@hooklane/kafka";
import type { LaneCensus, PartitionLanes } from "@hooklane/lanes";
import type { Clock } from "@hooklane/service";
import type { GaugeSource } from "./gauges.js";
import type { LeaseTime } from "./partitions/lease-time.js";
import type { PartitionRunner } from "./partitions/partition-runner.js";
import type { ResultPublisher } from "./results/result-publisher.js";
import type { FailingWebhooks } from "./rule/failing-webhooks.js";
import type { SocketsCensus } from "@hooklane/outbound";

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

/** Several gauges of one scrape ask for the census, which walks all lanes: one walk does for all, milliseconds. */
const CENSUS_KEPT_MS = 20;

/** What is read of an owned partition. */
export interface ObservedPartition extends Pick<
  PartitionRunner,
  "partition" | "watermarkAgeMs" | "lastWrittenAt" | "isPaused"
> {
  readonly lanes: Pick<PartitionLanes, "next" | "committed" | "pending" | "queued" | "census">;
  readonly lease: Pick<LeaseTime, "leftMs">;
}

/** Whom the gauges ask. */
export interface GaugeParts {
  readonly clock: Clock;
  readonly owner: { readonly runners: readonly ObservedPartition[] };
  readonly publisher: Pick<ResultPublisher, "pending">;
  readonly failing: Pick<FailingWebhooks, "size">;
  readonly sockets: () => SocketsCensus;
  readonly consumer: Pick<SoloConsumer, "highWatermark" | "stats">;
  readonly queueBudgetBytes: number;
}

/** Reads and sums what the owned partitions know. */
export function toGaugeSource(parts: GaugeParts): GaugeSource {
  const { clock, owner, publisher, failing, sockets, consumer, queueBudgetBytes } = parts;
  const sum = (read: (runner: ObservedPartition) => number) =>
    owner.runners.reduce((total, runner) => total + read(runner), 0);
  const census = createCensus(parts);
  return {
    partitions: () =>
      owner.runners.map((runner) => {
        const { partition, watermarkAgeMs, lease, isPaused } = runner;
        const { next, committed } = runner.lanes;
        const end = consumer.highWatermark(partition) ?? next;
        return {
          partition,
          watermarkLag: next - committed,
          watermarkAgeSeconds: watermarkAgeMs / 1000,
          lag: Math.max(0, end - committed),
          // Of a paused partition nothing is fetched, so its end is not known either.
          lagSeconds: end > next || isPaused ? ageOf(runner, clock) : 0,
          leaseLeftSeconds: lease.leftMs / 1000,
          isPaused,
        };
      }),
    lanes: () => census().lanes,
    oldestHeadSeconds: () => census().oldestHeadMs / 1000,
    inFlight: () => sum((runner) => runner.lanes.pending.inFlight),
    sockets,
    queued: () => ({
      records: sum((runner) => runner.lanes.queued.records),
      bytes: sum((runner) => runner.lanes.queued.bytes),
    }),
    queueBudgetBytes,
    resultsPending: () => publisher.pending,
    breakers: () => failing.size,
    consumer: () => consumer.stats,
  };
}

/** How old the record taken in last is, seconds: older than every record that was not. */
function ageOf({ lastWrittenAt }: ObservedPartition, clock: Clock): number {
  return lastWrittenAt === undefined ? 0 : Math.max(0, clock.wallNow() - lastWrittenAt) / 1000;
}

/** The lanes of all partitions by state, and how long the oldest unsettled delivery has been in one of them. */
function createCensus({ clock, owner }: GaugeParts) {
  let last = { at: -Infinity, lanes: NO_LANES, oldestHeadMs: 0 };
  return () => {
    const at = clock.now();
    if (at - last.at < CENSUS_KEPT_MS) return last;
    last = { at, lanes: { ...NO_LANES }, oldestHeadMs: 0 };
    for (const runner of owner.runners) {
      const { lanes, oldestEnqueuedAt = at } = runner.lanes.census(at);
      for (const state of LANE_STATES) last.lanes[state] += lanes[state];
      last.oldestHeadMs = Math.max(last.oldestHeadMs, at - oldestEnqueuedAt);
    }
    return last;
  };
}
