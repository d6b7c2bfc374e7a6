import { type AttemptOutcome, isGone } from "./outcome.js";

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
  | { readonly kind: "dead_letter"; readonly reason: "retries_exhausted" | "gone" }
  /** A fault of our own (D16): the same attempt again, when our side can; nothing is counted. */
  | { readonly kind: "deferred"; readonly attemptNumber: number };

/**
 * What follows attempt `attemptNumber` (1-based). Pure: the caller gives the attempt's start. `410` gives up at once
 * (D11); otherwise a failure is retried until the policy's waits are used up (D3).
 */
export function nextStep(
  outcome: AttemptOutcome,
  attemptNumber: number,
  startedAt: Date,
  policy: RetryPolicy,
): NextStep {
  switch (outcome.kind) {
    case "succeeded":
      return { kind: "settled" };
    case "own_fault":
      return { kind: "deferred", attemptNumber };
    case "failed": {
      if (isGone(outcome)) return { kind: "dead_letter", reason: "gone" };
      const waitSeconds = policy.waitsSeconds[attemptNumber - 1];
      if (waitSeconds === undefined) return { kind: "dead_letter", reason: "retries_exhausted" };
      return {
        kind: "retry",
        attemptNumber: attemptNumber + 1,
        dueAt: new Date(startedAt.getTime() + waitSeconds * 1000),
      };
    }
  }
}
