import type { SoloConsumer } from "@hooklane/kafka";
import type { Instant, LeaveCause, PartitionCheckpoint, SeenRecord } from "@hooklane/lanes";
import type { PartitionContent, PartitionDocument } from "@hooklane/store";
import { toStoredCheckpoint } from "./checkpoint-content.js";
import { Checkpointer, type CheckpointerTools } from "./checkpointer.js";
import type { LeaseTime } from "./lease-time.js";
import type { PartitionRunner } from "./partition-runner.js";

/** A lease as a claim gave it. */
export interface GivenLease {
  readonly partition: number;
  readonly epoch: number;
  /** Before the claim was sent. */
  readonly since: Instant;
}

/** A checkpoint on its way: what the lanes know, and how far the log was read when it was taken. */
interface Checkpoint {
  readonly lanes: PartitionCheckpoint;
  readonly seen: SeenRecord | null;
}

/** What an opened partition consists of. */
export interface OpenedParts {
  readonly runner: PartitionRunner;
  readonly lease: LeaseTime;
  /** Where it went on. */
  readonly content: PartitionContent;
  /** The database's clock less ours, milliseconds. */
  readonly databaseAheadMs: number;
  readonly consumer: Pick<SoloConsumer, "release" | "furthestRead">;
  readonly tools: CheckpointerTools;
  readonly onLeaving: (cause: LeaveCause) => void;
  readonly onEnded: (cause: LeaveCause) => void;
}

/** Keeps the lease of an opened partition by the checkpoints of its lanes, and leaves it when the lease says so. */
export function keepLease(lease: GivenLease, parts: OpenedParts): Checkpointer<Checkpoint> {
  const { runner, content, databaseAheadMs, consumer, tools } = parts;
  const { partition } = lease;
  let seen = content.seen;
  const checkpointer = new Checkpointer<Checkpoint>(
    lease,
    {
      get isDirty() {
        return runner.lanes.isDirty;
      },
      checkpoint: () => {
        const furthest = consumer.furthestRead(partition);
        if (furthest !== undefined) seen = [furthest.offset, furthest.identity];
        return { lanes: runner.lanes.checkpoint(), seen };
      },
      markDirty: () => runner.lanes.markDirty(),
      get pending() {
        return runner.isDiscarded
          ? { inFlight: runner.openRequests, counting: 0, unreported: 0 }
          : runner.lanes.pending;
      },
    },
    (checkpoint) => ({
      ...toStoredCheckpoint(checkpoint.lanes, databaseAheadMs),
      clusterId: content.clusterId,
      logEpoch: content.logEpoch,
      seen: checkpoint.seen,
    }),
    tools,
    {
      onRenewed: (since) => {
        parts.lease.renew(since);
        runner.run((lanes, now) => lanes.onLease(parts.lease.until, now));
      },
      onStored: (checkpoint) => {
        if (checkpoint.seen !== null) runner.run((lanes, now) => lanes.onLogSeen(now));
        runner.onStored(checkpoint.lanes);
      },
      onStop: () => {
        consumer.release(partition);
        runner.stop();
      },
      onAbort: () => runner.abortRequests(),
      onDiscard: (cause) => {
        consumer.release(partition);
        runner.discard();
        parts.onLeaving(cause);
      },
      onEnded: (cause) => parts.onEnded(cause),
    },
  );
  return checkpointer;
}

const NOTHING_PENDING = { inFlight: 0, counting: 0, unreported: 0 };

/** Gives a partition back that was claimed and not begun with: its state as it is, released. */
export function giveBack(
  lease: GivenLease,
  document: PartitionDocument,
  tools: CheckpointerTools,
  onEnded: (cause: LeaveCause) => void,
): void {
  const nothing = () => undefined;
  const checkpointer = new Checkpointer<PartitionContent>(
    lease,
    { isDirty: false, checkpoint: () => document, markDirty: nothing, pending: NOTHING_PENDING },
    (content) => content,
    tools,
    {
      onRenewed: nothing,
      onStored: nothing,
      onStop: nothing,
      onAbort: nothing,
      onDiscard: nothing,
      onEnded,
    },
  );
  checkpointer.release();
}
