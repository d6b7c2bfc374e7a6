import { randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { Destinations } from "./destinations.js";
import type { Arrivals } from "./measure/arrivals.js";
import { type Distribution, distributionOf } from "./measure/percentiles.js";
import { judge, type Verdict } from "./measure/verdict.js";
import type { DriverAnswer, DriverRequest, Pace } from "./processes/driver-process.js";
import { Worker } from "./processes/worker.js";
import type { PublishLine } from "./publish-line.js";

/** Events published in one go: numbers from `from` up to, not including, `to`. */
export interface Span {
  readonly from: number;
  readonly to: number;
  readonly refused: Readonly<Record<string, number>>;
  /** Milliseconds the producer's calls took. */
  readonly callMs: Distribution;
}

/** Latencies of the events of one span, milliseconds, to the first arrival. */
export interface Latencies {
  /** From the answer 2xx; below 0 where the request was faster. */
  readonly acceptedToArrivalMs: Distribution;
  /** From the beginning of the producer's call. */
  readonly sentToArrivalMs: Distribution;
}

export type IsCounted = (endpoint: number) => boolean;

const all: IsCounted = () => true;
const POLL_MS = 250;

/** Publishes events over HTTP from a process of its own, to all lines in turn, and holds what arrives against them. */
export class Traffic {
  readonly #destinations: Destinations;
  readonly #lines: readonly PublishLine[];
  readonly #driver = new Worker<DriverRequest, DriverAnswer>("driver-process");
  #run = toRunId();
  #total = 0;
  #sentMs: number[] = [];
  #acceptedMs: number[] = [];

  constructor(destinations: Destinations, lines: readonly PublishLine[]) {
    this.#destinations = destinations;
    this.#lines = lines;
  }

  get driverPid(): number | undefined {
    return this.#driver.pid;
  }

  /** Events published since the beginning or the last {@link restart}. */
  get total(): number {
    return this.#total;
  }

  /** Events whose call had begun before a moment of the monotonic clock. */
  countSentBefore(momentMs: number): number {
    const after = this.#sentMs.findIndex((sentMs) => sentMs >= momentMs);
    return after === -1 ? this.#total : after;
  }

  /** Forgets everything, the receiver's record too, and counts from 0 again. Nothing may be under way. */
  async restart(): Promise<void> {
    await this.#destinations.clear();
    this.#run = toRunId();
    this.#total = 0;
    this.#sentMs = [];
    this.#acceptedMs = [];
  }

  async publish(pace: Pace): Promise<Span> {
    const from = this.#total;
    const order: DriverRequest = { run: this.#run, lines: this.#lines, firstIndex: from, pace };
    const { sentMs, acceptedMs, refused } = await this.#driver.ask(order);
    for (const moment of sentMs) this.#sentMs.push(moment);
    for (const moment of acceptedMs) this.#acceptedMs.push(moment);
    this.#total += sentMs.length;
    const callMs = acceptedMs.map((accepted, i) => accepted - (sentMs[i] ?? Number.NaN)).filter(isMeasured);
    return { from, to: this.#total, refused, callMs: distributionOf(callMs) };
  }

  latencies(arrivals: Arrivals, { from, to }: Pick<Span, "from" | "to">, isCounted = all): Latencies {
    const endpoints = this.#lines.length;
    const seen = new Uint8Array(this.#total);
    const fromSent: number[] = [];
    const fromAccepted: number[] = [];
    arrivals.arrivedMs.forEach((arrivedMs, i) => {
      const endpoint = arrivals.endpoint[i] ?? 0;
      const index = (arrivals.sequence[i] ?? 0) * endpoints + endpoint;
      if (endpoint >= endpoints || index < from || index >= to || seen[index] !== 0) return;
      if (!isCounted(endpoint)) return;
      seen[index] = 1;
      fromSent.push(arrivedMs - (this.#sentMs[index] ?? Number.NaN));
      fromAccepted.push(arrivedMs - (this.#acceptedMs[index] ?? Number.NaN));
    });
    return {
      acceptedToArrivalMs: distributionOf(fromAccepted.filter(isMeasured)),
      sentToArrivalMs: distributionOf(fromSent.filter(isMeasured)),
    };
  }

  /** Judges everything published so far. */
  judge(arrivals: Arrivals, isCounted = all): Verdict {
    const endpoints = this.#lines.length;
    const expected = this.#lines.map((_, n) =>
      isCounted(n) ? Math.floor((this.#total - n + endpoints - 1) / endpoints) : 0,
    );
    return judge(arrivals, expected, (endpoint, earlier, later) => {
      const accepted = this.#acceptedMs[earlier * endpoints + endpoint] ?? Number.NaN;
      return accepted < (this.#sentMs[later * endpoints + endpoint] ?? Number.NaN);
    });
  }

  /** Resolves when of the counted endpoints' events none is missing, or at the deadline. Reads the record each time. */
  async awaitSettled(deadlineMs: number, isCounted = all): Promise<Arrivals> {
    const end = performance.now() + deadlineMs;
    for (;;) {
      const arrivals = await this.#destinations.read();
      if (this.judge(arrivals, isCounted).lost === 0 || performance.now() >= end) return arrivals;
      await sleep(POLL_MS);
    }
  }

  close(): Promise<void> {
    return this.#driver.close();
  }
}

function toRunId(): string {
  return randomBytes(4).toString("hex");
}

function isMeasured(value: number): boolean {
  return !Number.isNaN(value);
}
