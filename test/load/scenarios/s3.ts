import type { BenchContext } from "../context.js";
import { chooseShare } from "../endpoint-choice.js";
import type { Verdict } from "../measure/verdict.js";
import { runStep, type StepFigures, toFigures } from "../step.js";
import { openSubject } from "../subject.js";
import { Traffic } from "../traffic.js";
import { warmUp } from "../warm-up.js";

/** Figures of S3. Every step counts the endpoints that are healthy in all of them. */
export interface S3Result {
  /** All answer, then 10 %, then 30 % hang. */
  readonly steps: readonly (StepFigures & { readonly hanging: number })[];
  /** Of the healthy endpoints, over all steps. */
  readonly healthy: Verdict;
  /** Of all endpoints, after the hanging ones answered again; undefined for a target, whose retries we do not know. */
  readonly everything: Verdict | undefined;
}

const RATE_PER_SECOND = 200;
const HANGING_PERCENT = [0, 10, 30] as const;
const DRAIN_MS = 60_000;

/** S2 at 200/s while a part of the endpoints takes requests and never answers. */
export async function runS3(context: BenchContext): Promise<S3Result> {
  const { destinations, options, say } = context;
  const subject = await openSubject(context);
  const traffic = new Traffic(destinations, subject.lines);
  const everHanging = new Set(HANGING_PERCENT.flatMap((percent) => chooseShare(options.endpoints, percent)));
  const isHealthy = (endpoint: number) => !everHanging.has(endpoint);
  try {
    await warmUp(context, traffic);
    const steps: (StepFigures & { hanging: number })[] = [];
    for (const percent of HANGING_PERCENT) {
      const hanging = chooseShare(options.endpoints, percent);
      say(`S3: ${RATE_PER_SECOND}/s for ${options.seconds} s, ${hanging.length} endpoints hang`);
      await destinations.behave(hanging, "hang");
      const pace = { kind: "rate", ratePerSecond: RATE_PER_SECOND, seconds: options.seconds } as const;
      const step = await runStep(subject, traffic, pace, isHealthy);
      steps.push({ ...toFigures(`${percent} % hang`, traffic, step, isHealthy), hanging: hanging.length });
    }
    const healthy = traffic.judge(await destinations.read(), isHealthy);
    await destinations.behave([...everHanging], "ok");
    if (subject.system === undefined) return { steps, healthy, everything: undefined };
    say("S3: all answer again, waiting for what was held back");
    const arrivals = await traffic.awaitSettled(Math.max(...options.retryWaits) * 1_000 + DRAIN_MS);
    return { steps, healthy, everything: traffic.judge(arrivals) };
  } finally {
    await destinations.behave([...everHanging], "ok");
    await traffic.close();
    await subject.close();
  }
}
