import { SERVICE_NAMES } from "@hooklane/testing";
import type { HotFunction } from "./measure/cpu-profile.js";
import type { Distribution } from "./measure/percentiles.js";
import { median } from "./measure/percentiles.js";
import type { Verdict } from "./measure/verdict.js";
import type { BarestLoopResult, S0Result } from "./scenarios/s0.js";
import type { S1Result } from "./scenarios/s1.js";
import type { S2Rate } from "./scenarios/s2.js";
import { sumOfSystem } from "./system.js";

/** Lines of a table whose columns are as wide as they need; the first column to the left, figures to the right. */
function toTable(rows: readonly (readonly string[])[]): string {
  const widths: number[] = [];
  for (const row of rows) row.forEach((cell, i) => (widths[i] = Math.max(widths[i] ?? 0, cell.length)));
  return rows
    .map((row) =>
      row
        .map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0)))
        .join("  "),
    )
    .join("\n");
}

/** The figures benchmarks.md asks for now, of the foundation. */
const TARGETS = {
  receiverRequestsPerSecond: 40_000,
  dispatcherUs: 250,
  dispatcherToBarest: 1.5,
  systemUs: 500,
  p99MsAt200: 100,
} as const;

export function reportS0({ rawOneInFlight, rawPipelined, barest }: S0Result): string {
  return [reportReceiver(rawOneInFlight, rawPipelined), reportBarest([barest])].join("\n");
}

export function reportReceiver(one: S0Result["rawOneInFlight"], pipelined: S0Result["rawPipelined"]): string {
  return toTable([
    ["receiver alone", "requests/s", "CPU µs each"],
    ["one in flight a connection", whole(one.requestsPerSecond), fixed(one.receiverUs)],
    [
      `16 in flight (${verdictOf(pipelined.requestsPerSecond >= TARGETS.receiverRequestsPerSecond)} ≥ 40,000)`,
      whole(pipelined.requestsPerSecond),
      fixed(pipelined.receiverUs),
    ],
  ]);
}

export function reportBarest(runs: readonly BarestLoopResult[]): string {
  return toTable([
    ["barest loop", "median", "min", "max"],
    spread(
      "deliveries/s",
      runs.map((run) => run.deliveriesPerSecond),
      whole,
    ),
    spread(
      "CPU µs a delivery",
      runs.map((run) => run.cpuUs),
      fixed,
    ),
    ["what arrived", ...lastOf(runs.map((run) => describeVerdict(run.verdict)))],
  ]);
}

export function reportS1(barest: readonly BarestLoopResult[], runs: readonly S1Result[]): string {
  const rates = runs.map((run) => run.deliveriesPerSecond);
  const barestRate = median(barest.map((run) => run.deliveriesPerSecond));
  const dispatcherUs = median(runs.map((run) => run.cpuUs.dispatcher ?? Number.NaN));
  const ratio = dispatcherUs / median(barest.map((run) => run.cpuUs));
  const systemUs = median(runs.map((run) => run.systemCpuUs));
  const names = [...SERVICE_NAMES, "kafka", "mongodb"].filter((name) => runs[0]?.cpuUs[name] !== undefined);
  return [
    toTable([
      ["S1", "median", "min", "max"],
      spread("deliveries/s", rates, whole),
      ["  of the barest loop", `${whole((median(rates) / barestRate) * 100)} %`],
      ...names.map((name) =>
        spread(
          `CPU µs a delivery: ${name}`,
          runs.map((run) => run.cpuUs[name] ?? Number.NaN),
          fixed,
        ),
      ),
      spread(
        "CPU µs a delivery: all of these",
        runs.map((run) => run.systemCpuUs),
        fixed,
      ),
      spread(
        "CPU µs a delivery: receiver (beside)",
        runs.map((run) => run.cpuUs.receiver ?? Number.NaN),
        fixed,
      ),
      ...names.map((name) =>
        spread(
          `memory MiB: ${name}`,
          runs.map((run) => run.pssMib[name] ?? Number.NaN),
          whole,
        ),
      ),
    ]),
    ...runs.map(
      (run, i) =>
        `run ${i + 1}: ${describeVerdict(run.verdict)}${run.logComplete ? "" : "; delivery log NOT complete"}`,
    ),
    `dispatcher ${fixed(dispatcherUs)} µs: ${verdictOf(dispatcherUs <= TARGETS.dispatcherUs)} ≤ ${TARGETS.dispatcherUs}`,
    `dispatcher / barest loop ${ratio.toFixed(2)}: ${verdictOf(ratio <= TARGETS.dispatcherToBarest)} ≤ ${TARGETS.dispatcherToBarest}`,
    `whole system ${fixed(systemUs)} µs: ${verdictOf(systemUs <= TARGETS.systemUs)} ≤ ${TARGETS.systemUs}`,
  ].join("\n");
}

