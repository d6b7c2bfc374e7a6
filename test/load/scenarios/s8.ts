import { randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { ServiceProcess } from "@hooklane/testing";
import type { BenchContext } from "../context.js";
import { judgeShared } from "../destinations.js";
import { queueEvents } from "../inbound-queue.js";
import type { Arrivals } from "../measure/arrivals.js";
import { monotonicMs } from "../measure/clock.js";
import { describeTakeover, type Takeover } from "../measure/takeover.js";
import type { Verdict } from "../measure/verdict.js";
import { awaitFairShares, readPartitions } from "../partition-owners.js";
import { startSystem, type System } from "../system.js";

/** How one of two dispatchers ends in the middle of a drain. */
type Ending = "kill -9" | "SIGTERM" | "SIGTERM, a request hangs";

/** Figures of S8 for one ending. */
export interface S8Result extends Takeover {
  readonly ending: Ending;
  /** From the signal to the end of the process. */
  readonly exitMs: number;
  readonly verdict: Verdict;
}

const ENDINGS: readonly Ending[] = ["kill -9", "SIGTERM", "SIGTERM, a request hangs"];
const WARM_UP_EVENTS = 2_000;
/** Of the events delivered when the dispatcher ends: the rest must last longer than a takeover. */
const ENDING_SHARE = 0.25;
const DRAIN_DEADLINE_MS = 300_000;
const TAIL_DEADLINE_MS = 180_000;
const POLL_MS = 500;

/** Two dispatchers on a full queue, one of which ends; three times, with a new second one each time. */
export async function runS8(context: BenchContext): Promise<readonly S8Result[]> {
  const { destinations, options, say } = context;
  say("S8: starting the services");
  const system = await startSystem(context);
  try {
    const all = destinations.addresses.map((_, n) => n);
    await destinations.behave(all, { afterMs: options.answerMs });
    await queue(context, system, WARM_UP_EVENTS);
    await destinations.awaitCount(WARM_UP_EVENTS, DRAIN_DEADLINE_MS);
    const ended = system.services.service("dispatcher");
    const [first] = (await awaitFairShares(system.services.database, 1)).values();
    const survivor = await system.services.another("dispatcher");
    survivor.spawn();
    await survivor.waitReady();
    const shares = await awaitFairShares(system.services.database, 2);
    const survivorId = [...shares.values()].find((owner) => owner !== first) ?? "";
    const results: S8Result[] = [];
    for (const ending of ENDINGS) {
      if (!ended.isRunning) ended.spawn();
      await ended.waitReady();
      results.push(await runEnding(context, system, { ended, survivorId, ending }));
    }
    return results;
  } finally {
    await system.close();
  }
}

interface Cast {
  readonly ended: ServiceProcess;
  /** The other dispatcher, as the partitions name it. */
  readonly survivorId: string;
  readonly ending: Ending;
}

async function runEnding(context: BenchContext, system: System, cast: Cast): Promise<S8Result> {
  const { destinations, options, say } = context;
  const { events, endpoints, answerMs } = options;
  const owners = await awaitFairShares(system.services.database, 2);
  const partitions = await readPartitions(system);
  const isMoved = (partition: number) => owners.get(partition) !== cast.survivorId;
  await destinations.clear();
  say(`S8: ${events} events, then ${cast.ending}`);
  await queue(context, system, events);
  const delivered = await destinations.awaitCount(Math.ceil(events * ENDING_SHARE), DRAIN_DEADLINE_MS);
  const hanging = cast.ending === "SIGTERM, a request hangs" ? partitions.findIndex(isMoved) : -1;
  if (hanging !== -1) {
    await destinations.behave([hanging], "hang");
    // By then every line has begun another request, that one too.
    await destinations.awaitCount(delivered + 3 * endpoints, DRAIN_DEADLINE_MS);
  }
  const endedAtMs = monotonicMs();
  await (cast.ending === "kill -9" ? cast.ended.kill9() : cast.ended.stop());
  const exitMs = monotonicMs() - endedAtMs;
  say(`S8: ended after ${exitMs.toFixed(0)} ms, draining`);
  if (hanging !== -1) await destinations.behave([hanging], { afterMs: answerMs });
  const arrivals = await awaitAll(context, events);
  return {
    ending: cast.ending,
    exitMs,
    ...describeTakeover(arrivals, {
      endedAtMs,
      partitions: partitions.map((partition, n) => (n === hanging ? undefined : partition)),
      isMoved,
    }),
    verdict: judgeShared(arrivals, events, endpoints),
  };
}

async function queue({ stack }: BenchContext, { services, workspaceIds }: System, count: number) {
  const inbound = services.topic("inbound.v1");
  await queueEvents(stack.brokers, inbound, randomBytes(4).toString("hex"), workspaceIds, count);
}

/** Repeated events make the mere count reach its mark too early: then the record itself is asked. */
async function awaitAll({ destinations, options }: BenchContext, events: number): Promise<Arrivals> {
  await destinations.awaitCount(events, DRAIN_DEADLINE_MS);
  const end = performance.now() + TAIL_DEADLINE_MS;
  for (;;) {
    const arrivals = await destinations.read();
    const { lost } = judgeShared(arrivals, events, options.endpoints);
    if (lost === 0 || performance.now() >= end) return arrivals;
    await sleep(POLL_MS);
  }
}
