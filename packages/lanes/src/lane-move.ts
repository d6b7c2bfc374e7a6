import { type Batching, nextBatch, type SettleReason, type WebhookId } from "@hooklane/core";
import { type ConfigurationView, judge, type Verdict } from "./judge.js";
import type { Lane } from "./lane.js";
import type { LaneQueue } from "./lane-queue.js";
import type { LaneRecord } from "./lane-record.js";
import type { Position } from "./position.js";
import type { TrippedWebhooks } from "./tripped-webhooks.js";

/** What a free lane does next. */
export type LaneMove =
  /** Nothing, until it is told something. */
  | { readonly kind: "rest" }
  /** Nothing before this time (ms) unless something changes. */
  | { readonly kind: "wait"; readonly until: number }
  /** Our copy of this webhook is older than the delivery. */
  | { readonly kind: "hold"; readonly webhookId: WebhookId }
  /** Settle without sending: the request in hand, or the first `count` of the queue or page. */
  | {
      readonly kind: "settle";
      readonly count: number;
      readonly status: "skipped" | "cancelled";
      readonly reason: SettleReason;
    }
  /** Make the request in hand again. */
  | { readonly kind: "repeat" }
  /** Make a request of the first `count` of the queue or page. */
  | { readonly kind: "begin"; readonly count: number; readonly batched: boolean }
  /** Read the backlog on from where it was read to, up to a retry's last delivery if one is given. */
  | { readonly kind: "read"; readonly upTo?: Position }
  /** Park the request in hand: the lane left the live path under it. */
  | { readonly kind: "park" }
  /** Let go of what was read: it is not due yet. */
  | { readonly kind: "put_back" };

/** What the rules know beside the lane. */
export interface Knowledge {
  readonly configuration: ConfigurationView;
  readonly tripped: TrippedWebhooks;
}

/** The most deliveries one result settles without a request; bounds a record of `attempts.v1`. */
const SETTLE_TOGETHER_MAX = 100;

export const REST: LaneMove = { kind: "rest" };
const REPEAT: LaneMove = { kind: "repeat" };
const BEGIN_ONE: LaneMove = { kind: "begin", count: 1, batched: false };

/** What becomes of the request in hand. */
export function moveOfHand(
  lane: Lane,
  [first]: readonly LaneRecord[],
  { configuration, tripped }: Knowledge,
  now: number,
): LaneMove {
  if (first === undefined) return REST;
  const verdict = judge(first.facts, configuration, tripped);
  if (verdict.kind === "hold") return { kind: "hold", webhookId: first.webhookId };
  if (verdict.kind === "settle")
    return { kind: "settle", count: 0, status: verdict.status, reason: verdict.reason };
  const startAt = earliestStart(lane, first, configuration);
  return now < startAt ? { kind: "wait", until: startAt } : REPEAT;
}

/** What becomes of the oldest of a line. */
export function moveOfLine(lane: Lane, line: LaneQueue, knowledge: Knowledge, now: number): LaneMove {
  const head = line.at(0);
  if (head === undefined) return REST;
  const { configuration, tripped } = knowledge;
  const verdict = judge(head.facts, configuration, tripped);
  if (verdict.kind === "hold") return { kind: "hold", webhookId: head.webhookId };
  if (verdict.kind === "settle") {
    const count = countAlike(line, head, verdict, knowledge);
    return { kind: "settle", count, status: verdict.status, reason: verdict.reason };
  }
  const startAt = earliestStart(lane, head, configuration);
  if (now < startAt) return { kind: "wait", until: startAt };
  const batching = configuration.webhook(head.webhookId)?.batching;
  return batching === undefined ? BEGIN_ONE : beginBatch(line, head, batching, configuration, now);
}

function beginBatch(
  line: LaneQueue,
  head: LaneRecord,
  batching: Batching,
  configuration: ConfigurationView,
  now: number,
): LaneMove {
  const step = nextBatch(line, batching, now);
  if (step.kind === "wait") return step;
  // Versions rise along the line: if our copy suits the last of the batch, it suits all of it.
  const last = line.at(step.count - 1) ?? head;
  const known = configuration.webhook(head.webhookId)?.version ?? 0;
  if (known < last.facts.version) return { kind: "hold", webhookId: head.webhookId };
  return { kind: "begin", count: step.count, batched: true };
}

/** When the lane may make its next request: not before a retry is due, nor faster than its limit (product.md D13). */
function earliestStart(lane: Lane, { facts }: LaneRecord, configuration: ConfigurationView): number {
  const perSecond = configuration.rateLimit?.(facts.workspaceId, lane.endpointId);
  return perSecond === undefined
    ? lane.notBefore
    : Math.max(lane.notBefore, lane.begunAt + 1_000 / perSecond);
}

/** How many of the line's oldest, contiguous, of one webhook and generation, share the head's verdict. */
function countAlike(
  line: LaneQueue,
  head: LaneRecord,
  verdict: Verdict,
  { configuration, tripped }: Knowledge,
): number {
  let count = 1;
  for (; count < SETTLE_TOGETHER_MAX; count++) {
    const next = line.at(count);
    if (next?.webhookId !== head.webhookId || next.generation !== head.generation) break;
    if (judge(next.facts, configuration, tripped) !== verdict) break;
  }
  return count;
}