export function reportS2(runs: readonly (readonly S2Rate[])[]): string {
  const header = ["S2, ms", "events", "min", "p50", "p95", "p99", "max"];
  const rows = runs.flatMap((rates) =>
    rates.flatMap((rate) => [
      distributionRow(`${rate.ratePerSecond}/s accepted → arrival`, rate.acceptedToArrivalMs),
      distributionRow(`${rate.ratePerSecond}/s call begun → arrival`, rate.sentToArrivalMs),
      distributionRow(`${rate.ratePerSecond}/s the call`, rate.callMs),
    ]),
  );
  const verdicts = runs.flatMap((rates) =>
    rates.map((rate) => `${rate.ratePerSecond}/s: ${describeRate(rate)}`),
  );
  const cpu = runs.flatMap((rates) => rates.map(describeCpu));
  const at200 = runs.flatMap((rates) => rates.filter((rate) => rate.ratePerSecond === 200));
  const p99 = median(at200.map((rate) => rate.acceptedToArrivalMs.p99));
  const target = `p99 at 200/s ${p99.toFixed(1)} ms: ${verdictOf(p99 <= TARGETS.p99MsAt200)} ≤ ${TARGETS.p99MsAt200}`;
  return [toTable([header, ...rows]), ...verdicts, ...cpu, ...(at200.length === 0 ? [] : [target])].join(
    "\n",
  );
}

export function reportHotFunctions(service: string, functions: readonly HotFunction[]): string {
  return toTable([
    [`hottest of ${service}`, "self %"],
    ...functions.map(({ name, place, selfPercent }) => [`${name}  ${place}`, selfPercent.toFixed(1)]),
  ]);
}

/** CPU an event by process, and how much of one core all of the system took. */
function describeCpu({ cpuUs, ratePerSecond }: S2Rate): string {
  const parts = Object.entries(cpuUs).map(([name, us]) => `${name} ${whole(us)}`);
  const systemUs = sumOfSystem(cpuUs);
  const cores = ((systemUs * ratePerSecond) / 1e6).toFixed(2);
  return `${ratePerSecond}/s: CPU µs an event ${whole(systemUs)} (${cores} cores): ${parts.join(", ")}`;
}

function describeRate({ verdict, refused }: S2Rate): string {
  const refusals = Object.entries(refused).map(([code, count]) => `${count} × ${code}`);
  return `${describeVerdict(verdict)}${refusals.length === 0 ? "" : `; calls refused: ${refusals.join(", ")}`}`;
}

function describeVerdict(verdict: Verdict): string {
  const { delivered, lost, duplicated, outOfOrder, retried } = verdict;
  return `delivered ${delivered}, lost ${lost}, duplicated ${duplicated}, out of order ${outOfOrder}, retried ${retried}`;
}

function distributionRow(name: string, distribution: Distribution): string[] {
  const { count, min, p50, p95, p99, max } = distribution;
  return [name, whole(count), ...[min, p50, p95, p99, max].map((ms) => ms.toFixed(1))];
}

function spread(name: string, values: readonly number[], show: (value: number) => string): string[] {
  return [name, show(median(values)), show(Math.min(...values)), show(Math.max(...values))];
}

function lastOf(values: readonly string[]): string[] {
  return values.slice(-1);
}

function verdictOf(isMet: boolean): string {
  return isMet ? "meets" : "MISSES";
}

function whole(value: number): string {
  return Number.isNaN(value) ? "-" : Math.round(value).toLocaleString("en");
}

function fixed(value: number): string {
  return Number.isNaN(value) ? "-" : value.toFixed(1);
}
