import { nextBatch, type SettleReason, type WebhookId } from "@hooklane/core";
import { type ConfigurationView, judge, type Verdict } from "./judge.js";
import type { Lane } from "./lane.js";
import type { LaneRecord } from "./lane-record.js";
import type { TrippedWebhooks } from "./tripped-webhooks.js";

/** What a free lane does next. */
export type LaneMove =
  | { readonly kind: "rest" }
  /** Nothing before this time (ms) unless something changes. */
  | { readonly kind: "wait"; readonly until: number }
  /** Our copy of this webhook is older than the delivery. */
  | { readonly kind: "hold"; readonly webhookId: WebhookId }
  /** Settle without sending: the request in hand, or the first `count` of the queue. */
  | {
      readonly kind: "settle";
      readonly count: number;
      readonly status: "skipped" | "cancelled";
      readonly reason: SettleReason;
    }
  /** Make the request in hand again. */
  | { readonly kind: "repeat" }
  /** Make a request of the first `count` of the queue. */
  | { readonly kind: "begin"; readonly count: number; readonly batched: boolean };

/** The most deliveries one result settles without a request; bounds a record of `attempts.v1`. */
const SETTLE_TOGETHER_MAX = 100;

const REST: LaneMove = { kind: "rest" };
const REPEAT: LaneMove = { kind: "repeat" };
const BEGIN_ONE: LaneMove = { kind: "begin", count: 1, batched: false };

/**
 * Decides the next step of a lane that is free (lanes.md §6). Status is asked before every send, also before a retry
 * is due: a webhook switched off does not hold its line until then.
 *
 * @param now milliseconds, the lane's clock
 */
export function nextMove(
  lane: Lane,
  configuration: ConfigurationView,
  tripped: TrippedWebhooks,
  now: number,
): LaneMove {
  const head = lane.head;
  if (head === undefined) return REST;
  const verdict = judge(head.facts, configuration, tripped);
  if (verdict.kind === "hold") return { kind: "hold", webhookId: head.webhookId };
  if (verdict.kind === "settle") {
    const count = lane.hand === undefined ? countAlike(lane, head, verdict, configuration, tripped) : 0;
    return { kind: "settle", count, status: verdict.status, reason: verdict.reason };
  }
  if (now < lane.notBefore) return { kind: "wait", until: lane.notBefore };
  if (lane.hand !== undefined) return REPEAT;
  return beginRequest(lane, head, configuration, now);
}

function beginRequest(lane: Lane, head: LaneRecord, configuration: ConfigurationView, now: number): LaneMove {
  const batching = configuration.webhook(head.webhookId)?.batching;
  if (batching === undefined) return BEGIN_ONE;
  const step = nextBatch(lane.queue, batching, now);
  if (step.kind === "wait") return step;
  // Versions rise along the line: if our copy suits the last of the batch, it suits all of it.
  const last = lane.queue.at(step.count - 1) ?? head;
  const known = configuration.webhook(head.webhookId)?.version ?? 0;
  if (known < last.facts.version) return { kind: "hold", webhookId: head.webhookId };
  return { kind: "begin", count: step.count, batched: true };
}

/** How many of the queue's oldest, contiguous, of one webhook and generation, share the head's verdict. */
function countAlike(
  lane: Lane,
  head: LaneRecord,
  verdict: Verdict,
  configuration: ConfigurationView,
  tripped: TrippedWebhooks,
): number {
  let count = 1;
  for (; count < SETTLE_TOGETHER_MAX; count++) {
    const next = lane.queue.at(count);
    if (next?.webhookId !== head.webhookId || next.generation !== head.generation) break;
    if (judge(next.facts, configuration, tripped) !== verdict) break;
  }
  return count;
}
