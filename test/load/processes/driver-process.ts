import { Agent, request } from "undici";
import { monotonicMs } from "../measure/clock.js";
import { type PublishLine, toPublishBody } from "../publish-line.js";
import { answerParent } from "./worker.js";

/** When the next event is published. */
export type Pace =
  /** Open loop: at a fixed rate, whatever the answers take. */
  | { readonly kind: "rate"; readonly ratePerSecond: number; readonly seconds: number }
  /** Closed loop: so many calls at once, the next when one has its answer. */
  | { readonly kind: "inFlight"; readonly calls: number; readonly count: number };

/** Publish events over HTTP, to all lines in turn. */
export interface DriverRequest {
  readonly run: string;
  /** By endpoint number. */
  readonly lines: readonly PublishLine[];
  /** Number of the first event: event `i` is number `floor(i / endpoints)` of endpoint `i % endpoints`. */
  readonly firstIndex: number;
  readonly pace: Pace;
}

/** One index an event, in order of sending. */
export interface DriverAnswer {
  /** The moment the call was begun. */
  readonly sentMs: Float64Array;
  /** The moment the call returned 2xx; NaN when it did not. */
  readonly acceptedMs: Float64Array;
  /** Answers other than 2xx, by status or error code. */
  readonly refused: Readonly<Record<string, number>>;
}

const agent = new Agent({ connections: 64, pipelining: 1, keepAliveTimeout: 60_000 });

class Publishing {
  readonly #order: DriverRequest;
  readonly #refused: Record<string, number> = {};
  readonly sentMs: Float64Array;
  readonly acceptedMs: Float64Array;

  constructor(order: DriverRequest, total: number) {
    this.#order = order;
    this.sentMs = new Float64Array(total);
    this.acceptedMs = new Float64Array(total).fill(Number.NaN);
  }

  get answer(): DriverAnswer {
    return { sentMs: this.sentMs, acceptedMs: this.acceptedMs, refused: this.#refused };
  }

  async publish(offset: number): Promise<void> {
    this.sentMs[offset] = monotonicMs();
    const failure = await this.#call(offset).catch(
      (error: unknown) => (error as { code?: string }).code ?? "error",
    );
    if (failure === undefined) this.acceptedMs[offset] = monotonicMs();
    else this.#refused[failure] = (this.#refused[failure] ?? 0) + 1;
  }

  /** @returns the status when it is not 2xx */
  async #call(offset: number): Promise<string | undefined> {
    const { run, lines, firstIndex } = this.#order;
    const endpoint = (firstIndex + offset) % lines.length;
    const line = lines[endpoint];
    if (line === undefined) throw new Error("No lines");
    const answer = await request(line.url, {
      method: "POST",
      dispatcher: agent,
      headers: line.headers,
      body: toPublishBody(line, run, endpoint, Math.floor((firstIndex + offset) / lines.length)),
    });
    await answer.body.dump();
    return answer.statusCode >= 200 && answer.statusCode <= 299 ? undefined : String(answer.statusCode);
  }
}

async function publishAtRate(order: DriverRequest, ratePerSecond: number, seconds: number) {
  const total = Math.round(ratePerSecond * seconds);
  const publishing = new Publishing(order, total);
  const calls = new Set<Promise<void>>();
  const startMs = monotonicMs();
  let next = 0;
  await new Promise<void>((resolve) => {
    const timer = setInterval(() => {
      const due = Math.min(total, Math.floor(((monotonicMs() - startMs) / 1_000) * ratePerSecond) + 1);
      for (; next < due; next++) {
        const call = publishing.publish(next);
        calls.add(call);
        void call.finally(() => calls.delete(call));
      }
      if (next < total) return;
      clearInterval(timer);
      resolve();
    }, 1);
  });
  await Promise.all(calls);
  return publishing.answer;
}

async function publishInFlight(order: DriverRequest, calls: number, count: number) {
  const publishing = new Publishing(order, count);
  let next = 0;
  const run = async () => {
    while (next < count) await publishing.publish(next++);
  };
  await Promise.all(Array.from({ length: Math.min(calls, count) }, run));
  return publishing.answer;
}

function drive(order: DriverRequest): Promise<DriverAnswer> {
  const { pace } = order;
  return pace.kind === "rate"
    ? publishAtRate(order, pace.ratePerSecond, pace.seconds)
    : publishInFlight(order, pace.calls, pace.count);
}

answerParent(drive, () => agent.close());
