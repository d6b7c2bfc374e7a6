import { readFileSync } from "node:fs";

/** Where a process spent its time: one function. */
interface HotFunction {
  readonly name: string;
  /** File and line, from the repository's root or from `node_modules`. */
  readonly place: string;
  /** Time in the function itself, in percent of the time the process was not idle. */
  readonly selfPercent: number;
}

interface CpuProfile {
  readonly nodes: readonly {
    readonly id: number;
    readonly callFrame: { readonly functionName: string; readonly url: string; readonly lineNumber: number };
  }[];
  readonly samples: readonly number[];
  /** Microseconds between a sample and the one before. */
  readonly timeDeltas: readonly number[];
}

/** What a process did, as `node --cpu-prof` has written it. */
export interface BusyTime {
  /** The functions with the most self time, most first. */
  readonly hottest: readonly HotFunction[];
  /** Of what was spent in the metrics: in prom-client and what hands figures to it, percent. */
  readonly metricsPercent: number;
}

/** Places of functions that do nothing but count. */
const METRICS = /^prom-client\/|^packages\/service\/dist\/metrics\.js/;

/** @param count of the functions that are listed */
export function readBusyTime(file: string, count: number): BusyTime {
  const functions = sumByFunction(JSON.parse(readFileSync(file, "utf8")) as CpuProfile);
  const busyUs = sumUs(functions);
  const metricsUs = sumUs(functions.filter(({ place }) => METRICS.test(place)));
  return {
    hottest: functions
      .sort((a, b) => b.us - a.us)
      .slice(0, count)
      .map(({ name, place, us }) => ({ name, place, selfPercent: (us / busyUs) * 100 })),
    metricsPercent: (metricsUs / busyUs) * 100,
  };
}

interface FunctionTime {
  readonly name: string;
  readonly place: string;
  us: number;
}

const sumUs = (functions: readonly FunctionTime[]): number => functions.reduce((sum, { us }) => sum + us, 0);

/** Microseconds in each function itself, without the time the process was idle. */
function sumByFunction(profile: CpuProfile): FunctionTime[] {
  const selfUs = new Map<number, number>();
  profile.samples.forEach((node, index) => {
    selfUs.set(node, (selfUs.get(node) ?? 0) + (profile.timeDeltas[index] ?? 0));
  });
  const byFunction = new Map<string, FunctionTime>();
  for (const { id, callFrame } of profile.nodes) {
    const us = selfUs.get(id) ?? 0;
    const name = callFrame.functionName === "" ? "(anonymous)" : callFrame.functionName;
    if (us === 0 || name === "(idle)") continue;
    const place = toPlace(callFrame.url, callFrame.lineNumber);
    const key = `${name} ${place}`;
    const entry = byFunction.get(key) ?? { name, place, us: 0 };
    entry.us += us;
    byFunction.set(key, entry);
  }
  return [...byFunction.values()];
}

function toPlace(url: string, lineNumber: number): string {
  const path = url
    .replace(/^.*\/node_modules\//, "")
    .replace(/^file:\/\/.*?\/((?:apps|packages|test)\/)/, "$1");
  // Line numbers of a profile begin at 0.
  return path === "" ? "(native)" : `${path}:${lineNumber + 1}`;
}
