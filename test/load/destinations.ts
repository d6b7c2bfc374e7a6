import type { Arrivals } from "./measure/arrivals.js";
import { type IsOrdered, judge, type Verdict } from "./measure/verdict.js";
import type { EndpointBehaviour } from "./processes/raw-receiver.js";
import type { ReceiverAnswer, ReceiverRequest } from "./processes/receiver-process.js";
import { Worker } from "./processes/worker.js";

/** The endpoints of a run: one receiver in a process of its own, on a loopback address of its own for each. */
export class Destinations {
  readonly addresses: readonly string[];
  readonly port: number;
  readonly #worker: Worker<ReceiverRequest, ReceiverAnswer>;

  private constructor(
    addresses: readonly string[],
    port: number,
    worker: Worker<ReceiverRequest, ReceiverAnswer>,
  ) {
    this.addresses = addresses;
    this.port = port;
    this.#worker = worker;
  }

  static async open(count: number): Promise<Destinations> {
    const addresses = Array.from(
      { length: count },
      (_, n) => `127.1.${Math.floor(n / 250)}.${(n % 250) + 1}`,
    );
    const worker = new Worker<ReceiverRequest, ReceiverAnswer>("receiver-process");
    const { port } = await worker.ask({ do: "listen", addresses, port: 0 });
    if (port === undefined) throw new Error("The receiver gave no port");
    return new Destinations(addresses, port, worker);
  }

  get pid(): number | undefined {
    return this.#worker.pid;
  }

  origin(n: number): string {
    return `http://${this.addresses[n] ?? ""}:${this.port}`;
  }

  url(n: number): string {
    return `${this.origin(n)}/e/${n}`;
  }

  async clear(): Promise<void> {
    await this.#worker.ask({ do: "clear" });
  }

  /** What the receiver does from now on with requests of these endpoints. */
  async behave(endpoints: readonly number[], behaviour: EndpointBehaviour): Promise<void> {
    await this.#worker.ask({ do: "behave", endpoints, behaviour });
  }

  /** Resolves when so many events have come, repeated ones counted again, or at the deadline; with the number that came. */
  async awaitCount(count: number, deadlineMs: number): Promise<number> {
    return (await this.#worker.ask({ do: "await", count, deadlineMs })).count;
  }

  async read(): Promise<Arrivals> {
    const { arrivals } = await this.#worker.ask({ do: "read" });
    if (arrivals === undefined) throw new Error("The receiver gave no record");
    return arrivals;
  }

  close(): Promise<void> {
    return this.#worker.close();
  }
}

/** How many events each endpoint gets when `total` are given out in turn. */
function shareOut(total: number, endpoints: number): readonly number[] {
  return Array.from({ length: endpoints }, (_, n) => Math.floor((total - n + endpoints - 1) / endpoints));
}

/** Judges a run in which `total` events were given out in turn. */
export function judgeShared(
  arrivals: Arrivals,
  total: number,
  endpoints: number,
  isOrdered?: IsOrdered,
): Verdict {
  return judge(arrivals, shareOut(total, endpoints), isOrdered);
}

/** Deliveries per second from the first to the last arrival, without the first `skipped`. */
export function rateOf(arrivals: Arrivals, skipped = 0): number {
  const arrivedMs = arrivals.arrivedMs.subarray(skipped);
  const first = arrivedMs[0];
  const last = arrivedMs.at(-1);
  if (first === undefined || last === undefined || last === first) return Number.NaN;
  return ((arrivedMs.length - 1) / (last - first)) * 1_000;
}
