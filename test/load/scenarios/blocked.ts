import { randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { BenchContext } from "../context.js";
import { queueEvents } from "../inbound-queue.js";
import { readUsage } from "../measure/process-usage.js";
import { startSystem, type System } from "../system.js";

/** Figures of a system all of whose receivers fail. */
export interface BlockedResult {
  readonly endpoints: number;
  readonly queued: number;
  /** Until all of it was behind the endpoints' failing events, seconds. */
  readonly parkedAfterSeconds: number;
  readonly backlogDocuments: number;
  /** The dispatcher's memory, MiB: the most while it was put aside, and the most while it was sent. */
  readonly peakBlockedMib: number;
  readonly peakDrainingMib: number;
  /** After the receivers recovered, over the seconds that were asked for; begins once the first retry was due. */
  readonly drainPerSecond: number;
}

const SAMPLE_MS = 1_000;
/** Nothing was put aside for so long: all of it is. */
const SETTLED_SAMPLES = 10;
/** An event may take so long on its way to the backlog, milliseconds. */
const EVENT_MS_MAX = 2;
/** A retry is due at the latest so long after the recovery. */
const RETRY_MS_MAX = 120_000;

/** Every endpoint fails while events pile up behind it; then all recover at once (lanes.md §8). */
export async function runBlocked(context: BenchContext): Promise<BlockedResult> {
  const { destinations, stack, options, say } = context;
  const everyone = destinations.addresses.map((_, n) => n);
  say(`blocked: starting the services with ${options.endpoints} endpoints`);
  const system = await startSystem(context);
  try {
    await destinations.behave(everyone, "error");
    const since = performance.now();
    say(`blocked: queueing ${options.events} events`);
    const inbound = system.services.topic("inbound.v1");
    const run = randomBytes(4).toString("hex");
    const queueing = queueEvents(stack.brokers, inbound, run, system.workspaceIds, options.events);
    const [blocked] = await Promise.all([fill(system, options.events * EVENT_MS_MAX), queueing]);
    const parkedAfterSeconds = (performance.now() - since) / 1_000;
    say(`blocked: ${blocked.documents} put aside; the receivers recover`);
    await destinations.clear();
    await destinations.behave(everyone, "ok");
    await destinations.awaitCount(1, RETRY_MS_MAX);
    const drained = await drain(context, system);
    return {
      endpoints: options.endpoints,
      queued: options.events,
      parkedAfterSeconds,
      backlogDocuments: blocked.documents,
      peakBlockedMib: blocked.peakMib,
      peakDrainingMib: drained.peakMib,
      drainPerSecond: drained.perSecond,
    };
  } finally {
    await system.close();
  }
}

/** Until the backlog grows no more. */
async function fill(
  system: System,
  deadlineMs: number,
): Promise<{ readonly documents: number; readonly peakMib: number }> {
  const backlog = system.services.database.collection("backlog");
  const end = performance.now() + deadlineMs;
  let documents = 0;
  let peakMib = 0;
  for (let still = 0; still < SETTLED_SAMPLES && performance.now() < end;) {
    await sleep(SAMPLE_MS);
    const latest = await backlog.estimatedDocumentCount();
    still = latest > 0 && latest <= documents ? still + 1 : 0;
    documents = Math.max(documents, latest);
    peakMib = Math.max(peakMib, dispatcherMib(system));
  }
  return { documents, peakMib };
}

async function drain({ destinations, options }: BenchContext, system: System) {
  const before = await destinations.awaitCount(0, 0);
  const since = performance.now();
  let peakMib = 0;
  while (performance.now() - since < options.seconds * 1_000) {
    await sleep(SAMPLE_MS);
    peakMib = Math.max(peakMib, dispatcherMib(system));
  }
  const count = (await destinations.awaitCount(0, 0)) - before;
  return { peakMib, perSecond: (count / (performance.now() - since)) * 1_000 };
}

function dispatcherMib(system: System): number {
  const { dispatcher } = readUsage({ dispatcher: system.pids().dispatcher });
  return (dispatcher?.pssBytes ?? 0) / 2 ** 20;
}
