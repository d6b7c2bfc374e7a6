import type { AttemptResult, DeliveryResult, SettledResult } from "@hooklane/contracts";
import { type DeliveryId, type DeliveryStatus, deliveryRank, type WorkspaceId } from "@hooklane/core";
import {
  type AttemptDocument,
  attemptKey,
  type DeliveryDocument,
  type LastError,
} from "./delivery-document.js";

/** Results of one workspace and how long its log is kept. */
export interface LoggedResults {
  readonly workspaceId: WorkspaceId;
  readonly results: readonly DeliveryResult[];
  /** Days a delivery stays in the log after its last change. */
  readonly retentionDays: number;
}

/** What some results say of one delivery: facts, attempts to add, and the state of the highest rank among them. */
export type DeliveryChange = DeliveryDocument;

const DAY_MS = 86_400_000;

/**
 * Folds results into one change a delivery, so that what happened to a delivery within one read of Kafka is one write.
 * Pure; results may repeat and come in any order.
 */
export function toDeliveryChanges(records: readonly LoggedResults[]): Map<DeliveryId, DeliveryChange> {
  const changes = new Map<DeliveryId, DeliveryChange>();
  for (const record of records) {
    for (const result of record.results) {
      for (const change of changesOf(record, result)) {
        const earlier = changes.get(change._id);
        changes.set(change._id, earlier ? mergeChanges(earlier, change) : change);
      }
    }
  }
  return changes;
}

/** The change of the higher rank, with the attempts of both. */
function mergeChanges(one: DeliveryChange, other: DeliveryChange): DeliveryChange {
  const [lower, higher] = other.rank > one.rank ? [one, other] : [other, one];
  const firstAttemptAt = earliest(one.firstAttemptAt, other.firstAttemptAt);
  const lastError = higher.lastError ?? lower.lastError;
  const batchId = higher.batchId ?? lower.batchId;
  return {
    ...higher,
    ...(batchId !== undefined && { batchId }),
    ...(firstAttemptAt && { firstAttemptAt }),
    ...(lastError && { lastError }),
    attempts: { ...lower.attempts, ...higher.attempts },
    expiresAt: one.expiresAt > other.expiresAt ? one.expiresAt : other.expiresAt,
  };
}

function changesOf(record: LoggedResults, result: DeliveryResult): DeliveryChange[] {
  const state = result.kind === "attempt" ? stateAfterAttempt(result) : stateAfterSettling(result);
  return result.deliveries.map((delivery) => ({
    _id: delivery.id,
    workspaceId: record.workspaceId,
    eventId: delivery.eventId,
    eventType: delivery.type,
    webhookId: result.webhookId,
    endpointId: result.endpointId,
    acceptedAt: new Date(delivery.acceptedAt),
    ...state,
    expiresAt: new Date(occurredAt(result) + record.retentionDays * DAY_MS),
  }));
}

/** The part of a delivery's document that a result decides, the same for all deliveries of a batch. */
type DeliveryState = Omit<
  DeliveryDocument,
  "_id" | "workspaceId" | "eventId" | "eventType" | "webhookId" | "endpointId" | "acceptedAt" | "expiresAt"
>;

function stateAfterAttempt(result: AttemptResult): DeliveryState {
  const { next, number, epoch } = result;
  const status: DeliveryStatus = next.kind;
  const lastError = toLastError(result);
  return {
    ...(result.batchId !== undefined && { batchId: result.batchId }),
    status,
    rank: deliveryRank({ status, epoch, attemptNumber: number }),
    ...((next.kind === "dead_letter" || next.kind === "skipped") && { reason: next.reason }),
    firstAttemptAt: new Date(result.startedAt),
    ...(next.kind === "retrying"
      ? { nextAttemptAt: new Date(next.nextAttemptAt) }
      : { settledAt: new Date(occurredAt(result)) }),
    ...(lastError && { lastError }),
    attempts: { [attemptKey(result)]: toAttempt(result) },
  };
}

function stateAfterSettling(result: SettledResult): DeliveryState {
  const { status, epoch } = result;
  return {
    status,
    rank: deliveryRank({ status, epoch, attemptNumber: 0 }),
    reason: result.reason,
    settledAt: new Date(result.at),
    attempts: {},
  };
}

function toAttempt(result: AttemptResult): AttemptDocument {
  return {
    number: result.number,
    epoch: result.epoch,
    trigger: result.trigger,
    startedAt: new Date(result.startedAt),
    durationMs: result.durationMs,
    ...(result.statusCode !== undefined && { statusCode: result.statusCode }),
    ...(result.error !== undefined && { error: result.error }),
    ...(result.errorDetail !== undefined && { errorDetail: result.errorDetail }),
    ...(result.responseHead !== undefined && { responseHead: result.responseHead }),
  };
}

function toLastError(result: AttemptResult): LastError | undefined {
  if (result.error === undefined) return undefined;
  const { error, statusCode, errorDetail } = toAttempt(result);
  return {
    ...(error && { error }),
    ...(statusCode !== undefined && { statusCode }),
    ...(errorDetail !== undefined && { errorDetail }),
  };
}

function occurredAt(result: DeliveryResult): number {
  return result.kind === "attempt" ? result.startedAt + result.durationMs : result.at;
}

function earliest(one: Date | undefined, other: Date | undefined): Date | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return one < other ? one : other;
}
