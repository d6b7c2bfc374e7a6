import { readFileSync } from "node:fs";
import type { BenchContext } from "../context.js";
import { type BarestLoopResult, measureBarestLoop } from "./s0.js";
import { runS1, type S1Result } from "./s1.js";

/** The ratio the guard compares with: CPU a delivery of the dispatcher over that of the barest loop, in one run. */
interface Baseline {
  readonly dispatcherToBarest: number;
}

export interface QuickResult {
  readonly barest: BarestLoopResult;
  readonly s1: S1Result;
  readonly dispatcherToBarest: number;
  readonly baseline: Baseline;
  /** More than {@link TOLERANCE} above the baseline. */
  readonly isWorse: boolean;
}

/** Machines are noisy; a ratio within one run less so. */
const TOLERANCE = 1.2;

/** S1 in small, and whether the dispatcher costs more than the committed baseline says. It warns, it does not fail. */
export async function runQuick(context: BenchContext): Promise<QuickResult> {
  const barest = await measureBarestLoop(context, context.options.events);
  const s1 = await runS1(context, context.options.events);
  const baseline = JSON.parse(
    readFileSync(new URL("../../../load/baseline.json", import.meta.url), "utf8"),
  ) as Baseline;
  const dispatcherToBarest = (s1.cpuUs.dispatcher ?? Number.NaN) / barest.cpuUs;
  return {
    barest,
    s1,
    dispatcherToBarest,
    baseline,
    isWorse: dispatcherToBarest > baseline.dispatcherToBarest * TOLERANCE,
  };
}
