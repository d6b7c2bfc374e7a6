import { SERVICE_NAMES } from "@hooklane/testing";
import type { S1Result } from "../scenarios/s1.js";
import type { S1hResult } from "../scenarios/s1h.js";
import type { S6Result } from "../scenarios/s6.js";
import type { S12Result } from "../scenarios/s12.js";
import {
  describeRefused,
  describeVerdict,
  distributionRow,
  fixed,
  toTable,
  verdictOf,
  whole,
} from "./text.js";

const TARGETS = {
  httpSystemUs: 600,
  httpDeliveriesPerSecond: 2_500,
  sizeSpread: 0.15,
  batchedRateFactor: 5,
  batchedCpuShare: 1 / 3,
} as const;

export function reportS1h(result: S1hResult): string {
  const { deliveriesPerSecond, cpuUs, systemCpuUs, callMs, verdict, logComplete, refused } = result;
  return [
    toTable([
      ["S1h, 48 calls at once", ""],
      ["deliveries/s", whole(deliveriesPerSecond)],
      ...Object.entries(cpuUs).map(([name, us]) => [`CPU µs a delivery: ${name}`, fixed(us)]),
      ["CPU µs a delivery: without driver and receiver", fixed(systemCpuUs)],
    ]),
    toTable([["ms", "calls", "min", "p50", "p95", "p99", "max"], distributionRow("the call", callMs)]),
    `${describeVerdict(verdict)}${describeRefused(refused)}${logComplete === false ? "; delivery log NOT complete" : ""}`,
    `whole system ${fixed(systemCpuUs)} µs: ${verdictOf(systemCpuUs <= TARGETS.httpSystemUs)} ≤ ${TARGETS.httpSystemUs}`,
    `${whole(deliveriesPerSecond)} deliveries/s: ${verdictOf(deliveriesPerSecond >= TARGETS.httpDeliveriesPerSecond)} ≥ ${whole(TARGETS.httpDeliveriesPerSecond)}`,
  ].join("\n");
}

export function reportS6(results: readonly S6Result[]): string {
  const rates = results.map((result) => result.deliveriesPerSecond);
  const spread = Math.max(...rates) / Math.min(...rates) - 1;
  const names = [...SERVICE_NAMES, "kafka", "mongodb"];
  return [
    toTable([
      ["S6, queued", ...results.map(({ queued }) => whole(queued))],
      ["deliveries/s", ...rates.map(whole)],
      ["CPU µs a delivery: whole system", ...results.map(({ systemCpuUs }) => fixed(systemCpuUs))],
      ...names.map((name) => [
        `memory MiB: ${name}`,
        ...results.map(({ pssMib }) => whole(pssMib[name] ?? Number.NaN)),
      ]),
    ]),
    `rate flat to ${whole(spread * 100)} %: ${verdictOf(spread <= TARGETS.sizeSpread)} ≤ ${TARGETS.sizeSpread * 100} %`,
    ...results.map(({ queued, verdict }) => `${whole(queued)}: ${describeVerdict(verdict)}`),
  ].join("\n");
}

export function reportS12({ single, batched, batching }: S12Result): string {
  const factor = batched.deliveriesPerSecond / single.deliveriesPerSecond;
  const share = batched.systemCpuUs / single.systemCpuUs;
  const names = [...SERVICE_NAMES, "kafka", "mongodb"];
  const row = (name: string, show: (result: S1Result) => string) => [name, show(single), show(batched)];
  return [
    toTable([
      ["S12", "one by one", `batches of ${batching.maxEvents}`],
      row("events/s", ({ deliveriesPerSecond }) => whole(deliveriesPerSecond)),
      ...names.map((name) =>
        row(`CPU µs an event: ${name}`, ({ cpuUs }) => fixed(cpuUs[name] ?? Number.NaN)),
      ),
      row("CPU µs an event: all of these", ({ systemCpuUs }) => fixed(systemCpuUs)),
    ]),
    `one by one: ${describeVerdict(single.verdict)}`,
    `in batches: ${describeVerdict(batched.verdict)}`,
    `events/s ${factor.toFixed(1)} ×: ${verdictOf(factor >= TARGETS.batchedRateFactor)} ≥ ${TARGETS.batchedRateFactor}`,
    `CPU an event ${share.toFixed(2)} ×: ${verdictOf(share <= TARGETS.batchedCpuShare)} ≤ 1/3`,
  ].join("\n");
}
