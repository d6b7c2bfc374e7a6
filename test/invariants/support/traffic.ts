import { setTimeout as sleep } from "node:timers/promises";
import {
  anEvent,
  type Behaviour,
  eventually,
  type EventInput,
  ok,
  readEvents,
  readLine,
  type Receiver,
  type Services,
  type TestWorkspace,
  type WebhookInput,
} from "@hooklane/testing";

/** How much load there is. Every event of a workspace goes to all of its webhooks. */
export interface TrafficOptions {
  /** Default 4: one for each partition of the log of events. */
  readonly workspaces?: number;
  /** Default 6, each an endpoint of its own. */
  readonly webhooksEach?: number;
  /** Events a second and workspace. Default 5: with the defaults above 120 deliveries a second. */
  readonly eventsPerSecond?: number;
  /** Default: 200 at once. */
  readonly behaviour?: Behaviour;
  /** The webhook of a path, beside its defaults. */
  readonly webhook?: (url: string) => Partial<WebhookInput> & { readonly url: string };
}

/** One endpoint under load. */
export interface Line {
  readonly path: string;
  readonly webhookId: string;
  readonly endpointId: string;
  readonly partition: number;
  readonly source: Source;
}

/** Latencies of a span of time, milliseconds from the making of an event to its arrival. */
export interface Latency {
  readonly count: number;
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
}

/** A call that takes longer is made again, milliseconds. */
const CALL_LIMIT_MS = 10_000;

/** Events of one workspace, numbered from 1, one after the other. */
class Source {
  /** Events that were accepted, so the number of the last one. */
  accepted = 0;

  constructor(readonly workspace: TestWorkspace) {}

  /** Sends the next event until it is accepted, with the same id: an application that does not give up. */
  async sendNext(ended: AbortSignal): Promise<void> {
    const event = anEvent({ data: { seq: this.accepted + 1, sentAt: Date.now() } });
    while (!(await this.#isTaken(event))) {
      if (ended.aborted) return;
      await sleep(100);
    }
    this.accepted++;
  }

  async #isTaken(event: EventInput): Promise<boolean> {
    const { ingest, apiKey } = this.workspace;
    let answer: Response;
    try {
      answer = await fetch(`${ingest.baseUrl}/v1/events`, {
        method: "POST",
        headers: { authorization: `Bearer ${apiKey}`, "content-type": "application/json" },
        body: JSON.stringify(event),
        signal: AbortSignal.timeout(CALL_LIMIT_MS),
      });
      await answer.text();
    } catch {
      return false;
    }
    if (answer.status === 202) return true;
    if (answer.status >= 500 || answer.status === 429) return false;
    throw new Error(`An event was refused with ${answer.status}`);
  }
}

/** Steady load, and what became of it. */
export class Traffic {
  readonly lines: readonly Line[];
  readonly #sources: readonly Source[];
  readonly #receiver: Receiver;
  readonly #pauseMs: number;
  readonly #stop = new AbortController();
  /** Ends what still waits to be accepted, at the end of a scenario that failed. */
  readonly #end = new AbortController();
  #running: Promise<unknown> = Promise.resolve();

  private constructor(
    lines: readonly Line[],
    sources: readonly Source[],
    receiver: Receiver,
    eventsPerSecond: number,
  ) {
    this.lines = lines;
    this.#sources = sources;
    this.#receiver = receiver;
    this.#pauseMs = 1_000 / eventsPerSecond;
  }

  /** Makes workspaces and webhooks; {@link start} sends. */
  static async prepare(
    services: Services,
    receiver: Receiver,
    options: TrafficOptions = {},
  ): Promise<Traffic> {
    const { workspaces = 4, webhooksEach = 6, eventsPerSecond = 5, behaviour = ok } = options;
    const webhook = options.webhook ?? ((url: string) => ({ url }));
    const endpoints = services.database.collection<{ _id: string; partition: number }>("endpoints");
    const sources: Source[] = [];
    const lines: Line[] = [];
    for (let w = 1; w <= workspaces; w++) {
      const source = new Source(await services.createWorkspace());
      sources.push(source);
      for (let n = 1; n <= webhooksEach; n++) {
        const path = `/${source.workspace.id}/${n}`;
        receiver.behave(path, behaviour);
        const { id, endpointId } = await source.workspace.createWebhook(webhook(receiver.url(path)));
        const endpoint = await endpoints.findOne({ _id: endpointId });
        if (endpoint === null) throw new Error(`Endpoint ${endpointId} is not there`);
        lines.push({ path, webhookId: id, endpointId, partition: endpoint.partition, source });
      }
    }
    return new Traffic(lines, sources, receiver, eventsPerSecond);
  }

