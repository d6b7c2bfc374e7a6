import { type AttemptEnd, type EndpointId, isGone } from "@hooklane/core";
import { nextAfterFailure } from "./after-failure.js";
import type { AttemptNext, Decision } from "./decision.js";
import type { DurableLanes } from "./durable-lanes.js";
import { judge } from "./judge.js";
import type { Hand, Lane } from "./lane.js";
import type { LaneMap } from "./lane-map.js";
import type { Knowledge } from "./lane-move.js";
import type { LanePump } from "./lane-pump.js";
import type { LaneRequests } from "./lane-requests.js";
import type { LaneResults } from "./lane-results.js";
import type { SendGate } from "./send-gate.js";
import type { LaneSettings } from "./settings.js";

/** What the ends of requests have to do with. */
export interface RequestEndParts {
  readonly settings: LaneSettings;
  readonly knowledge: Knowledge;
  readonly lanes: LaneMap;
  readonly requests: LaneRequests;
  readonly gate: SendGate;
  readonly durable: DurableLanes;
  readonly results: LaneResults;
  readonly pump: LanePump;
  readonly decide: (decision: Decision) => void;
}

/**
 * What becomes of a request that was decided: it leaves or is refused, succeeds, fails and is counted, or failed on our
 * own side (lanes.md §4, §6, §7). An answer with another ticket than the lane waits for is nothing to it.
 */
export class RequestEnds {
  readonly #parts: RequestEndParts;

  constructor(parts: RequestEndParts) {
    this.#parts = parts;
  }

  /** Asked in the tick that writes the request's bytes: lease, status and breaker (lanes.md §4). */
  mayStart(endpointId: EndpointId, ticket: number, now: number): boolean {
    const lane = this.#parts.lanes.awaiting("sending", endpointId, ticket);
    const last = lane?.hand?.records.at(-1);
    if (last === undefined || !this.#parts.gate.allows(now)) return false;
    const { configuration, tripped } = this.#parts.knowledge;
    return judge(last.facts, configuration, tripped).kind === "send";
  }

  /** The request did not leave: {@link mayStart} refused it. It is not an attempt. */
  onRefused(endpointId: EndpointId, ticket: number, now: number): void {
    const lane = this.#parts.lanes.awaiting("sending", endpointId, ticket);
    if (lane === undefined) return;
    this.#parts.requests.end(lane);
    // What refused it is known here too, so it is not decided again; should the two disagree, it must not spin.
    if (++lane.refusals > 1)
      lane.notBefore = Math.max(lane.notBefore, now + this.#parts.settings.refusedPauseMs);
    this.#parts.pump.pump(lane, now);
  }

  /** The request ended. */
  onSettled(endpointId: EndpointId, ticket: number, end: AttemptEnd, now: number): void {
    const lane = this.#parts.lanes.awaiting("sending", endpointId, ticket);
    if (lane?.hand === undefined) return;
    this.#parts.requests.end(lane);
    switch (end.outcome.kind) {
      case "succeeded":
        this.#finish(lane, lane.hand, end, { kind: "delivered" }, now);
        return;
      case "own_fault": {
        const { deferFirstMs, deferMaxMs } = this.#parts.settings;
        lane.notBefore = now + Math.min(deferMaxMs, deferFirstMs * 2 ** Math.min(lane.deferrals++, 20));
        this.#parts.decide({ kind: "deferred", endpointId, fault: end.outcome.fault, until: lane.notBefore });
        this.#parts.pump.pump(lane, now);
        return;
      }
      case "failed":
        if (isTest(lane.hand)) {
          // No error of the shared rule (product.md D5), and its 410 disables nothing.
          this.#conclude(lane, lane.hand, end, now);
          return;
        }
        this.#ban(lane.hand, end);
        this.#parts.decide(this.#parts.requests.beginCount(lane, lane.hand, end));
    }
  }

  /** The error was counted, and what its trips name is marked as tripped (lanes.md §7). */
  onCounted(endpointId: EndpointId, ticket: number, now: number): void {
    const lane = this.#parts.lanes.awaiting("counting", endpointId, ticket);
    if (lane?.hand === undefined) return;
    const end = this.#parts.requests.endCount(lane);
    if (end !== undefined) this.#conclude(lane, lane.hand, end, now);
  }

  /** An attempt failed, and all that counts is counted. */
  #conclude(lane: Lane, hand: Hand, end: AttemptEnd, now: number): void {
    const { settings, knowledge } = this.#parts;
    const firstAttemptAt = lane.durable?.frozen?.firstAttemptAt ?? end.startedAt;
    this.#finish(
      lane,
      hand,
      end,
      nextAfterFailure(hand, end, firstAttemptAt, settings.retry, knowledge),
      now,
    );
  }

  /** A receiver that says it is gone is sent nothing more of this generation, from here on. */
  #ban({ records: [first] }: Hand, { outcome }: AttemptEnd): void {
    if (first === undefined || !isGone(outcome)) return;
    const { webhookId, generation } = first;
    this.#parts.knowledge.tripped.mark(webhookId, generation);
    this.#parts.decide({ kind: "gone", webhookId, generation });
  }

  /** Reports an attempt, and lets the request go, or keeps it until it is recorded and can wait for the next. */
  #finish(lane: Lane, hand: Hand, end: AttemptEnd, next: AttemptNext, now: number): void {
    const { records, batched, attempt } = hand;
    lane.deferrals = 0;
    lane.refusals = 0;
    if (next.kind === "retrying") {
      lane.phase = "recording";
      lane.retry = {
        frozen: toFrozen(lane, hand, end, next.attempt - 1),
        dueAt: next.dueAt,
        isRecorded: false,
      };
    } else {
      lane.letGo();
      this.#parts.durable.pass(lane, records);
    }
    this.#parts.results.report(lane, { kind: "attempt", records, batched, attempt, end, next });
    this.#parts.pump.pump(lane, now);
  }
}

const isTest = ({ records: [first] }: Hand): boolean => first?.isTest === true;

function toFrozen({ durable }: Lane, { records }: Hand, { startedAt }: AttemptEnd, attempts: number) {
  const last = records.at(-1)?.position ?? 0;
  return { last, attempts, firstAttemptAt: durable?.frozen?.firstAttemptAt ?? startedAt };
}
