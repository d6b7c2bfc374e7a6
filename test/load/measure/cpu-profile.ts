import { readFileSync } from "node:fs";

/** Where a process spent its time: one function. */
export interface HotFunction {
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

/** Reads a file written by `node --cpu-prof` and lists the functions with the most self time. */
export function listHotFunctions(file: string, count: number): readonly HotFunction[] {
  const profile = JSON.parse(readFileSync(file, "utf8")) as CpuProfile;
  const selfUs = new Map<number, number>();
  profile.samples.forEach((node, index) => {
    selfUs.set(node, (selfUs.get(node) ?? 0) + (profile.timeDeltas[index] ?? 0));
  });
  const byFunction = new Map<string, { name: string; place: string; us: number }>();
  let busyUs = 0;
  for (const { id, callFrame } of profile.nodes) {
    const us = selfUs.get(id) ?? 0;
    const name = callFrame.functionName === "" ? "(anonymous)" : callFrame.functionName;
    if (us === 0 || name === "(idle)") continue;
    busyUs += us;
    const place = toPlace(callFrame.url, callFrame.lineNumber);
    const key = `${name} ${place}`;
    const entry = byFunction.get(key) ?? { name, place, us: 0 };
    entry.us += us;
    byFunction.set(key, entry);
  }
  return [...byFunction.values()]
    .sort((a, b) => b.us - a.us)
    .slice(0, count)
    .map(({ name, place, us }) => ({ name, place, selfPercent: (us / busyUs) * 100 }));
}

function toPlace(url: string, lineNumber: number): string {
  const path = url
    .replace(/^.*\/node_modules\//, "")
    .replace(/^file:\/\/.*?\/((?:apps|packages|test)\/)/, "$1");
  // Line numbers of a profile begin at 0.
  return path === "" ? "(native)" : `${path}:${lineNumber + 1}`;
}
