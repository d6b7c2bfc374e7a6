import { randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { BenchContext } from "../context.js";
import { rateOf } from "../destinations.js";
import { queueEvents } from "../inbound-queue.js";
import { type Arrivals, ofEndpointSince } from "../measure/arrivals.js";
import { monotonicMs } from "../measure/clock.js";
import { judge, type Verdict } from "../measure/verdict.js";
import { runStep, type StepFigures, toFigures } from "../step.js";
import { openSubject, type Subject } from "../subject.js";
import { Traffic } from "../traffic.js";
import { warmUp } from "../warm-up.js";

/** Figures of S11. */
export interface S11Result {
  readonly queued: number;
  /** One endpoint that never failed, as in S5 with answers at once, before. */
  readonly liveLinePerSecond: number;
  /** The same endpoint after it failed, from its first accepted event to its last. */
  readonly drainPerSecond: number;
  /** From the recovery of the endpoint to its first event: the wait of its lane. */
  readonly resumedAfterMs: number;
  readonly drainSeconds: number;
  /** The other endpoints at 200/s: before, and from the beginning of the drain. */
  readonly steps: readonly StepFigures[];
  readonly heavy: Verdict;
  readonly others: Verdict;
}

const RATE_PER_SECOND = 200;
const LIVE_EVENTS_MAX = 20_000;
const SETTLE_MS = 5_000;
const EVENT_MS_MAX = 2;
const DEADLINE_MIN_MS = 180_000;

/** One endpoint fails while its events pile up, and recovers beside the traffic of the others. */
export async function runS11(context: BenchContext): Promise<S11Result> {
  const { destinations, options, say } = context;
  const heavy = options.endpoints - 1;
  if (heavy < 1) throw new Error("S11 needs two endpoints or more");
  const subject = await openSubject(context, { env: { DISPATCHER_RULE_ERRORS_MAX: "1000" } });
  // The last endpoint is fed over Kafka alone; all others over HTTP.
  const traffic = new Traffic(destinations, subject.lines.slice(0, -1));
  try {
    await warmUp(context, traffic);
    const live = Math.min(LIVE_EVENTS_MAX, options.events);
    say(`S11: ${live} events to one endpoint that answers`);
    await queueHeavy(context, subject, 0, live);
    await destinations.awaitCount(live, deadlineOf(live));
    const liveLinePerSecond = rateOf(await destinations.read(), Math.floor(live / 5));
    const before = await measureOthers(context, subject, traffic, "before");

    await destinations.behave([heavy], "error");
    say(`S11: ${options.events} events to the endpoint, which fails`);
    await queueHeavy(context, subject, live, options.events);
    await awaitBacklog(subject, deadlineOf(options.events));
    await destinations.behave([heavy], "ok");
    const recoveredMs = monotonicMs();
    say("S11: it recovers");
    const failed = await destinations.awaitCount(0, 0);
    await destinations.awaitCount(failed + 1, DEADLINE_MIN_MS);
    const during = await measureOthers(context, subject, traffic, "while it drains");
    const arrivals = await awaitHeavy(context, heavy, live + options.events);
    const drained = ofEndpointSince(arrivals, heavy, recoveredMs);
    return {
      queued: options.events,
      liveLinePerSecond,
      drainPerSecond: rateOf(drained),
      resumedAfterMs: (drained.arrivedMs[0] ?? Number.NaN) - recoveredMs,
      drainSeconds: ((drained.arrivedMs.at(-1) ?? Number.NaN) - (drained.arrivedMs[0] ?? Number.NaN)) / 1_000,
      steps: [before, during],
      heavy: judge(arrivals, toExpected(heavy, live + options.events)),
      others: traffic.judge(arrivals),
    };
  } finally {
    await traffic.close();
    await subject.close();
  }
}

async function measureOthers({ options }: BenchContext, subject: Subject, traffic: Traffic, name: string) {
  const pace = { kind: "rate", ratePerSecond: RATE_PER_SECOND, seconds: options.seconds } as const;
  return toFigures(name, traffic, await runStep(subject, traffic, pace));
}

async function queueHeavy(
  { stack }: BenchContext,
  { system }: Subject,
  firstIndex: number,
  count: number,
): Promise<void> {
  if (system === undefined) throw new Error("S11 measures our own system only");
  const inbound = system.services.topic("inbound.v1");
  const workspaceIds = system.workspaceIds.slice(-1);
  await queueEvents(stack.brokers, inbound, randomBytes(4).toString("hex"), workspaceIds, count, firstIndex);
}

/** Until nothing more is put aside for 5 s: then all of it is behind the failing event. */
async function awaitBacklog({ system }: Subject, deadlineMs: number): Promise<void> {
  const backlog = system?.services.database.collection("backlog");
  const end = performance.now() + deadlineMs;
  let last = -1;
  while (performance.now() < end) {
    const size = (await backlog?.estimatedDocumentCount()) ?? 0;
    if (size > 0 && size === last) return;
    last = size;
    await sleep(SETTLE_MS);
  }
}

async function awaitHeavy({ destinations }: BenchContext, heavy: number, total: number): Promise<Arrivals> {
  const end = performance.now() + deadlineOf(total);
  for (;;) {
    const arrivals = await destinations.read();
    if (judge(arrivals, toExpected(heavy, total)).lost === 0 || performance.now() >= end) return arrivals;
    await sleep(SETTLE_MS);
  }
}

function toExpected(heavy: number, total: number): readonly number[] {
  return Array.from({ length: heavy + 1 }, (_, n) => (n === heavy ? total : 0));
}

function deadlineOf(events: number): number {
  return Math.max(DEADLINE_MIN_MS, events * EVENT_MS_MAX);
}
