import type { DeliveryResult } from "@hooklane/contracts";
import type { WebhookId, WorkspaceId } from "@hooklane/core";
import type { LoggedResults } from "../delivery-log/delivery-change.js";
import { toDurationBin } from "./duration-bins.js";
import { toReasonKey } from "./failure-reason.js";

/** What of a result is counted. */
export interface CountedResult {
  readonly workspaceId: WorkspaceId;
  readonly webhookId: WebhookId;
  readonly retentionDays: number;
  /** When it began, milliseconds since 1970. */
  readonly at: number;
  /** Names of the counters it raises by one, as fields of {@link RollupCounts}. */
  readonly counters: readonly string[];
  /** Deliveries given up with it. */
  readonly deadLetters: number;
}

/** Pure. Of what was settled without a request, only what was given up is counted. */
export function toCountedResults({ workspaceId, retentionDays, results }: LoggedResults): CountedResult[] {
  return results.flatMap((result) => {
    const counters = toCounters(result);
    const deadLetters = isGivenUp(result) ? result.deliveries.length : 0;
    if (counters.length === 0 && deadLetters === 0) return [];
    const { webhookId } = result;
    const at = result.kind === "attempt" ? result.startedAt : result.at;
    return [{ workspaceId, webhookId, retentionDays, at, counters, deadLetters }];
  });
}

function toCounters(result: DeliveryResult): readonly string[] {
  if (result.kind !== "attempt") return [];
  const duration = `durations.${toDurationBin(result.durationMs)}`;
  return result.error === undefined
    ? ["delivered", duration]
    : ["failed", duration, `reasons.${toReasonKey(result)}`];
}

const isGivenUp = (result: DeliveryResult): boolean =>
  (result.kind === "attempt" ? result.next.kind : result.status) === "dead_letter";
