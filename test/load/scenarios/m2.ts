import { randomBytes } from "node:crypto";
import { eventually, type Services, type TestWorkspace } from "@hooklane/testing";
import type { BenchContext } from "../context.js";
import { LOAD_EVENT_TYPE } from "../event.js";
import { queueEvents } from "../inbound-queue.js";
import { cpuPerUnit, readUsage, toPssMib } from "../measure/process-usage.js";
import { pidsOf, startBenchServices } from "../system.js";
import { copyWebhook } from "../webhooks.js";

/** One measurement of M2. */
interface M2Round {
  readonly webhooks: number;
  /** CPU of each process for one event, microseconds. */
  readonly cpuUs: Readonly<Record<string, number>>;
  /** Memory at the end, MiB. */
  readonly pssMib: Readonly<Record<string, number>>;
}

/** Figures of M2. */
export interface M2Result {
  readonly events: number;
  readonly rounds: readonly M2Round[];
  /** CPU an event of event-ingestor and router together: with many webhooks over with few. */
  readonly manyToFew: number;
}

const FEW = 10;
const MANY = 10_000;
/** Each has an equal part of the webhooks, and one of them gets its events. */
const WORKSPACES = 10;
/** What the others ask for. */
const OTHER_TYPE = "contact.moved";
const WARM_UP_EVENTS = 20_000;
const NAMES = ["subscription-api", "event-ingestor", "router"] as const;
const DEADLINE_MS = 180_000;

/** Events on their way into the deliveries' line, with few webhooks configured and with many, in turn. */
export async function runM2(context: BenchContext): Promise<M2Result> {
  const { events, runs } = context.options;
  const rounds: M2Round[] = [];
  // Twice each at least, and the other way round the second time: what a machine does in the course of it is not taken
  // for a difference.
  for (let run = 0; run < runs; run++) {
    for (const webhooks of [FEW, MANY, MANY, FEW]) rounds.push(await measure(context, webhooks, events));
  }
  const sumOf = (webhooks: number) =>
    rounds
      .filter((round) => round.webhooks === webhooks)
      .reduce((sum, round) => sum + toIngestAndRouting(round), 0);
  return { events, rounds, manyToFew: sumOf(MANY) / sumOf(FEW) };
}

/** CPU an event of the two services that are compared, microseconds. */
export function toIngestAndRouting({ cpuUs }: M2Round): number {
  return (cpuUs["event-ingestor"] ?? Number.NaN) + (cpuUs.router ?? Number.NaN);
}

async function measure(context: BenchContext, webhooks: number, events: number): Promise<M2Round> {
  const { say, stack } = context;
  say(`M2: starting the services, ${webhooks} webhooks`);
  // Nobody delivers: it would only take CPU from those that are compared.
  const services = await startBenchServices(context, { names: NAMES });
  try {
    const workspaces = await configure(services, webhooks);
    // They read the whole configuration when they start.
    await Promise.all([services.restart("event-ingestor"), services.restart("router")]);
    let queued = 0;
    const queue = async (count: number) => {
      queued += count;
      const ids = workspaces.map(({ id }) => id);
      const run = randomBytes(4).toString("hex");
      await queueEvents(stack.brokers, services.topic("inbound.v1"), run, ids, count);
      await awaitRouted(services, queued);
    };
    await queue(Math.min(WARM_UP_EVENTS, events));
    say(`M2: ${events} events, ${webhooks} webhooks`);
    const before = readUsage(pidsOf(context, services, NAMES));
    await queue(events);
    const after = readUsage(pidsOf(context, services, NAMES));
    return { webhooks, cpuUs: cpuPerUnit(before, after, events), pssMib: toPssMib(after) };
  } finally {
    await services.stop();
  }
}

async function configure(services: Services, webhooks: number): Promise<readonly TestWorkspace[]> {
  const workspaces: TestWorkspace[] = [];
  for (let n = 0; n < WORKSPACES; n++) {
    const workspace = await services.createWorkspace({ name: `Load ${n}` });
    const matching = { url: `http://127.0.0.1:9/e/${n}`, eventTypes: [LOAD_EVENT_TYPE] };
    const { id } = await workspace.createWebhook(matching);
    await copyWebhook(services, id, webhooks / WORKSPACES - 1, { eventTypes: [OTHER_TYPE] });
    workspaces.push(workspace);
  }
  return workspaces;
}

/** An event is in the event log before its deliveries stand in line. */
async function awaitRouted(services: Services, count: number): Promise<void> {
  const events = services.database.collection("events");
  await eventually(async () => (await events.estimatedDocumentCount()) >= count, {
    what: `${count} events in the event log`,
    deadlineMs: DEADLINE_MS,
    intervalMs: 100,
  });
}
