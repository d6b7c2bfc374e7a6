import { randomBytes } from "node:crypto";
import type { BenchContext } from "../context.js";
import { judgeShared } from "../destinations.js";
import type { Arrivals } from "../measure/arrivals.js";
import { type Distribution, distributionOf } from "../measure/percentiles.js";
import { cpuPerUnit, readUsage } from "../measure/process-usage.js";
import type { Verdict } from "../measure/verdict.js";
import type { OpenLoopAnswer, OpenLoopRequest } from "../processes/open-loop-process.js";
import { Worker } from "../processes/worker.js";
import { startSystem, type System } from "../system.js";

/** Figures of S2 at one rate. */
export interface S2Rate {
  readonly ratePerSecond: number;
  /** Milliseconds from the answer 202 to the request's arrival; below 0 where the request was faster. */
  readonly acceptedToArrivalMs: Distribution;
  /** Milliseconds from the beginning of the producer's call to the request's arrival. */
  readonly sentToArrivalMs: Distribution;
  /** Milliseconds the producer's call took. */
  readonly callMs: Distribution;
  readonly refused: Readonly<Record<string, number>>;
  /** CPU of each process for one event, microseconds. */
  readonly cpuUs: Readonly<Record<string, number>>;
  readonly verdict: Verdict;
}

const TAIL_DEADLINE_MS = 60_000;
/**
 * A service is measured warm: in the first minute the six Node processes and the broker's JVM spend much of the CPU on
 * compiling, and on two cores every event queues for it.
 */
const WARM_UP = { ratePerSecond: 500, seconds: 40 } as const;

/** Open loop over HTTP: the driver sends at a fixed rate, whatever the answers take. */
export async function runS2(context: BenchContext): Promise<readonly S2Rate[]> {
  const { destinations, stack, options, scratchDir, say } = context;
  say("S2: starting the services");
  const system = await startSystem(stack, destinations, options.profile, scratchDir);
  const driver = new Worker<OpenLoopRequest, OpenLoopAnswer>("open-loop-process");
  try {
    say("S2: warming up");
    await runRate(context, system, driver, WARM_UP.ratePerSecond, WARM_UP.seconds);
    const results: S2Rate[] = [];
    for (const rate of options.rates) {
      say(`S2: ${rate}/s for ${options.seconds} s`);
      results.push(await runRate(context, system, driver, rate, options.seconds));
    }
    return results;
  } finally {
    await driver.close();
    await system.close();
  }
}

async function runRate(
  { destinations }: BenchContext,
  system: System,
  driver: Worker<OpenLoopRequest, OpenLoopAnswer>,
  ratePerSecond: number,
  seconds: number,
): Promise<S2Rate> {
  await destinations.clear();
  const { url } = system.services.service("event-ingestor");
  const run = randomBytes(4).toString("hex");
  const before = readUsage(system.pids());
  const calls = await driver.ask({ run, url, keys: system.apiKeys, ratePerSecond, seconds });
  const total = calls.sentMs.length;
  await destinations.awaitCount(total, TAIL_DEADLINE_MS);
  const cpuUs = cpuPerUnit(before, readUsage(system.pids()), total);
  const arrivals = await destinations.read();
  const endpoints = destinations.addresses.length;
  return {
    ratePerSecond,
    acceptedToArrivalMs: distributionOf(latencies(arrivals, calls.acceptedMs, endpoints)),
    sentToArrivalMs: distributionOf(latencies(arrivals, calls.sentMs, endpoints)),
    callMs: distributionOf(
      calls.acceptedMs.map((accepted, i) => accepted - (calls.sentMs[i] ?? 0)).filter(isMeasured),
    ),
    refused: calls.refused,
    cpuUs,
    verdict: judgeShared(arrivals, total, endpoints, (endpoint, earlier, later) => {
      const accepted = calls.acceptedMs[earlier * endpoints + endpoint] ?? Number.NaN;
      return accepted < (calls.sentMs[later * endpoints + endpoint] ?? Number.NaN);
    }),
  };
}

/** From each event's given moment to its first arrival, milliseconds. */
function latencies(arrivals: Arrivals, fromMs: Float64Array, endpoints: number): Float64Array {
  const seen = new Uint8Array(fromMs.length);
  return arrivals.arrivedMs
    .map((arrivedMs, i) => {
      const index = (arrivals.sequence[i] ?? 0) * endpoints + (arrivals.endpoint[i] ?? 0);
      if (seen[index] !== 0) return Number.NaN;
      seen[index] = 1;
      return arrivedMs - (fromMs[index] ?? Number.NaN);
    })
    .filter(isMeasured);
}

function isMeasured(value: number): boolean {
  return !Number.isNaN(value);
}
