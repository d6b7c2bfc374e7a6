import type { AttemptResult, DeliveryResult, SettledResult } from "@hooklane/contracts";
import type { AttemptReport, LaneRecord, Report, SettledReport } from "@hooklane/lanes";
import { toBatchId } from "@hooklane/request";

/** What a report becomes on `attempts.v1`. */
export function toResult(report: Report, epoch: number): DeliveryResult {
  return report.kind === "attempt" ? toAttempt(report, epoch) : toSettled(report, epoch);
}

function toAttempt({ records, batched, attempt, end, next }: AttemptReport, epoch: number): AttemptResult {
  const { facts } = headOf(records);
  const { outcome, startedAt, durationMs, responseHead } = end;
  const batchId = toBatchId(records, batched);
  return {
    kind: "attempt",
    webhookId: facts.webhookId,
    generation: facts.generation,
    endpointId: facts.endpointId,
    deliveries: toRefs(records),
    ...(batchId !== undefined && { batchId }),
    number: attempt,
    trigger: facts.trigger,
    epoch,
    startedAt,
    // Tenths of a millisecond: more digits are bytes without meaning.
    durationMs: Math.round(durationMs * 10) / 10,
    ...(outcome.kind !== "own_fault" &&
      outcome.statusCode !== undefined && { statusCode: outcome.statusCode }),
    ...(outcome.kind === "failed" && { error: outcome.error }),
    ...(outcome.kind === "failed" && outcome.detail !== undefined && { errorDetail: outcome.detail }),
    ...(responseHead !== undefined && responseHead !== "" && { responseHead }),
    next: next.kind === "retrying" ? { kind: "retrying", nextAttemptAt: next.dueAt } : next,
  };
}

function toSettled({ records, status, reason, at }: SettledReport, epoch: number): SettledResult {
  const { facts } = headOf(records);
  return {
    kind: "settled",
    webhookId: facts.webhookId,
    generation: facts.generation,
    endpointId: facts.endpointId,
    deliveries: toRefs(records),
    epoch,
    at,
    status,
    reason,
  };
}

function toRefs(records: readonly LaneRecord[]) {
  return records.map(({ facts }) => ({
    id: facts.deliveryId,
    eventId: facts.eventId,
    type: facts.type,
    acceptedAt: facts.acceptedAt,
  }));
}

function headOf(records: readonly LaneRecord[]): LaneRecord {
  const [first] = records;
  if (first === undefined) throw new RangeError("a report without records");
  return first;
}
