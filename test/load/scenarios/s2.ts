import type { BenchContext } from "../context.js";
import type { Verdict } from "../measure/verdict.js";
import { runStep, type StepFigures, toFigures } from "../step.js";
import { openSubject } from "../subject.js";
import { Traffic } from "../traffic.js";
import { warmUp } from "../warm-up.js";

/** Figures of S2 at one rate. */
export interface S2Rate extends StepFigures {
  readonly ratePerSecond: number;
  readonly verdict: Verdict;
}

/** Open loop over HTTP: the driver sends at a fixed rate, whatever the answers take. */
export async function runS2(context: BenchContext): Promise<readonly S2Rate[]> {
  const { destinations, options, say } = context;
  const subject = await openSubject(context);
  const traffic = new Traffic(destinations, subject.lines);
  try {
    await warmUp(context, traffic);
    const results: S2Rate[] = [];
    for (const ratePerSecond of options.rates) {
      say(`S2: ${ratePerSecond}/s for ${options.seconds} s`);
      await traffic.restart();
      const step = await runStep(subject, traffic, { kind: "rate", ratePerSecond, seconds: options.seconds });
      const verdict = traffic.judge(step.arrivals);
      results.push({ ...toFigures(`${ratePerSecond}/s`, traffic, step), ratePerSecond, verdict });
    }
    return results;
  } finally {
    await traffic.close();
    await subject.close();
  }
}
