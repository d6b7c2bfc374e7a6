import type { AttemptResult } from "@hooklane/contracts";
import { isUnsentError, JOURNEY_POINT_REACHED, type WebhookId } from "@hooklane/core";
import type { LoggedResults } from "../delivery-log/delivery-change.js";

/** What a journey's point shows of what it sent (product.md W4). */
export interface SentCounts {
  /** Arrivals of which a request was sent, each counted once, however often it was tried or sent again by hand. */
  readonly requestsSent: number;
  /** Requests that were made for them: first ones, retries, resends, and what a crash had made once more. */
  readonly attempts: number;
}

/** One thing that counts once, however often it is told of. */
export interface SentIdentity {
  /** Names it: the same thing has the same one, whoever tells of it. */
  readonly _id: string;
  readonly webhookId: WebhookId;
  /** What it counts as. */
  readonly counter: keyof SentCounts;
  /** Not before this it may be forgotten: it is not told of any more. */
  readonly expiresAt: Date;
}

const DAY_MS = 86_400_000;
/** Of a workspace whose retention was shorter only a moment ago, events may still be there to be sent again. */
const RETENTION_DAYS_MIN = 30;
/** Results are re-read from `attempts.v1`, and a resend waits in line, for no longer than this. */
const GRACE_DAYS = 10;

/**
 * What the results of attempts count at journey points, each once, in the order of their ids. An attempt that failed
 * before anything was sent, and a test event, count nothing. Pure; results may repeat and come in any order.
 */
export function toSentIdentities(records: readonly LoggedResults[]): readonly SentIdentity[] {
  const found = new Map<string, SentIdentity>();
  for (const { results, retentionDays } of records) {
    for (const result of results) {
      if (result.kind !== "attempt" || !isCounted(result)) continue;
      const keptMs = (Math.max(retentionDays, RETENTION_DAYS_MIN) + GRACE_DAYS) * DAY_MS;
      for (const identity of identitiesOf(result, new Date(result.startedAt + keptMs))) {
        const known = found.get(identity._id);
        if (!known || known.expiresAt < identity.expiresAt) found.set(identity._id, identity);
      }
    }
  }
  return [...found.values()].sort((one, other) => (one._id < other._id ? -1 : 1));
}

function isCounted({ deliveries, trigger, error }: AttemptResult): boolean {
  // A webhook whose events are of this type gets no others.
  if (deliveries[0]?.type !== JOURNEY_POINT_REACHED) return false;
  return trigger !== "test" && (error === undefined || !isUnsentError(error));
}

/** An attempt that a crash had made again, in another epoch, was another request. */
function identitiesOf(result: AttemptResult, expiresAt: Date): SentIdentity[] {
  const { webhookId, deliveries, number, epoch } = result;
  return deliveries.flatMap(({ id, eventId }): SentIdentity[] => [
    { _id: `${webhookId}:request:${eventId}`, webhookId, counter: "requestsSent", expiresAt },
    { _id: `${webhookId}:attempt:${id}:${number}:${epoch}`, webhookId, counter: "attempts", expiresAt },
  ]);
}
