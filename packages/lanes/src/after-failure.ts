import { type AttemptEnd, nextStep, nextStepOfTest, type RetryPolicy } from "@hooklane/core";
import type { AttemptNext } from "./decision.js";
import { judge } from "./judge.js";
import type { Hand } from "./lane.js";
import type { Knowledge } from "./lane-move.js";

/**
 * What follows a failed attempt, once its error was counted: what its own trip names is not retried (lanes.md §7). A test
 * is not counted, and never retried (product.md O2).
 *
 * @param firstAttemptAt start of the first attempt, milliseconds of the lane's clock
 */
export function nextAfterFailure(
  { records, attempt }: Hand,
  end: AttemptEnd,
  firstAttemptAt: number,
  retry: RetryPolicy,
  { configuration, tripped }: Knowledge,
): AttemptNext {
  const [first] = records;
  const step = first?.isTest
    ? nextStepOfTest(end.outcome, attempt)
    : nextStep(end.outcome, attempt, new Date(end.startedAt), retry, new Date(firstAttemptAt));
  if (step.kind === "dead_letter") return step;
  if (step.kind !== "retry") throw new RangeError(`a failure cannot lead to ${step.kind}`);
  const verdict = first && judge(first.facts, configuration, tripped);
  if (verdict?.kind === "settle" && verdict.status === "skipped")
    return { kind: "skipped", reason: verdict.reason };
  return { kind: "retrying", dueAt: step.dueAt.getTime(), attempt: step.attemptNumber };
}
