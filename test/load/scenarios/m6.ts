import { setTimeout as sleep } from "node:timers/promises";
import { Campaign, type Touchpoint } from "../campaign.js";
import type { BenchContext } from "../context.js";
import { type Arrivals, ofEndpointSince } from "../measure/arrivals.js";
import { monotonicMs } from "../measure/clock.js";
import { cpuPerUnit, readUsage, type Usage } from "../measure/process-usage.js";
import { judge, type Verdict } from "../measure/verdict.js";
import { readEventsPartitions } from "../partition-owners.js";
import type { StepLatencies } from "../step.js";
import { openSubject, type Subject } from "../subject.js";
import { sumOfSystem } from "../system.js";
import { type IsCounted, Traffic } from "../traffic.js";
import { warmUp } from "../warm-up.js";

/** Figures of M6: a campaign's touchpoint beside the events of other workspaces. */
export interface M6Result {
  readonly contacts: number;
  /** So many contacts of a workspace are put in line a second at most; undefined: the service's default. */
  readonly perSecondMax: number | undefined;
  readonly importSeconds: number;
  readonly dueToFirstMs: number;
  readonly dueToLastSeconds: number;
  /** By the document. All ends were counted then. */
  readonly dueToCompletedSeconds: number;
  /** From the first request to the last. */
  readonly contactsPerSecond: number;
  readonly cpu: CpuOfContacts;
  readonly othersPerSecond: number;
  /** The other workspaces' events, before the touchpoint, during it and after it. */
  readonly others: readonly StepLatencies[];
  /** Of these, those whose events are on the same partition of `events.v1` as the touchpoint's. */
  readonly neighbours: readonly StepLatencies[];
  readonly counts: Touchpoint["counts"];
  /** The touchpoint's endpoint; a contact is an event there, by its own number. */
  readonly verdict: Verdict;
  /** Every request that came there. */
  readonly requests: number;
  readonly othersVerdict: Verdict;
}

const RATE_PER_SECOND = 50;
/** The driver is asked for so much at a time, as nobody knows beforehand how long a touchpoint runs. */
const SLICE_SECONDS = 5;
/** From the touchpoint's making to the first event that counts. */
const LEAD_MS = 2_000;
const LOOK_MS = 500;
const CONTACT_MS_MAX = 50;
const COMPLETED_MS_MIN = 120_000;
const TAIL_DEADLINE_MS = 60_000;

/** A touchpoint for one workspace's audience, sent to the last endpoint, beside a steady rate of events to all others. */
export async function runM6(context: BenchContext): Promise<M6Result> {
  const { destinations, options, say } = context;
  const { events: contacts, perSecondMax } = options;
  const last = options.endpoints - 1;
  if (last < 1) throw new Error("M6 needs two endpoints or more");
  const paced = { HEALTH_MONITOR_TOUCHPOINTS_PER_SECOND: String(perSecondMax) };
  const subject = await openSubject(context, perSecondMax === undefined ? {} : { env: paced });
  const traffic = new Traffic(destinations, subject.lines.slice(0, -1));
  try {
    const { services } = systemOf(subject);
    const campaign = await Campaign.create(await services.createWorkspace({ name: "Campaign" }));
    say(`M6: importing ${contacts} contacts`);
    const importSeconds = await campaign.addContacts(contacts);
    await warmUp(context, traffic);
    const run = await runTouchpoint(context, subject, traffic, campaign);
    const arrivals = await traffic.awaitSettled(TAIL_DEADLINE_MS);
    const isNeighbour = await findNeighbours(subject, campaign);
    return {
      contacts,
      perSecondMax,
      importSeconds,
      ...toTimes(run, ofEndpointSince(arrivals, last, 0)),
      cpu: toCosts(run, contacts),
      othersPerSecond: RATE_PER_SECOND,
      others: toSteps(traffic, arrivals, run),
      neighbours: toSteps(traffic, arrivals, run, isNeighbour),
      counts: run.touchpoint.counts,
      verdict: judgeContacts(arrivals, last, contacts),
      requests: ofEndpointSince(arrivals, last, 0).arrivedMs.length,
      othersVerdict: traffic.judge(arrivals),
    };
  } finally {
    await traffic.close();
    await subject.close();
  }
}

/** By process. Nothing but the others' events runs before the due time, so the difference is the touchpoint's. */
interface CpuOfContacts {
  /** Milliseconds of CPU a second. */
  readonly before: Readonly<Record<string, number>>;
  /** From the due time until it was completed. */
  readonly during: Readonly<Record<string, number>>;
  /** The difference, microseconds for one contact. */
  readonly contactUs: Readonly<Record<string, number>>;
  /** Sums of the system. */
  readonly system: { readonly before: number; readonly during: number; readonly contactUs: number };
}

/** What processes had used at a moment. */
interface Mark {
  readonly atMs: number;
  readonly usage: Readonly<Record<string, Usage>>;
}

interface TouchpointRun {
  readonly touchpoint: Touchpoint;
  /** On the monotonic clock. */
  readonly dueMs: number;
  readonly completedMs: number;
  readonly refused: Readonly<Record<string, number>>;
  /** When publishing began, when it was due, when it was completed. */
  readonly marks: readonly [Mark, Mark, Mark];
}

