import { type AttemptOutcome, isGone, isTemplateFailure } from "./outcome.js";
import type { DeadLetterReason } from "./vocabulary.js";

/** Waits before retries 1, 2, 3, in seconds, each counted from the start of the attempt before it. */
export interface RetryPolicy {
  readonly waitsSeconds: readonly number[];
}

/** product.md D3: attempts start 0, 30, 90 and 180 s after the first. */
export const DEFAULT_RETRY_POLICY: RetryPolicy = { waitsSeconds: [30, 60, 90] };

/** What follows an attempt. */
export type NextStep =
  | { readonly kind: "settled" }
  | { readonly kind: "retry"; readonly attemptNumber: number; readonly dueAt: Date }
  | { readonly kind: "dead_letter"; readonly reason: DeadLetterReason }
  /** A fault of our own (D16): the same attempt again, when our side can; nothing is counted. */
  | { readonly kind: "deferred"; readonly attemptNumber: number };

/**
 * `Retry-After` is in whole seconds, so a wish is known no better: a slot less than this before it is not passed,
 * milliseconds. Else a receiver that asks for the 30 s we wait anyway would be retried at 90 s, for the milliseconds its
 * answer took.
 */
const WISH_RESOLUTION_MS = 1_000;

/**
 * What follows attempt `attemptNumber` (1-based). Pure: the caller gives the attempt's start. `410` (D11) and a body that
 * could not be made (D12) give up at once; otherwise a failure is retried until the policy's waits are used up (D3).
 *
 * Retries have slots: each its wait after the attempt before it, the last at the sum of all waits after the first
 * attempt (180 s). A wish to be retried later (`Retry-After`, D11) moves the retry to the first slot that does not come
 * before the wish, and at most to the last one. Slots it passes are used up: their numbers are skipped. So attempts are
 * made at slots only, and the last attempt is always made. What is late already (a fault of ours, a takeover) is not
 * made later still: with the next slot at or past the last one's time, the wish changes nothing.
 *
 * @param firstAttemptAt start of attempt 1; without it every attempt is taken to have started in its slot
 */
export function nextStep(
  outcome: AttemptOutcome,
  attemptNumber: number,
  startedAt: Date,
  policy: RetryPolicy,
  firstAttemptAt?: Date,
): NextStep {
  switch (outcome.kind) {
    case "succeeded":
      return { kind: "settled" };
    case "own_fault":
      return { kind: "deferred", attemptNumber };
    case "failed": {
      if (isGone(outcome)) return { kind: "dead_letter", reason: "gone" };
      if (isTemplateFailure(outcome)) return { kind: "dead_letter", reason: "template_failed" };
      const waitsMs = policy.waitsSeconds.map((seconds) => seconds * 1000);
      const wait = waitsMs[attemptNumber - 1];
      if (wait === undefined) return { kind: "dead_letter", reason: "retries_exhausted" };
      const start = startedAt.getTime();
      const next: Slot = { attemptNumber: attemptNumber + 1, at: start + wait };
      const firstAt = firstAttemptAt?.getTime() ?? start - sum(waitsMs.slice(0, attemptNumber - 1));
      const slot =
        outcome.retryAfterMs === undefined
          ? next
          : findSlot(next, start + outcome.retryAfterMs, firstAt + sum(waitsMs), waitsMs);
      return { kind: "retry", attemptNumber: slot.attemptNumber, dueAt: new Date(slot.at) };
    }
  }
}

/**
 * What follows the attempt of a test event (product.md O2): it is made once. What failed is given up, and `410` is an
 * answer like another: whoever tries out a receiver does not want it switched off.
 */
export function nextStepOfTest(outcome: AttemptOutcome, attemptNumber: number): NextStep {
  switch (outcome.kind) {
    case "succeeded":
      return { kind: "settled" };
    case "own_fault":
      return { kind: "deferred", attemptNumber };
    case "failed":
      return {
        kind: "dead_letter",
        reason: isTemplateFailure(outcome) ? "template_failed" : "retries_exhausted",
      };
  }
}

interface Slot {
  readonly attemptNumber: number;
  readonly at: number;
}

/** The first slot from `next` on that is not before the wish; the last one, at `lastAt` at the latest, is in any case. */
function findSlot(next: Slot, wishedAt: number, lastAt: number, waitsMs: readonly number[]): Slot {
  if (next.at >= lastAt) return next;
  let slot = next;
  while (slot.at < lastAt && slot.at + WISH_RESOLUTION_MS <= wishedAt) {
    const wait = waitsMs[slot.attemptNumber - 1];
    if (wait === undefined) return slot;
    slot = { attemptNumber: slot.attemptNumber + 1, at: slot.at + wait };
  }
  return slot.at < lastAt ? slot : { attemptNumber: waitsMs.length + 1, at: lastAt };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
