import { randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { CreatedWebhook, Services, TestWorkspace } from "@hooklane/testing";
import type { BenchContext } from "../context.js";
import { toEventJson } from "../event.js";
import { queueEvents } from "../inbound-queue.js";
import type { Arrivals } from "../measure/arrivals.js";
import { monotonicMs } from "../measure/clock.js";
import { type Distribution, distributionOf } from "../measure/percentiles.js";
import { createRandom } from "../measure/random.js";
import { judge, type Verdict } from "../measure/verdict.js";
import { startBenchServices } from "../system.js";

/** Figures of M4: when a change of a webhook is effective. */
export interface M4Result {
  readonly nextEvent: NextEventResult;
  readonly runningLine: RunningLineResult;
}

/** An event is sent right after the change is answered. */
interface NextEventResult {
  readonly changes: number;
  /** Events that met the webhook as it was before its change: at the old address, or in spite of a deactivation. */
  readonly metTheOld: number;
  /** The call that changes the webhook. */
  readonly changeMs: Distribution;
  /** From the event's 202 to its request, without a change before it and with one. */
  readonly unchangedMs: Distribution;
  readonly changedMs: Distribution;
}

/** The address changes while the webhook's line is never empty. */
interface RunningLineResult {
  readonly changes: number;
  readonly changeMs: Distribution;
  /** From the change's answer to the first request at the new address; below 0: it was there before the answer. */
  readonly answerToFirstNewMs: Distribution;
  /** From the change's answer to the last request at the old address; below 0 likewise. */
  readonly answerToLastOldMs: Distribution;
  readonly requestsPerSecond: number;
  /** Both addresses as one line, up to the last event that was sent. */
  readonly verdict: Verdict;
}

const WARM_UP_EVENTS = 200;
const UNCHANGED = 100;
const MOVES = 100;
const SWITCHES = 50;
const MOVES_WHILE_RUNNING = 30;
const ANSWER_MS = 5;
/** Pauses between changes, so that they meet the system's own rhythms anywhere. */
const PAUSE_MS = { min: 500, more: 1_000 } as const;
/** More than a line with these answers gets through meanwhile. */
const QUEUED = (MOVES_WHILE_RUNNING * (PAUSE_MS.min + PAUSE_MS.more)) / ANSWER_MS;
const DEADLINE_MS = 60_000;

/** First for the next event, then in a line that runs. */
export async function runM4(context: BenchContext): Promise<M4Result> {
  const { say, options } = context;
  if (options.endpoints < 2) throw new Error("M4 needs two endpoints or more");
  say("M4: starting the services");
  const services = await startBenchServices(context);
  try {
    const next = await ChangingWebhook.create(context, services);
    say("M4: changes before an event");
    const nextEvent = await measureNextEvent(next);
    await next.set({ status: "off" });
    say("M4: changes while the line runs");
    const running = await ChangingWebhook.create(context, services);
    return { nextEvent, runningLine: await measureRunningLine(context, services, running) };
  } finally {
    await services.stop();
  }
}

type Change = { readonly to: 0 | 1 } | { readonly status: "on" | "off" };

/** A webhook of a workspace of its own, whose address is that of destination 0 or 1; and its events. */
class ChangingWebhook {
  readonly #context: BenchContext;
  readonly #workspace: TestWorkspace;
  readonly #webhook: CreatedWebhook;
  readonly #run = randomBytes(4).toString("hex");
  /** By number of the event. */
  readonly acceptedMs: number[] = [];

  private constructor(context: BenchContext, workspace: TestWorkspace, webhook: CreatedWebhook) {
    this.#context = context;
    this.#workspace = workspace;
    this.#webhook = webhook;
  }

  static async create(context: BenchContext, services: Services): Promise<ChangingWebhook> {
    const workspace = await services.createWorkspace({ name: "Changes" });
    const webhook = await workspace.createWebhook({ url: context.destinations.url(0) });
    await context.destinations.clear();
    return new ChangingWebhook(context, workspace, webhook);
  }

  get workspaceId(): string {
    return this.#workspace.id;
  }

  /** @returns milliseconds the call took */
  async set(change: Change): Promise<number> {
    const startedMs = monotonicMs();
    const path = `/v1/webhooks/${this.#webhook.id}`;
    if ("to" in change) {
      await this.#workspace.api.ask("PATCH", path, { url: this.#context.destinations.url(change.to) });
    } else {
      const verb = change.status === "on" ? "activate" : "deactivate";
      await this.#workspace.api.ask("POST", `${path}/${verb}`, {});
    }
    return monotonicMs() - startedMs;
  }

  /** @returns the event's number */
  async send(): Promise<number> {
    const number = this.acceptedMs.length;
    const event = toEventJson(this.#run, 0, number, Date.now());
    await this.#workspace.ingest.ask("POST", "/v1/events", event);
    this.acceptedMs.push(monotonicMs());
    return number;
  }

  /** Resolves when so many requests have come in all. */
  async arrived(count: number): Promise<void> {
    const came = await this.#context.destinations.awaitCount(count, DEADLINE_MS);
    if (came < count) throw new Error(`Only ${came} of ${count} requests came within ${DEADLINE_MS} ms`);
  }

  read(): Promise<Arrivals> {
    return this.#context.destinations.read();
  }
}

async function measureNextEvent(webhook: ChangingWebhook): Promise<NextEventResult> {
  const changeMs: number[] = [];
  /** By number of the event: the destination it has to come to; undefined: to none. */
  const expected: (0 | 1 | undefined)[] = [];
  let requests = 0;
  const send = async (to: 0 | 1 | undefined) => {
    expected[await webhook.send()] = to;
    if (to !== undefined) await webhook.arrived(++requests);
  };
  for (let n = 0; n < WARM_UP_EVENTS + UNCHANGED; n++) await send(0);
  for (let n = 0; n < MOVES; n++) {
    const to = n % 2 === 0 ? 1 : 0;
    changeMs.push(await webhook.set({ to }));
    await send(to);
  }
  for (let n = 0; n < SWITCHES; n++) {
    changeMs.push(await webhook.set({ status: "off" }));
    await send(undefined);
    changeMs.push(await webhook.set({ status: "on" }));
    await send(0);
  }
  const arrivals = await webhook.read();
  const isWrong = (sequence: number, i: number) => expected[sequence] !== arrivals.endpoint[i];
  const latencies = Array.from(arrivals.sequence, (sequence, i) => ({
    sequence,
    ms: (arrivals.arrivedMs[i] ?? Number.NaN) - (webhook.acceptedMs[sequence] ?? Number.NaN),
  }));
  const between = (from: number, to: number) =>
    latencies.filter(({ sequence }) => sequence >= from && sequence < to).map(({ ms }) => ms);
  const changedFrom = WARM_UP_EVENTS + UNCHANGED;
  return {
    changes: changeMs.length,
    metTheOld: arrivals.sequence.filter(isWrong).length,
    changeMs: distributionOf(changeMs),
    unchangedMs: distributionOf(between(WARM_UP_EVENTS, changedFrom)),
    changedMs: distributionOf(between(changedFrom, Number.POSITIVE_INFINITY)),
  };
}

/** One change of the address, in the machine's time. */
interface Move {
  readonly to: 0 | 1;
  readonly calledMs: number;
  readonly answeredMs: number;
}

async function measureRunningLine(
  { destinations, stack }: BenchContext,
  services: Services,
  webhook: ChangingWebhook,
): Promise<RunningLineResult> {
  await destinations.behave([0, 1], { afterMs: ANSWER_MS });
  const run = randomBytes(4).toString("hex");
  await queueEvents(stack.brokers, services.topic("inbound.v1"), run, [webhook.workspaceId], QUEUED);
  await webhook.arrived(1);
  const random = createRandom(1);
  const moves: Move[] = [];
  for (let n = 0; n < MOVES_WHILE_RUNNING; n++) {
    await sleep(PAUSE_MS.min + random() * PAUSE_MS.more);
    const to = n % 2 === 0 ? 1 : 0;
    const calledMs = monotonicMs();
    await webhook.set({ to });
    moves.push({ to, calledMs, answeredMs: monotonicMs() });
  }
  await sleep(PAUSE_MS.min + PAUSE_MS.more);
  const arrivals = await webhook.read();
  // What is left of the line is not sent any more.
  await webhook.set({ status: "off" });
  return toRunningLine(moves, arrivals);
}

function toRunningLine(moves: readonly Move[], arrivals: Arrivals): RunningLineResult {
  const firstNew: number[] = [];
  const lastOld: number[] = [];
  moves.forEach(({ to, calledMs, answeredMs }, n) => {
    const endMs = moves[n + 1]?.calledMs ?? Number.POSITIVE_INFINITY;
    const within = Array.from(arrivals.arrivedMs, (arrivedMs, i) => ({
      arrivedMs,
      isNew: arrivals.endpoint[i] === to,
    })).filter(({ arrivedMs }) => arrivedMs >= calledMs && arrivedMs < endMs);
    const first = within.find(({ isNew }) => isNew);
    firstNew.push((first?.arrivedMs ?? Number.NaN) - answeredMs);
    // None at all since the call: then the change was effective before it was answered.
    lastOld.push((within.findLast(({ isNew }) => !isNew)?.arrivedMs ?? calledMs) - answeredMs);
  });
  const [startMs = Number.NaN, endMs = Number.NaN] = [arrivals.arrivedMs[0], arrivals.arrivedMs.at(-1)];
  return {
    changes: moves.length,
    changeMs: distributionOf(moves.map(({ calledMs, answeredMs }) => answeredMs - calledMs)),
    answerToFirstNewMs: distributionOf(firstNew),
    answerToLastOldMs: distributionOf(lastOld),
    requestsPerSecond: ((arrivals.arrivedMs.length - 1) / (endMs - startMs)) * 1_000,
    verdict: judge({ ...arrivals, endpoint: arrivals.endpoint.map(() => 0) }, [
      arrivals.sequence.reduce((highest, sequence) => Math.max(highest, sequence), -1) + 1,
    ]),
  };
}