async function runTouchpoint(
  { destinations, options, say }: BenchContext,
  subject: Subject,
  traffic: Traffic,
  campaign: Campaign,
): Promise<TouchpointRun> {
  const mark = (): Mark => ({ atMs: monotonicMs(), usage: readUsage(subject.pids()) });
  const { seconds, events: contacts, endpoints } = options;
  const dueAt = new Date(Math.ceil((Date.now() + LEAD_MS) / 1_000 + seconds) * 1_000);
  const made = await campaign.schedule(destinations.url(endpoints - 1), dueAt);
  const dueMs = toMonotonicMs(made.dueAt);
  say(
    `M6: ${RATE_PER_SECOND}/s for ${seconds} s until it is due, then until it is completed, then ${seconds} s`,
  );
  const publishing = new Publishing(traffic);
  const start = mark();
  await sleep(dueMs - monotonicMs());
  const due = mark();
  const touchpoint = await awaitEnd(campaign, made, COMPLETED_MS_MIN + contacts * CONTACT_MS_MAX);
  const end = mark();
  say(`M6: ${touchpoint.status}, ${JSON.stringify(touchpoint.counts)}`);
  if (touchpoint.finishedAt === undefined) say(`M6: not delivered: ${await campaign.listUndelivered(made)}`);
  await sleep(seconds * 1_000);
  const refused = await publishing.stop();
  const { finishedAt } = touchpoint;
  const completedMs = finishedAt === undefined ? Number.NaN : toMonotonicMs(finishedAt);
  return { touchpoint, dueMs, completedMs, refused, marks: [start, due, end] };
}

/** @returns the touchpoint as it is then; without an end at the deadline, so that what was measured is not lost */
async function awaitEnd(campaign: Campaign, made: Touchpoint, deadlineMs: number): Promise<Touchpoint> {
  const end = monotonicMs() + deadlineMs;
  for (;;) {
    const found = await campaign.read(made);
    if (found.finishedAt !== undefined || monotonicMs() > end) return found;
    await sleep(LOOK_MS);
  }
}

/** Events of the others at their rate, until it is stopped. */
class Publishing {
  readonly #done: Promise<void>;
  readonly #refused: Record<string, number> = {};
  #isStopped = false;

  constructor(traffic: Traffic) {
    this.#done = this.#run(traffic);
    // What it fails with is told by stop().
    this.#done.catch(() => undefined);
  }

  /** @returns answers other than 2xx, by status or error code */
  async stop(): Promise<Readonly<Record<string, number>>> {
    this.#isStopped = true;
    await this.#done;
    return this.#refused;
  }

  async #run(traffic: Traffic): Promise<void> {
    while (!this.#isStopped) {
      const pace = { kind: "rate", ratePerSecond: RATE_PER_SECOND, seconds: SLICE_SECONDS } as const;
      const { refused } = await traffic.publish(pace);
      for (const [code, count] of Object.entries(refused)) {
        this.#refused[code] = (this.#refused[code] ?? 0) + count;
      }
    }
  }
}

/** An event counts where it was published. */
function toSteps(
  traffic: Traffic,
  arrivals: Arrivals,
  { dueMs, completedMs, refused }: TouchpointRun,
  isCounted?: IsCounted,
): readonly StepLatencies[] {
  const due = traffic.countSentBefore(dueMs);
  // Without an end, all that follows the due time is during.
  const completed = traffic.countSentBefore(completedMs);
  const step = (name: string, from: number, to: number): StepLatencies => ({
    name,
    refused: {},
    ...traffic.latencies(arrivals, { from, to }, isCounted),
  });
  return [
    step("before", 0, due),
    { ...step("during", due, completed), refused },
    step("after", completed, traffic.total),
  ];
}

function toTimes({ dueMs, completedMs }: TouchpointRun, { arrivedMs }: Arrivals) {
  const [first, last] = [arrivedMs[0] ?? Number.NaN, arrivedMs.at(-1) ?? Number.NaN];
  return {
    dueToFirstMs: first - dueMs,
    dueToLastSeconds: (last - dueMs) / 1_000,
    dueToCompletedSeconds: (completedMs - dueMs) / 1_000,
    contactsPerSecond: ((arrivedMs.length - 1) / (last - first)) * 1_000,
  };
}

function toCosts({ marks: [start, due, end] }: TouchpointRun, contacts: number): CpuOfContacts {
  const before = toRates(start, due);
  const during = toRates(due, end);
  const contactUs = Object.fromEntries(
    Object.entries(during).map(([name, rate]) => [
      name,
      ((rate - (before[name] ?? Number.NaN)) * (end.atMs - due.atMs)) / contacts,
    ]),
  );
  const system = {
    before: sumOfSystem(before),
    during: sumOfSystem(during),
    contactUs: sumOfSystem(contactUs),
  };
  return { before, during, contactUs, system };
}

/** CPU of each process, microseconds a millisecond. */
function toRates(from: Mark, to: Mark): Readonly<Record<string, number>> {
  return cpuPerUnit(from.usage, to.usage, to.atMs - from.atMs);
}

/** They have no order among themselves. */
function judgeContacts(arrivals: Arrivals, endpoint: number, contacts: number): Verdict {
  const expected = Array.from({ length: endpoint + 1 }, (_, n) => (n === endpoint ? contacts : 0));
  return judge(arrivals, expected, () => false);
}

async function findNeighbours(subject: Subject, { workspace }: Campaign): Promise<IsCounted> {
  const { services, workspaceIds } = systemOf(subject);
  const partitions = await readEventsPartitions(services.database);
  const own = partitions.get(workspace.id);
  return (endpoint) => partitions.get(workspaceIds[endpoint] ?? "") === own;
}

function systemOf({ system }: Subject) {
  if (system === undefined) throw new Error("M6 measures our own system only");
  return system;
}

/** On the clock the arrivals are noted by. */
function toMonotonicMs(timestamp: string): number {
  return monotonicMs() + Date.parse(timestamp) - Date.now();
}
