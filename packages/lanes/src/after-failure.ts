import { nextStep, type RetryPolicy } from "@hooklane/core";
import type { AttemptEnd, AttemptNext } from "./decision.js";
import { type ConfigurationView, judge } from "./judge.js";
import type { Hand } from "./lane.js";
import type { TrippedWebhooks } from "./tripped-webhooks.js";

/** What follows a failed attempt, once its error was counted: what its own trip names is not retried (lanes.md §7). */
export function nextAfterFailure(
  hand: Hand,
  end: AttemptEnd,
  retry: RetryPolicy,
  {
    configuration,
    tripped,
  }: { readonly configuration: ConfigurationView; readonly tripped: TrippedWebhooks },
): AttemptNext {
  const step = nextStep(end.outcome, hand.attempt, new Date(end.startedAt), retry);
  if (step.kind === "dead_letter") return step;
  if (step.kind !== "retry") throw new RangeError(`a failure cannot lead to ${step.kind}`);
  const [first] = hand.records;
  const verdict = first && judge(first.facts, configuration, tripped);
  if (verdict?.kind === "settle" && verdict.status === "skipped")
    return { kind: "skipped", reason: verdict.reason };
  return { kind: "retrying", dueAt: step.dueAt.getTime() };
}
