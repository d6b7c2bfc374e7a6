import { randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { BenchContext } from "../context.js";
import { awaitLog } from "../delivery-log.js";
import { judgeShared, rateOf } from "../destinations.js";
import { queueEvents } from "../inbound-queue.js";
import { cpuPerUnit, readUsage, toPssMib, type Usage } from "../measure/process-usage.js";
import type { Verdict } from "../measure/verdict.js";
import { startSystem, sumOfSystem, type System, type SystemSettings } from "../system.js";

/** Figures of S1: events queued on Kafka, delivered all the way. */
export interface S1Result {
  readonly deliveriesPerSecond: number;
  /** CPU of each process for one delivery, microseconds. The receiver is not part of the system. */
  readonly cpuUs: Readonly<Record<string, number>>;
  /** Services and both stores together. */
  readonly systemCpuUs: number;
  /** Memory at the end, MiB. */
  readonly pssMib: Readonly<Record<string, number>>;
  readonly verdict: Verdict;
  /** Whether every delivery was in the delivery log at the end, so that its cost is in the figures. */
  readonly logComplete: boolean;
}

const DRAIN_DEADLINE_MIN_MS = 300_000;
/** What an event may take at most, so that the deadline of a very long queue grows with it. */
const DRAIN_EVENT_MS = 1;
const WARM_UP_EVENTS = 2_000;

export async function runS1(
  context: BenchContext,
  events: number,
  settings: SystemSettings = {},
): Promise<S1Result> {
  const { destinations, stack, options, say } = context;
  say("S1: starting the services");
  const system = await startSystem(context, settings);
  try {
    const inbound = system.services.topic("inbound.v1");
    const queue = async (count: number) => {
      const run = randomBytes(4).toString("hex");
      await queueEvents(stack.brokers, inbound, run, system.workspaceIds, count);
    };
    await destinations.clear();
    await queue(WARM_UP_EVENTS);
    await requireCount(context, WARM_UP_EVENTS, 60_000);
    await awaitLog(system.services.database, WARM_UP_EVENTS);
    await system.services.service("event-ingestor").stop();
    say(`S1: queueing ${events} events`);
    await queue(events);
    await destinations.clear();
    say("S1: draining");
    const before = await startDrain(context, system);
    const deadlineMs = Math.max(DRAIN_DEADLINE_MIN_MS, events * DRAIN_EVENT_MS);
    const count = await destinations.awaitCount(events, deadlineMs);
    if (count < events) say(`S1: only ${count} of ${events} came within ${deadlineMs / 1_000} s`);
    const logComplete = await awaitLog(system.services.database, WARM_UP_EVENTS + events);
    const after = readUsage(system.pids());
    const arrivals = await destinations.read();
    const cpuUs = cpuPerUnit(before, after, Math.max(1, arrivals.endpoint.length));
    return {
      deliveriesPerSecond: rateOf(arrivals),
      cpuUs,
      systemCpuUs: sumOfSystem(cpuUs),
      pssMib: toPssMib(after),
      verdict: judgeShared(arrivals, events, options.endpoints),
      logComplete,
    };
  } finally {
    await system.close();
  }
}

/**
 * Starts the ingestor on the full queue and reads what everybody has used at the last look before the first delivery
 * arrived: so the start of its process is not counted.
 */
async function startDrain({ destinations }: BenchContext, system: System): Promise<Record<string, Usage>> {
  system.services.service("event-ingestor").spawn();
  let usage = readUsage(system.pids());
  for (;;) {
    const latest = readUsage(system.pids());
    if ((await destinations.awaitCount(1, 0)) > 0) return usage;
    usage = latest;
    if (!system.services.service("event-ingestor").isRunning) {
      throw new Error(`event-ingestor ended\n${system.services.service("event-ingestor").tail(30)}`);
    }
    await sleep(10);
  }
}

async function requireCount(
  { destinations }: BenchContext,
  count: number,
  deadlineMs: number,
): Promise<void> {
  const came = await destinations.awaitCount(count, deadlineMs);
  if (came < count) throw new Error(`Only ${came} of ${count} deliveries came within ${deadlineMs} ms`);
}
