import type { BlockedResult } from "../scenarios/blocked.js";
import { fixed, toTable, verdictOf, whole } from "./text.js";

/** What a dispatcher may take with 1,000 endpoints blocked and 1,000,000 events behind them, MiB. */
const MEMORY_MIB_MAX = 600;

export function reportBlocked(result: BlockedResult): string {
  const peakMib = Math.max(result.peakBlockedMib, result.peakDrainingMib);
  return [
    toTable([
      [`${whole(result.endpoints)} endpoints fail`, ""],
      ["events queued", whole(result.queued)],
      ["of them in the backlog", whole(result.backlogDocuments)],
      ["  after, s", fixed(result.parkedAfterSeconds)],
      ["dispatcher's memory meanwhile, MiB at most", whole(result.peakBlockedMib)],
      ["dispatcher's memory while it drains, MiB at most", whole(result.peakDrainingMib)],
      ["drained a second", whole(result.drainPerSecond)],
    ]),
    `dispatcher's memory ${whole(peakMib)} MiB: ${verdictOf(peakMib <= MEMORY_MIB_MAX)} ≤ ${MEMORY_MIB_MAX}`,
  ].join("\n");
}
