import { randomBytes } from "node:crypto";
import type { BenchContext } from "../context.js";
import { awaitLog } from "../delivery-log.js";
import { toEventJson } from "../event.js";
import { monotonicMs } from "../measure/clock.js";
import type { Arrivals } from "../measure/arrivals.js";
import { type Distribution, distributionOf } from "../measure/percentiles.js";
import { cpuPerUnit, readUsage } from "../measure/process-usage.js";
import { judge, type Verdict } from "../measure/verdict.js";
import { pidsOf, startBenchServices, sumOfSystem } from "../system.js";
import { SERVICE_NAMES, type TestWorkspace } from "@hooklane/testing";
import { createWebhooks } from "../webhooks.js";

/** Figures of M3: one event to many webhooks, each with an endpoint of its own. */
export interface M3Result {
  readonly webhooks: number;
  readonly rounds: number;
  /** From the answer 202 to the arrival of the event's last request, milliseconds; one value an event. */
  readonly acceptedToLastMs: Distribution;
  /** To the first. */
  readonly acceptedToFirstMs: Distribution;
  /** CPU of each process for one delivery, microseconds. */
  readonly cpuUs: Readonly<Record<string, number>>;
  readonly systemCpuUs: number;
  readonly verdict: Verdict;
}

const WARM_UP_ROUNDS = 15;
const ROUNDS = 20;
const DEADLINE_MS = 60_000;

/** One event after the other, each when everything of the one before is delivered and logged. */
export async function runM3(context: BenchContext): Promise<M3Result> {
  const { destinations, options, say } = context;
  const { endpoints } = options;
  say(`M3: starting the services with ${endpoints} webhooks`);
  const services = await startBenchServices(context);
  try {
    const workspace = await services.createWorkspace({ name: "Fan-out" });
    await createWebhooks(workspace, endpoints, (n) => ({ name: `Load ${n}`, url: destinations.url(n) }));
    const fanOut = new FanOut(context, workspace);
    const logged = async () => {
      const isLogged = await awaitLog(services.database, fanOut.sent * endpoints);
      if (!isLogged) throw new Error("The delivery log is not complete");
    };
    say(`M3: warming up with ${WARM_UP_ROUNDS} events`);
    for (let round = 0; round < WARM_UP_ROUNDS; round++) {
      await fanOut.send();
      await logged();
    }
    say(`M3: ${ROUNDS} events`);
    const pids = () => ({ ...pidsOf(context, services, SERVICE_NAMES), receiver: destinations.pid });
    const before = readUsage(pids());
    for (let round = 0; round < ROUNDS; round++) {
      await fanOut.send();
      await logged();
    }
    const cpuUs = cpuPerUnit(before, readUsage(pids()), ROUNDS * endpoints);
    const arrivals = await destinations.read();
    const { first, last } = fanOut.latencies(arrivals, WARM_UP_ROUNDS);
    const expected = destinations.addresses.map(() => fanOut.sent);
    return {
      webhooks: endpoints,
      rounds: ROUNDS,
      acceptedToLastMs: distributionOf(last),
      acceptedToFirstMs: distributionOf(first),
      cpuUs,
      systemCpuUs: sumOfSystem(cpuUs),
      verdict: judge(arrivals, expected),
    };
  } finally {
    await services.stop();
  }
}

/** Events that go to every destination, by number. */
class FanOut {
  readonly #context: BenchContext;
  readonly #workspace: TestWorkspace;
  readonly #run = randomBytes(4).toString("hex");
  readonly #acceptedMs: number[] = [];

  constructor(context: BenchContext, workspace: TestWorkspace) {
    this.#context = context;
    this.#workspace = workspace;
  }

  get sent(): number {
    return this.#acceptedMs.length;
  }

  /** Resolves when all of it has arrived. */
  async send(): Promise<void> {
    const { destinations } = this.#context;
    const event = toEventJson(this.#run, 0, this.sent, Date.now());
    await this.#workspace.ingest.ask("POST", "/v1/events", event);
    this.#acceptedMs.push(monotonicMs());
    const awaited = this.sent * destinations.addresses.length;
    const came = await destinations.awaitCount(awaited, DEADLINE_MS);
    if (came < awaited) throw new Error(`Only ${came} of ${awaited} requests came within ${DEADLINE_MS} ms`);
  }

  /** Of the events from number `from` on. */
  latencies(
    arrivals: Arrivals,
    from: number,
  ): { readonly first: readonly number[]; readonly last: readonly number[] } {
    const first = this.#acceptedMs.map(() => Number.POSITIVE_INFINITY);
    const last = this.#acceptedMs.map(() => Number.NEGATIVE_INFINITY);
    arrivals.arrivedMs.forEach((arrivedMs, i) => {
      const sequence = arrivals.sequence[i] ?? 0;
      const latencyMs = arrivedMs - (this.#acceptedMs[sequence] ?? Number.NaN);
      first[sequence] = Math.min(first[sequence] ?? Number.NaN, latencyMs);
      last[sequence] = Math.max(last[sequence] ?? Number.NaN, latencyMs);
    });
    return { first: first.slice(from), last: last.slice(from) };
  }
}
