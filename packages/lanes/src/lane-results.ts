import type { Decision, Report } from "./decision.js";
import { isFinal } from "./decision.js";
import type { FlowControl } from "./flow-control.js";
import type { Lane } from "./lane.js";
import type { LaneMap } from "./lane-map.js";
import type { LaneRecord } from "./lane-record.js";
import type { PartitionProgress } from "./partition-progress.js";
import { toPosition } from "./position.js";
import type { SendGate } from "./send-gate.js";

/** What results have to do with. */
export interface ResultParts {
  readonly logEpoch: number;
  readonly lanes: LaneMap;
  readonly progress: PartitionProgress;
  readonly flow: FlowControl;
  readonly gate: SendGate;
  readonly decide: (decision: Decision) => void;
}

/**
 * Results on their way to `attempts.v1`: an outcome, a skip too, enters a checkpoint only after its result is
 * acknowledged (lanes.md §4).
 */
export class LaneResults {
  readonly #parts: ResultParts;

  constructor(parts: ResultParts) {
    this.#parts = parts;
  }

  report(lane: Lane, report: Report): void {
    const [first] = report.records;
    if (first === undefined) return;
    lane.unreported++;
    if (isFinal(report)) lane.outcomes.add(first.position);
    this.#parts.gate.onReport();
    this.#parts.decide({ kind: "report", report });
  }

  /** It is acknowledged. @returns its lane */
  onReported(report: Report): Lane | undefined {
    const [first] = report.records;
    const lane = first && this.#parts.lanes.get(first.facts.endpointId);
    if (first === undefined || lane === undefined) return undefined;
    lane.unreported--;
    if (isFinal(report)) {
      lane.outcomes.delete(first.position);
      for (const record of report.records) this.#resolve(record);
      this.#parts.progress.markDirty();
    } else if (lane.retry !== undefined) {
      lane.retry = { ...lane.retry, isRecorded: true };
    }
    return lane;
  }

  #resolve(record: LaneRecord): void {
    if (record.isFromBacklog) return;
    const { progress, flow, logEpoch } = this.#parts;
    progress.resolve(record.position - toPosition(logEpoch, 0));
    flow.remove(record);
  }
}

/** What stands behind the request may still be on its way: a skip at intake is not waited for. */
export function isReadyToRetry({ phase, retry, hand, outcomes }: Lane): boolean {
  const first = hand?.records[0];
  if (phase !== "recording" || retry?.isRecorded !== true || first === undefined) return false;
  return (outcomes.lowest ?? Infinity) > first.position;
}
