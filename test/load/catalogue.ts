import type { BenchContext } from "./context.js";
import type { ScenarioName } from "./options.js";
import { reportBarest, reportS0, reportS1, reportS2 } from "./reports/basic.js";
import { reportBlocked } from "./reports/blocked.js";
import { reportS9 } from "./reports/idle.js";
import { reportM1, reportM2, reportM3, reportM4, reportM5, reportM6 } from "./reports/management.js";
import { reportS5, reportS11 } from "./reports/one-line.js";
import { reportS1h, reportS6, reportS12 } from "./reports/queues.js";
import { reportS3, reportS4 } from "./reports/slow-endpoints.js";
import { reportS8 } from "./reports/takeover.js";
import { runBlocked } from "./scenarios/blocked.js";
import { runM1 } from "./scenarios/m1.js";
import { runM2 } from "./scenarios/m2.js";
import { runM3 } from "./scenarios/m3.js";
import { runM4 } from "./scenarios/m4.js";
import { runM5 } from "./scenarios/m5.js";
import { runM6 } from "./scenarios/m6.js";
import { runQuick } from "./scenarios/quick.js";
import { type BarestLoopResult, measureBarestLoop, runS0 } from "./scenarios/s0.js";
import { runS1, type S1Result } from "./scenarios/s1.js";
import { runS1h } from "./scenarios/s1h.js";
import { runS2, type S2Rate } from "./scenarios/s2.js";
import { runS3 } from "./scenarios/s3.js";
import { runS4 } from "./scenarios/s4.js";
import { runS5 } from "./scenarios/s5.js";
import { runS6 } from "./scenarios/s6.js";
import { runS8 } from "./scenarios/s8.js";
import { runS9 } from "./scenarios/s9.js";
import { runS11 } from "./scenarios/s11.js";
import { runS12 } from "./scenarios/s12.js";

/** What a scenario gives: the text for people and the raw figures. */
export interface Outcome {
  readonly text: string;
  readonly raw: object;
}

/** A scenario whose figures are told by one function. */
function plain<T>(key: string, run: (context: BenchContext) => Promise<T>, report: (result: T) => string) {
  return async (context: BenchContext): Promise<Outcome> => {
    const result = await run(context);
    return { text: report(result), raw: { [key]: result } };
  };
}

async function repeatS1(context: BenchContext): Promise<Outcome> {
  const { runs: count, events } = context.options;
  const barest: BarestLoopResult[] = [];
  const runs: S1Result[] = [];
  for (let run = 0; run < count; run++) {
    context.say(`run ${run + 1} of ${count}: the barest loop`);
    barest.push(await measureBarestLoop(context, events));
    runs.push(await runS1(context, events));
  }
  return { text: `${reportBarest(barest)}\n\n${reportS1(barest, runs)}`, raw: { barest, s1: runs } };
}

async function repeatS2(context: BenchContext): Promise<Outcome> {
  const runs: (readonly S2Rate[])[] = [];
  for (let run = 0; run < context.options.runs; run++) runs.push(await runS2(context));
  return { text: reportS2(runs), raw: { s2: runs } };
}

async function guard(context: BenchContext): Promise<Outcome> {
  const quick = await runQuick(context);
  const { dispatcherToBarest, baseline } = quick;
  const comparison = `dispatcher / barest loop: ${dispatcherToBarest.toFixed(2)}, committed baseline ${baseline.dispatcherToBarest}`;
  const warning = quick.isWorse ? "\nWARNING: the hot path costs more than the baseline says" : "";
  return { text: `${reportS1([quick.barest], [quick.s1])}\n${comparison}${warning}`, raw: quick };
}

/** How each scenario is run and reported. */
export const CATALOGUE: Readonly<Record<ScenarioName, (context: BenchContext) => Promise<Outcome>>> = {
  S0: plain("s0", runS0, reportS0),
  S1: repeatS1,
  S1h: plain("s1h", runS1h, reportS1h),
  S2: repeatS2,
  S3: plain("s3", runS3, reportS3),
  S4: plain("s4", runS4, reportS4),
  S5: plain("s5", runS5, reportS5),
  S6: plain("s6", runS6, reportS6),
  S8: plain("s8", runS8, reportS8),
  S9: plain("s9", runS9, reportS9),
  S11: plain("s11", runS11, reportS11),
  S12: plain("s12", runS12, reportS12),
  M1: plain("m1", runM1, reportM1),
  M2: plain("m2", runM2, reportM2),
  M3: plain("m3", runM3, reportM3),
  M4: plain("m4", runM4, reportM4),
  M5: plain("m5", runM5, reportM5),
  M6: plain("m6", runM6, reportM6),
  blocked: plain("blocked", runBlocked, reportBlocked),
  quick: guard,
};
