import type { ProgressSnapshot } from "./partition-progress.js";
import type { StoredLane } from "./stored-lane.js";

/** What a checkpoint stores of a partition (lanes.md §3): an atomic snapshot of what needs never be sent again. */
export interface PartitionCheckpoint extends ProgressSnapshot {
  /** By endpoint id: the lanes that left the live path. */
  readonly lanes: Readonly<Record<string, StoredLane>>;
}
