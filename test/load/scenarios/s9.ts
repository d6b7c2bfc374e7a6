import { setTimeout as sleep } from "node:timers/promises";
import type { BenchContext } from "../context.js";
import { readUsage } from "../measure/process-usage.js";
import { startSystem } from "../system.js";

/** What a process uses while nothing comes. */
interface IdleUsage {
  /** CPU, thousandths of a core. */
  readonly milliCores: number;
  /** Memory at the end, MiB. */
  readonly pssMib: number;
}

/** Figures of S9. */
export interface S9Result {
  readonly seconds: number;
  readonly byProcess: Readonly<Record<string, IdleUsage>>;
}

/** Until start-up is over: every partition claimed, everything compiled. */
const SETTLE_MS = 20_000;

/** The system as it stands with nothing to do. */
export async function runS9(context: BenchContext): Promise<S9Result> {
  const { options, say } = context;
  say("S9: starting the services");
  const system = await startSystem(context);
  try {
    await sleep(SETTLE_MS);
    say(`S9: idle for ${options.seconds} s`);
    const before = readUsage(system.pids());
    const since = performance.now();
    await sleep(options.seconds * 1_000);
    const after = readUsage(system.pids());
    const elapsedMs = performance.now() - since;
    const byProcess = Object.fromEntries(
      Object.entries(after).map(([name, { cpuUs, pssBytes }]) => {
        const milliCores = (cpuUs - (before[name]?.cpuUs ?? 0)) / elapsedMs;
        return [name, { milliCores, pssMib: pssBytes / 2 ** 20 }];
      }),
    );
    return { seconds: options.seconds, byProcess };
  } finally {
    await system.close();
  }
}