  start(): void {
    this.#running = Promise.all(this.#sources.map((source) => this.#flow(source)));
    this.#running.catch(() => undefined);
  }

  /** Sends no more; resolves when the last event was accepted. Throws what a source was refused for. */
  async halt(): Promise<void> {
    this.#stop.abort();
    await this.#running;
  }

  /** Gives up whatever has not been accepted. */
  async stop(): Promise<void> {
    this.#stop.abort();
    this.#end.abort();
    await this.#running.catch(() => undefined);
  }

  /** Stops sending and waits until every endpoint has everything. */
  async settle(deadlineMs = 90_000): Promise<void> {
    await this.halt();
    const open = () =>
      this.lines.filter(({ path, source }) => {
        const requests = this.#receiver.requestsTo(path);
        const last = requests.at(-1);
        return last === undefined || Number(readEvents(last).at(-1)?.data.seq) !== source.accepted;
      });
    await eventually(() => open().length === 0, { deadlineMs, intervalMs: 100 }).catch(() => undefined);
  }

  /** Every event was accepted and has arrived at every one of its endpoints, in order. */
  judge(lines: readonly Line[] = this.lines) {
    const reports = lines.map((line) => ({
      ...line,
      ...readLine(this.#receiver.requestsTo(line.path), line.source.accepted),
    }));
    const sum = (pick: (report: (typeof reports)[number]) => number) =>
      reports.reduce((total, report) => total + pick(report), 0);
    return {
      events: this.#sources.reduce((total, { accepted }) => total + accepted, 0),
      deliveries: sum(({ distinct }) => distinct),
      duplicates: sum(({ duplicates }) => duplicates),
      lateAnswers: sum(({ lateAnswers }) => lateAnswers),
      lost: reports.flatMap(({ path, missing }) =>
        missing.length > 0 ? [`${path}: ${missing.join()}`] : [],
      ),
      breaks: reports.flatMap(({ path, breaks }) => breaks.map((each) => `${path}: ${each}`)),
      maxInFlight: Math.max(...lines.map(({ path }) => this.#receiver.maxInFlight(path))),
    };
  }

  /** Requests at these endpoints between two moments (milliseconds since 1970). */
  countArrivals(lines: readonly Line[], from: number, until: number): number {
    return lines.reduce(
      (sum, { path }) =>
        sum +
        this.#receiver.requestsTo(path).filter(({ arrivedAt }) => arrivedAt >= from && arrivedAt < until)
          .length,
      0,
    );
  }

  /** The longest time without an arrival at any one of these endpoints between two moments, milliseconds. */
  worstPause(lines: readonly Line[], from: number, until: number): number {
    let worst = 0;
    for (const { path } of lines) {
      let previous = from;
      for (const { arrivedAt } of this.#receiver.requestsTo(path)) {
        if (arrivedAt < from) continue;
        if (previous >= until) break;
        worst = Math.max(worst, Math.min(arrivedAt, until) - previous);
        previous = arrivedAt;
      }
      if (previous < until) worst = Math.max(worst, until - previous);
    }
    return worst;
  }

  /** Of the first arrivals of events made between two moments. */
  latency(lines: readonly Line[], from: number, until: number): Latency {
    const found: number[] = [];
    for (const { path } of lines) {
      let highest = 0;
      for (const request of this.#receiver.requestsTo(path)) {
        for (const { data } of readEvents(request)) {
          const [seq, sentAt] = [Number(data.seq), Number(data.sentAt)];
          if (seq <= highest) continue;
          highest = seq;
          if (sentAt >= from && sentAt < until) found.push(request.arrivedAt - sentAt);
        }
      }
    }
    found.sort((a, b) => a - b);
    const at = (share: number) => found[Math.min(found.length - 1, Math.floor(found.length * share))] ?? 0;
    return { count: found.length, p50: at(0.5), p99: at(0.99), max: found.at(-1) ?? 0 };
  }

  async #flow(source: Source): Promise<void> {
    const { signal } = this.#stop;
    let due = performance.now();
    while (!signal.aborted) {
      await source.sendNext(this.#end.signal);
      // What an outage held up is not made good by a burst.
      due = Math.max(due + this.#pauseMs, performance.now());
      await sleep(due - performance.now(), undefined, { signal }).catch(() => undefined);
    }
  }
}
