import { SERVICE_NAMES } from "@hooklane/testing";
import type { BusyTime } from "../measure/cpu-profile.js";
import { median } from "../measure/percentiles.js";
import type { BarestLoopResult, S0Result } from "../scenarios/s0.js";
import type { S1Result } from "../scenarios/s1.js";
import type { S2Rate } from "../scenarios/s2.js";
import { sumOfSystem } from "../system.js";
import {
  describeRefused,
  describeVerdict,
  distributionRow,
  fixed,
  lastOf,
  spread,
  toTable,
  verdictOf,
  whole,
} from "./text.js";

/** The figures benchmarks.md asks for. */
const TARGETS = {
  receiverRequestsPerSecond: 40_000,
  dispatcherUs: 220,
  dispatcherToBarest: 1.5,
  systemUs: 500,
  p50MsAt200: 10,
  p99MsAt200: 30,
  p99MsAt1000: 100,
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
  const of = (ratePerSecond: number, name: "p50" | "p99", limitMs: number) => {
    const rates = runs.flatMap((run) => run.filter((rate) => rate.ratePerSecond === ratePerSecond));
    if (rates.length === 0) return [];
    const ms = median(rates.map((rate) => rate.acceptedToArrivalMs[name]));
    return [`${name} at ${ratePerSecond}/s ${ms.toFixed(1)} ms: ${verdictOf(ms <= limitMs)} ≤ ${limitMs}`];
  };
  return [
    toTable([header, ...rows]),
    ...verdicts,
    ...cpu,
    ...of(200, "p50", TARGETS.p50MsAt200),
    ...of(200, "p99", TARGETS.p99MsAt200),
    ...of(1_000, "p99", TARGETS.p99MsAt1000),
  ].join("\n");
}

export function reportBusyTime(service: string, { hottest, metricsPercent }: BusyTime): string {
  return toTable([
    [`hottest of ${service}`, "self %"],
    ["all that metrics cost", metricsPercent.toFixed(1)],
    ...hottest.map(({ name, place, selfPercent }) => [`${name}  ${place}`, selfPercent.toFixed(1)]),
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
  return `${describeVerdict(verdict)}${describeRefused(refused)}`;
}
