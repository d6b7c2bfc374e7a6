import type { ConfigurationView } from "./judge.js";
import type { Lane } from "./lane.js";
import type { LaneSettings } from "./settings.js";

/** A lane that holds more than this share of a paused partition makes room for the others (lanes.md §5). */
const FAT_SHARE = 0.25;

/** What a partition holds in memory. */
export interface Held {
  readonly records: number;
  readonly bytes: number;
}

/**
 * Whether a lane holds its partition back by age (lanes.md §5): its oldest unresolved delivery has waited too long, on
 * the live path, or in CATCH-UP behind a backlog that its receiver is slow to take. Waiting for a batch to fill is not age.
 */
export function isOverdue(
  lane: Lane,
  configuration: ConfigurationView,
  settings: LaneSettings,
  now: number,
): boolean {
  if (lane.durable?.isCatchingUp === false || !hasSomethingToPark(lane)) return false;
  const oldest = lane.oldestUnresolved;
  if (oldest === undefined) return false;
  const fillMs = (configuration.webhook(oldest.webhookId)?.batching?.maxWaitSeconds ?? 0) * 1_000;
  return now - oldest.enqueuedAt > settings.overflowAfterMs + fillMs;
}

/** The lane that makes a paused partition wait while others have nothing to do; undefined when it is not one alone. */
export function findFattest(lanes: readonly Lane[], held: Held): Lane | undefined {
  let fattest: Lane | undefined;
  let share = FAT_SHARE;
  let someoneIsIdle = false;
  for (const lane of lanes) {
    if (lane.oldestUnresolved === undefined) someoneIsIdle = true;
    const own = Math.max(lane.queue.length / held.records, lane.queue.bytes / held.bytes);
    if (own <= share || !hasSomethingToPark(lane)) continue;
    fattest = lane;
    share = own;
  }
  return someoneIsIdle ? fattest : undefined;
}

/** A request in flight stays, so does the lane that has nothing else. */
function hasSomethingToPark(lane: Lane): boolean {
  return lane.queue.length > 0 || (lane.phase === "free" && lane.hand?.records[0]?.isFromBacklog === false);
}
