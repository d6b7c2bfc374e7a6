import type { Deliveries, Delivery, DeliveryFilter } from "@hooklane/client";

/** Deliveries are entered a moment after their event was accepted: so far back it is looked again, milliseconds. */
const OVERLAP_MS = 30_000;
/** Most deliveries looked at in one poll; of more, the oldest are missed. */
const LOOKED_AT_MAX = 2_000;
/** Most open deliveries that are asked for one by one in a poll, and most that are remembered. */
const ASKED_MAX = 20;
const REMEMBERED_MAX = 10_000;

const PAGE = 200;

type Source = Pick<Deliveries, "list" | "get">;

/** Gives what is new or changed since it looked last, oldest first, by reading the list again and again. */
export class DeliveryFollower {
  readonly #source: Source;
  readonly #filter: DeliveryFilter;
  readonly #startedAt: Date;
  /** By id, the one that changed last at the end. */
  readonly #known = new Map<string, Delivery>();
  #newestMs: number;

  constructor(source: Source, filter: DeliveryFilter, startedAt: Date) {
    this.#source = source;
    this.#filter = filter;
    this.#startedAt = startedAt;
    this.#newestMs = startedAt.getTime();
  }

  /** @throws HooklaneError */
  async poll(): Promise<readonly Delivery[]> {
    const fromMs = Math.max(this.#startedAt.getTime(), this.#newestMs - OVERLAP_MS);
    const from = new Date(fromMs).toISOString();
    const listed = await this.#source.list({ ...this.#filter, from, limit: PAGE }).take(LOOKED_AT_MAX);
    const seen = new Set(listed.map(({ id }) => id));
    const asked: Delivery[] = [];
    for (const { id } of this.#openOnes(seen)) asked.push(await this.#source.get(id));
    const changed = [...listed, ...asked].filter((delivery) => this.#isNews(delivery));
    changed.sort((one, other) => one.acceptedAt.localeCompare(other.acceptedAt));
    for (const delivery of changed) this.#remember(delivery);
    return changed;
  }

  /** Those that are retried for longer than the list is looked back. */
  #openOnes(seen: ReadonlySet<string>): readonly Delivery[] {
    const open = [...this.#known.values()].filter(({ id, status }) => isOpen(status) && !seen.has(id));
    return open.slice(0, ASKED_MAX);
  }

  #isNews(delivery: Delivery): boolean {
    const known = this.#known.get(delivery.id);
    return known?.status !== delivery.status || known.attempts.length !== delivery.attempts.length;
  }

  #remember(delivery: Delivery): void {
    this.#known.delete(delivery.id);
    this.#known.set(delivery.id, delivery);
    this.#newestMs = Math.max(this.#newestMs, Date.parse(delivery.acceptedAt));
    const [oldest] = this.#known.keys();
    if (this.#known.size > REMEMBERED_MAX && oldest !== undefined) this.#known.delete(oldest);
  }
}

const isOpen = (status: Delivery["status"]): boolean => status === "pending" || status === "retrying";
