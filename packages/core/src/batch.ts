import type { WebhookId } from "./ids.js";

/** A webhook's setting (product.md D8). */
export interface Batching {
  /** 1 to 100 events. */
  readonly maxEvents: number;
  /** The longest a batch waits to fill, seconds. */
  readonly maxWaitSeconds: number;
}

/** What the rule needs to know of a delivery waiting in a lane. */
export interface BatchCandidate {
  readonly webhookId: WebhookId;
  readonly generation: number;
  /** Milliseconds, the lane's clock: when the lane took it in. Waiting is counted from here, not from the event. */
  readonly enqueuedAt: number;
  readonly bodyBytes: number;
  /** A request of its own: a test event (product.md O2), or one about a contact (W5). */
  readonly isAlone: boolean;
}

/** The waiting deliveries of one lane, oldest first. */
export interface BatchLine {
  readonly length: number;
  /** @param index 0 is the oldest */
  at(index: number): BatchCandidate | undefined;
}

/** `send`: the first `count` of the line, now. `wait`: nothing before `until` (ms), unless more arrives. */
export type BatchStep =
  { readonly kind: "send"; readonly count: number } | { readonly kind: "wait"; readonly until: number };

/** A request's events together are not larger, unless one alone is: bounds what one request holds in memory, bytes. */
export const BATCH_BYTES_MAX = 4 * 1024 * 1024;

const SEND_ONE: BatchStep = { kind: "send", count: 1 };

/**
 * How many of the line's oldest deliveries form the next request (lanes.md §6 rule 5): contiguous ones of the same
 * webhook and generation. A batch that ended because something else stands behind it can not grow: it goes at once.
 * Without batching every request carries one event, and never waits; nor does what goes alone.
 *
 * @param line not empty
 * @param now milliseconds, the lane's clock
 */
export function nextBatch(line: BatchLine, batching: Batching | undefined, now: number): BatchStep {
  if (batching === undefined) return SEND_ONE;
  const head = line.at(0);
  if (head === undefined || head.isAlone) return SEND_ONE;
  let bytes = head.bodyBytes;
  let count = 1;
  while (count < batching.maxEvents) {
    const next = line.at(count);
    if (next === undefined) {
      const until = head.enqueuedAt + batching.maxWaitSeconds * 1000;
      return now < until ? { kind: "wait", until } : { kind: "send", count };
    }
    if (next.webhookId !== head.webhookId || next.generation !== head.generation) break;
    if (next.isAlone) break;
    bytes += next.bodyBytes;
    if (bytes > BATCH_BYTES_MAX) break;
    count++;
  }
  return { kind: "send", count };
}
