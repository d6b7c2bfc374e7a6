import type { BenchContext } from "../context.js";
import { rateOf } from "../destinations.js";
import { awaitLog } from "../delivery-log.js";
import { cpuPerUnit, readUsage } from "../measure/process-usage.js";
import type { Verdict } from "../measure/verdict.js";
import { openSubject } from "../subject.js";
import { sumOfSystem } from "../system.js";
import { type Span, Traffic } from "../traffic.js";
import { warmUp } from "../warm-up.js";

/** Figures of S1h: events published one by one over HTTP, delivered all the way. */
export interface S1hResult {
  readonly deliveriesPerSecond: number;
  /** CPU of each process for one delivery, microseconds; driver and receiver are not part of the system. */
  readonly cpuUs: Readonly<Record<string, number>>;
  readonly systemCpuUs: number;
  readonly callMs: Span["callMs"];
  readonly refused: Span["refused"];
  readonly verdict: Verdict;
  /** Whether every delivery was in the delivery log at the end; undefined for a target. */
  readonly logComplete: boolean | undefined;
}

const CALLS_AT_ONCE = 48;
const DRAIN_DEADLINE_MS = 300_000;

/** Closed loop: 48 calls at once, the next when one has its answer. */
export async function runS1h(context: BenchContext): Promise<S1hResult> {
  const { destinations, options, say } = context;
  const subject = await openSubject(context);
  const traffic = new Traffic(destinations, subject.lines);
  try {
    const warmed = await warmUp(context, traffic);
    const database = subject.system?.services.database;
    if (database !== undefined) await awaitLog(database, warmed);
    say(`S1h: ${options.events} events, ${CALLS_AT_ONCE} calls at once`);
    const pids = () => ({ ...subject.pids(), driver: traffic.driverPid });
    const before = readUsage(pids());
    const span = await traffic.publish({ kind: "inFlight", calls: CALLS_AT_ONCE, count: options.events });
    await destinations.awaitCount(options.events, DRAIN_DEADLINE_MS);
    const logComplete = database && (await awaitLog(database, warmed + options.events));
    const cpuUs = cpuPerUnit(before, readUsage(pids()), options.events);
    const arrivals = await destinations.read();
    return {
      deliveriesPerSecond: rateOf(arrivals),
      cpuUs,
      systemCpuUs: sumOfSystem(cpuUs),
      callMs: span.callMs,
      refused: span.refused,
      verdict: traffic.judge(arrivals),
      logComplete,
    };
  } finally {
    await traffic.close();
    await subject.close();
  }
}
