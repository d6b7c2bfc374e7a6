import type { DeliveryChange } from "./delivery-change.js";
import type { DeliveryDocument } from "./delivery-document.js";

/** Fields that belong to the state: replaced together by a state of a higher rank, or left alone. */
const STATE_FIELDS = [
  "status",
  "reason",
  "nextAttemptAt",
  "settledAt",
] as const satisfies readonly (keyof DeliveryDocument)[];

/** Fields that every result of a delivery has alike: whoever comes first writes them. */
const FACT_FIELDS = [
  "workspaceId",
  "eventId",
  "eventType",
  "webhookId",
  "endpointId",
  "acceptedAt",
] as const satisfies readonly (keyof DeliveryDocument)[];

type Expression = Readonly<Record<string, unknown>>;

/**
 * The update pipeline that brings a change into a document, present or absent (upsert): attempts are added under their
 * keys, the state is replaced only by a higher rank. Writing the same change again changes nothing, and changes may
 * come in any order (architecture.md §3). Values are literals: a receiver's answer may begin with `$`.
 */
export function toUpsertPipeline(change: DeliveryChange): Expression[] {
  const isNewer = { $gt: [change.rank, { $ifNull: ["$rank", -1] }] };
  const stage: Record<string, unknown> = {
    attempts: { $mergeObjects: ["$attempts", { $literal: change.attempts }] },
    expiresAt: { $max: ["$expiresAt", change.expiresAt] },
    rank: { $max: ["$rank", change.rank] },
  };
  for (const field of FACT_FIELDS) stage[field] = { $ifNull: [`$${field}`, { $literal: change[field] }] };
  for (const field of STATE_FIELDS) {
    stage[field] = { $cond: [isNewer, literalOrRemoved(change[field]), orRemoved(`$${field}`)] };
  }
  if (change.batchId !== undefined) {
    stage.batchId = { $cond: [isNewer, { $literal: change.batchId }, orRemoved("$batchId")] };
  }
  if (change.firstAttemptAt) stage.firstAttemptAt = { $min: ["$firstAttemptAt", change.firstAttemptAt] };
  if (change.lastError) {
    // A later failure stands for the delivery; one that comes late only where none stood.
    stage.lastError = {
      $cond: [
        isNewer,
        { $literal: change.lastError },
        { $ifNull: ["$lastError", { $literal: change.lastError }] },
      ],
    };
  }
  return [{ $set: stage }];
}

function literalOrRemoved(value: unknown): unknown {
  return value === undefined ? "$$REMOVE" : { $literal: value };
}

/** A missing field stays missing instead of becoming null. */
function orRemoved(path: string): Expression {
  return { $ifNull: [path, "$$REMOVE"] };
}
