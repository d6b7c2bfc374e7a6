import type { BenchContext } from "../context.js";
import { chooseShare } from "../endpoint-choice.js";
import { type Distribution, distributionOf } from "../measure/percentiles.js";
import { findRetryDeviations } from "../measure/retry-times.js";
import type { Verdict } from "../measure/verdict.js";
import { runStep, type StepFigures, toFigures } from "../step.js";
import { openSubject } from "../subject.js";
import { Traffic } from "../traffic.js";
import { warmUp } from "../warm-up.js";

/** Figures of S4. */
export interface S4Result {
  /** All answer; then 10 % of the endpoints answer 500. Healthy endpoints only. */
  readonly steps: readonly StepFigures[];
  readonly failing: number;
  /** Of the failing endpoints: arrival of attempt 2, 3, 4 against its time after the first attempt, milliseconds. */
  readonly retryDeviationMs: Readonly<Record<string, Distribution>>;
  readonly retryWaits: readonly number[];
  /** The shared rule's limit; with the default a longer run would disable webhooks. Undefined for a target. */
  readonly ruleErrorsMax: number | undefined;
  /** Of all endpoints, after the failing ones answered again. */
  readonly verdict: Verdict;
}

const RATE_PER_SECOND = 200;
const FAILING_PERCENT = 10;
const BASELINE_SECONDS_MAX = 60;
const RULE_ERRORS_MAX = 1_000;
const DRAIN_MS = 120_000;

/** 200/s while a tenth of the endpoints answers 500, with the real waits; then they recover. */
export async function runS4(context: BenchContext): Promise<S4Result> {
  const { destinations, options, say } = context;
  const subject = await openSubject(context, {
    env: { DISPATCHER_RULE_ERRORS_MAX: String(RULE_ERRORS_MAX) },
  });
  const traffic = new Traffic(destinations, subject.lines);
  const failing = new Set(chooseShare(options.endpoints, FAILING_PERCENT));
  const isFailing = (endpoint: number) => failing.has(endpoint);
  const isHealthy = (endpoint: number) => !failing.has(endpoint);
  const measure = async (name: string, seconds: number) => {
    say(`S4: ${RATE_PER_SECOND}/s for ${seconds} s, ${name}`);
    const pace = { kind: "rate", ratePerSecond: RATE_PER_SECOND, seconds } as const;
    return toFigures(name, traffic, await runStep(subject, traffic, pace, isHealthy), isHealthy);
  };
  try {
    await warmUp(context, traffic);
    const steps = [await measure("all answer", Math.min(BASELINE_SECONDS_MAX, options.seconds))];
    await destinations.behave([...failing], "error");
    steps.push(await measure(`${failing.size} answer 500`, options.seconds));
    await destinations.behave([...failing], "ok");
    say("S4: all answer again, waiting for what was held back");
    const arrivals = await traffic.awaitSettled(Math.max(...options.retryWaits) * 1_000 + DRAIN_MS);
    const deviations = findRetryDeviations(arrivals, options.retryWaits, isFailing);
    return {
      steps,
      failing: failing.size,
      retryDeviationMs: Object.fromEntries(
        [...deviations].sort().map(([attempt, values]) => [attempt, distributionOf(values)]),
      ),
      retryWaits: options.retryWaits,
      ruleErrorsMax: subject.system && RULE_ERRORS_MAX,
      verdict: traffic.judge(arrivals),
    };
  } finally {
    await destinations.behave([...failing], "ok");
    await traffic.close();
    await subject.close();
  }
}
