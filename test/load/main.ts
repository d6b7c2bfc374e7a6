import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { cpus, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import type { BenchContext } from "./context.js";
import { Destinations } from "./destinations.js";
import { listHotFunctions } from "./measure/cpu-profile.js";
import { type BenchOptions, readOptions, USAGE } from "./options.js";
import { reportBarest, reportHotFunctions, reportReceiver, reportS0, reportS1, reportS2 } from "./report.js";
import { runQuick } from "./scenarios/quick.js";
import { type BarestLoopResult, measureBarestLoop, measureReceiver, runS0 } from "./scenarios/s0.js";
import { runS1, type S1Result } from "./scenarios/s1.js";
import { runS2, type S2Rate } from "./scenarios/s2.js";
import { openStack } from "./stack.js";

const HOT_FUNCTIONS = 15;

/** What a scenario gives: the text for people and the raw figures. */
interface Outcome {
  readonly text: string;
  readonly raw: unknown;
}

async function runScenario(context: BenchContext): Promise<Outcome> {
  const { options } = context;
  switch (options.scenario) {
    case "S0": {
      const s0 = await runS0(context);
      return { text: reportS0(s0), raw: s0 };
    }
    case "S1": {
      const barest: BarestLoopResult[] = [];
      const runs: S1Result[] = [];
      for (let run = 0; run < options.runs; run++) {
        context.say(`run ${run + 1} of ${options.runs}: the barest loop`);
        barest.push(await measureBarestLoop(context, options.events));
        runs.push(await runS1(context, options.events));
      }
      return { text: `${reportBarest(barest)}\n\n${reportS1(barest, runs)}`, raw: { barest, s1: runs } };
    }
    case "S2": {
      const runs: (readonly S2Rate[])[] = [];
      for (let run = 0; run < options.runs; run++) runs.push(await runS2(context));
      return { text: reportS2(runs), raw: { s2: runs } };
    }
    case "quick": {
      const quick = await runQuick(context);
      const { dispatcherToBarest, baseline } = quick;
      const comparison = `dispatcher / barest loop: ${dispatcherToBarest.toFixed(2)}, committed baseline ${baseline.dispatcherToBarest}`;
      const warning = quick.isWorse ? "\nWARNING: the hot path costs more than the baseline says" : "";
      return { text: `${reportS1([quick.barest], [quick.s1])}\n${comparison}${warning}`, raw: quick };
    }
  }
}

/** Hottest functions of every profiled service, from the files `--cpu-prof` left. */
function reportProfiles(options: BenchOptions, scratchDir: string): string {
  return options.profile
    .flatMap((service) =>
      readdirSync(join(scratchDir, service))
        .filter((file) => file.endsWith(".cpuprofile"))
        .map((file) =>
          reportHotFunctions(service, listHotFunctions(join(scratchDir, service, file), HOT_FUNCTIONS)),
        ),
    )
    .join("\n\n");
}

/** What the run opened; closed once, in reverse order. */
class Closers {
  readonly #closers: (() => void | Promise<void>)[] = [];

  add(close: () => void | Promise<void>): void {
    this.#closers.push(close);
  }

  async close(): Promise<void> {
    for (let close = this.#closers.pop(); close !== undefined; close = this.#closers.pop()) await close();
  }
}

async function main(options: BenchOptions): Promise<void> {
  const say = (line: string) =>
    void process.stderr.write(`${new Date().toISOString().slice(11, 19)} ${line}\n`);
  const closers = new Closers();
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    // The services are killed with this process; a stack of our own is stopped in order.
    process.once(signal, () => void closers.close().finally(() => process.exit(130)));
  }
  const scratchDir = mkdtempSync(join(tmpdir(), "hooklane-bench-run-"));
  closers.add(() => rmSync(scratchDir, { recursive: true, force: true }));
  try {
    const stack = await openStack(say);
    closers.add(() => stack.close());
    const destinations = await Destinations.open(options.endpoints);
    closers.add(() => destinations.close());
    await runAndReport({ options, stack, destinations, scratchDir, say });
  } finally {
    await closers.close();
  }
}

async function runAndReport(context: BenchContext): Promise<void> {
  const { options, scratchDir, say } = context;
  const model = cpus()[0]?.model ?? "unknown processor";
  const machine = {
    cpus: cpus().length,
    model,
    node: process.version,
    loadBefore: loadavg()[0] ?? Number.NaN,
  };
  console.log(
    `${machine.cpus} × ${model}, Node ${machine.node}, load before ${machine.loadBefore.toFixed(2)}`,
  );
  if (options.scenario === "S1" || options.scenario === "S2") {
    console.log(`${reportReceiver(await measureReceiver(context, 1), await measureReceiver(context, 16))}\n`);
  }
  const { text, raw } = await runScenario(context);
  console.log(text);
  if (options.profile.length > 0) console.log(`\n${reportProfiles(options, scratchDir)}`);
  if (options.out === undefined) return;
  const record = { date: new Date().toISOString(), machine, options, ...(raw as object) };
  writeFileSync(options.out, `${JSON.stringify(record, null, 2)}\n`);
  say(`raw figures in ${options.out}`);
}

function readOptionsOrExit(): BenchOptions {
  try {
    return readOptions(process.argv.slice(2));
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
    process.exit(2);
  }
}

main(readOptionsOrExit()).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
