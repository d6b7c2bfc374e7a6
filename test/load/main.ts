import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { cpus, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { CATALOGUE } from "./catalogue.js";
import type { BenchContext } from "./context.js";
import { Destinations } from "./destinations.js";
import { readBusyTime } from "./measure/cpu-profile.js";
import { type BenchOptions, readOptions, type ScenarioName, USAGE } from "./options.js";
import { reportBusyTime, reportReceiver } from "./reports/basic.js";
import { measureReceiver } from "./scenarios/s0.js";
import { NO_STACK, openStack } from "./stack.js";

const HOT_FUNCTIONS = 15;

/** Where rates or latencies are compared with what the receiver takes, that is shown first. */
const RECEIVER_FIRST: readonly ScenarioName[] = ["S1", "S1h", "S2", "S3", "S4", "S12"];

/** Hottest functions of every profiled service, from the files `--cpu-prof` left. */
function reportProfiles(options: BenchOptions, scratchDir: string): string {
  return options.profile
    .flatMap((service) =>
      readdirSync(join(scratchDir, service))
        .filter((file) => file.endsWith(".cpuprofile"))
        .map((file) => reportBusyTime(service, readBusyTime(join(scratchDir, service, file), HOT_FUNCTIONS))),
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
    const stack = options.target === undefined ? await openStack(say) : NO_STACK;
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
  if (RECEIVER_FIRST.includes(options.scenario)) {
    console.log(`${reportReceiver(await measureReceiver(context, 1), await measureReceiver(context, 16))}\n`);
  }
  const { text, raw } = await CATALOGUE[options.scenario](context);
  console.log(text);
  if (options.profile.length > 0) console.log(`\n${reportProfiles(options, scratchDir)}`);
  if (options.out === undefined) return;
  const record = { date: new Date().toISOString(), machine, options: toRecorded(options), ...raw };
  writeFileSync(options.out, `${JSON.stringify(record, null, 2)}\n`);
  say(`raw figures in ${options.out}`);
}

/** What a reader of the figures needs: neither the token nor where the file went. */
function toRecorded({ target, out: _out, ...options }: BenchOptions): object {
  if (target === undefined) return options;
  const { url, publishUrl, adapter } = target;
  return { ...options, target: { url, publishUrl, adapter } };
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
