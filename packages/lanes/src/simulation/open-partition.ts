import type { OpenDecision } from "../ownership/claim-decision.js";
import { findResumePoint, type FoundLog, offsetToCompare } from "../ownership/resume-point.js";
import type { PartitionDocument } from "./database.js";
import type { DispatcherProcess } from "./dispatcher-process.js";

const CLUSTER_ID = "cluster";

/**
 * Looks at the log of a claimed partition, and at the trips a crash left unapplied (lanes.md §4, §7): both after the
 * claim, so that nothing of the former owner is missed.
 */
export function openPartition(
  process: DispatcherProcess,
  { document }: OpenDecision<PartitionDocument>,
  next: { readonly onReady: (content: PartitionDocument) => void; readonly onFailed: () => void },
): void {
  const { database, logs } = process.around;
  const log = logs[document.partition];
  process.call(
    "kafka",
    () => {
      const found: FoundLog = { clusterId: CLUSTER_ID, first: 0, end: log?.end ?? 0 };
      const offset = offsetToCompare(document, found);
      return { found, identity: offset === undefined ? undefined : log?.at(offset)?.identity };
    },
    ({ found, identity }) => {
      const { content, alarm } = findResumePoint(document, found, identity);
      if (alarm !== undefined) process.world.trace(process.id, () => `ALARM ${JSON.stringify(alarm)}`);
      process.call(
        "database",
        () => database.unappliedTrips(),
        (trips) => {
          for (const trip of trips) process.onTrip(trip);
          next.onReady(content);
        },
        next.onFailed,
      );
    },
    next.onFailed,
  );
}
