import type { S3Result } from "../scenarios/s3.js";
import type { S4Result } from "../scenarios/s4.js";
import type { StepLatencies } from "../step.js";
import { describeRefused, describeVerdict, distributionRow, toTable, verdictOf } from "./text.js";

/** The healthy's p99 beside failing endpoints, over theirs without. */
const P99_RATIO_MAX = 1.2;
const RETRY_DEVIATION_MAX_MS = 250;

export function reportS3({ steps, healthy, everything }: S3Result): string {
  return [
    reportSteps("S3, healthy endpoints, ms", steps),
    ...compareP99(steps),
    `healthy: ${describeVerdict(healthy)}`,
    everything === undefined
      ? "what hung is not judged: the target's retries are its own"
      : `all, after the hanging ones answered again: ${describeVerdict(everything)}`,
  ].join("\n");
}

export function reportS4({ steps, retryDeviationMs, retryWaits, ruleErrorsMax, verdict }: S4Result): string {
  const deviations = Object.entries(retryDeviationMs);
  const all = deviations.map(([, ms]) => ms);
  const [earliest, latest] = [Math.min(...all.map(({ min }) => min)), Math.max(...all.map(({ max }) => max))];
  const isInTime = earliest >= -RETRY_DEVIATION_MAX_MS && latest <= RETRY_DEVIATION_MAX_MS;
  return [
    reportSteps("S4, healthy endpoints, ms", steps),
    ...compareP99(steps),
    toTable([
      [
        `waits ${retryWaits.join("/")} s: ms after the due time`,
        "retries",
        "min",
        "p50",
        "p95",
        "p99",
        "max",
      ],
      ...deviations.map(([attempt, ms]) => distributionRow(`attempt ${attempt}`, ms)),
    ]),
    all.length === 0
      ? "no retry came"
      : `retries ${earliest.toFixed(0)} to ${latest.toFixed(0)} ms from their time: ${verdictOf(isInTime)} within ${RETRY_DEVIATION_MAX_MS}`,
    `all, after the failing ones answered again: ${describeVerdict(verdict)}`,
    `lost 0, out of order 0: ${verdictOf(verdict.lost === 0 && verdict.outOfOrder === 0)}`,
    ...(ruleErrorsMax === undefined
      ? []
      : [`(the shared rule's limit was raised to ${ruleErrorsMax} errors: DISPATCHER_RULE_ERRORS_MAX)`]),
  ].join("\n");
}

/** Latency of each step, from accepted and from the call's beginning to the arrival. */
export function reportSteps(title: string, steps: readonly StepLatencies[]): string {
  return [
    toTable([
      [title, "events", "min", "p50", "p95", "p99", "max"],
      ...steps.flatMap((step) => [
        distributionRow(`${step.name}: accepted → arrival`, step.acceptedToArrivalMs),
        distributionRow(`${step.name}: call begun → arrival`, step.sentToArrivalMs),
      ]),
    ]),
    ...steps
      .filter(({ refused }) => Object.keys(refused).length > 0)
      .map(({ name, refused }) => `${name}${describeRefused(refused)}`),
  ].join("\n");
}

/** Each step's p99 against the first's. */
export function compareP99([baseline, ...rest]: readonly StepLatencies[]): readonly string[] {
  if (baseline === undefined) return [];
  return rest.map(({ name, acceptedToArrivalMs }) => {
    const ratio = acceptedToArrivalMs.p99 / baseline.acceptedToArrivalMs.p99;
    const isMet = ratio <= P99_RATIO_MAX;
    return `${name}: p99 ${ratio.toFixed(2)} × that of "${baseline.name}": ${verdictOf(isMet)} ≤ ${P99_RATIO_MAX}`;
  });
}
