import type { EndpointId } from "@hooklane/core";
import type { BacklogDeletion } from "./decision.js";
import type { LaneMap } from "./lane-map.js";
import type { PartitionCheckpoint } from "./partition-checkpoint.js";
import type { Position } from "./position.js";

/** A lane's backlog is deleted in pieces, one in so many milliseconds. */
const COLLECT_EVERY_MS = 5_000;

/**
 * What may be deleted from the backlog (lanes.md §6 rule 4): only what an acknowledged checkpoint has passed, up to its
 * cursor, or below its watermark for a lane that is live again.
 */
export class BacklogCollection {
  /** Lanes that went live again, and the highest position their backlog can have. */
  readonly #left = new Map<EndpointId, Position>();

  /** The lane went live: nothing of its backlog up to `highest` is needed any more once that is stored. */
  onLive(endpointId: EndpointId, highest: Position): void {
    this.#left.set(endpointId, highest);
  }

  /** A checkpoint was acknowledged. @param committed its watermark, as a position */
  onStored(
    stored: PartitionCheckpoint,
    committed: Position,
    lanes: LaneMap,
    now: number,
  ): readonly BacklogDeletion[] {
    const deletions: BacklogDeletion[] = [];
    for (const [endpointId, highest] of this.#left) {
      if (stored.lanes[endpointId] !== undefined) {
        // It left the live path again: its cursor tells.
        if (lanes.get(endpointId)?.durable !== undefined) this.#left.delete(endpointId);
      } else if (committed > highest) {
        this.#left.delete(endpointId);
        deletions.push({ endpointId, upTo: highest });
      }
    }
    for (const lane of lanes.durable()) {
      const { endpointId, durable } = lane;
      const cursor = stored.lanes[endpointId]?.cursor;
      if (durable === undefined || cursor === undefined) continue;
      if (cursor <= durable.collectedTo || now < durable.collectedAt + COLLECT_EVERY_MS) continue;
      durable.collectedTo = cursor;
      durable.collectedAt = now;
      deletions.push({ endpointId, upTo: cursor });
    }
    return deletions;
  }
}
