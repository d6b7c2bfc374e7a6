import { SEND_POOLS, type SendPool, type SocketLimits } from "./socket-limits.js";
import { WaitingLine } from "./waiting-line.js";

/** A request that needs a socket. */
export interface SlotTaker {
  readonly pool: SendPool;
  readonly origin: string;
  /** Its turn has come, after {@link SocketSlots.take} had none for it. */
  onSlot(): void;
}

/** What a pool is doing. */
export interface PoolCensus {
  readonly inUse: number;
  readonly waiting: number;
}

interface Pool {
  readonly max: number;
  inUse: number;
  /** For the pool, or still for their origin. */
  waiting: number;
  /** Have their origin's permission and wait for the pool. */
  readonly line: WaitingLine<SlotTaker>;
}

/**
 * Who may use a socket now (lanes.md §8). A request needs permission of its origin first, then a place in its pool; what
 * waits for its origin holds up no other origin, and what waits for its pool no other pool. Each line is first come,
 * first served.
 *
 * A free slot costs two look-ups and no allocation.
 */
export class SocketSlots {
  readonly total: number;
  readonly #perOrigin: number;
  readonly #pools: Readonly<Record<SendPool, Pool>>;
  /** Slots taken or reserved by origin; absent at 0. */
  readonly #origins = new Map<string, number>();
  /** Wait for their origin; absent when empty. */
  readonly #originLines = new Map<string, WaitingLine<SlotTaker>>();
  /** Have a slot and are to be told. */
  readonly #granted = new WaitingLine<SlotTaker>();
  #isTelling = false;

  constructor({ total, pools, perOrigin }: SocketLimits) {
    this.total = total;
    this.#perOrigin = perOrigin;
    const toPool = (max: number): Pool => ({ max, inUse: 0, waiting: 0, line: new WaitingLine() });
    this.#pools = { live: toPool(pools.live), drain: toPool(pools.drain), retry: toPool(pools.retry) };
  }

  /** Sockets in use, all pools. */
  get inUse(): number {
    const { live, drain, retry } = this.#pools;
    return live.inUse + drain.inUse + retry.inUse;
  }

  /** @returns whether it has a slot; otherwise it waits and is told */
  take(taker: SlotTaker): boolean {
    const { origin } = taker;
    const ofOrigin = this.#origins.get(origin) ?? 0;
    if (ofOrigin < this.#perOrigin) {
      this.#origins.set(origin, ofOrigin + 1);
      if (this.#enterPool(taker)) return true;
    } else {
      this.#waitForOrigin(taker);
    }
    this.#pools[taker.pool].waiting++;
    return false;
  }

  /** Gives a slot back; whoever is next is told before this returns. */
  release(taker: SlotTaker): void {
    this.#leavePool(taker.pool);
    this.#leaveOrigin(taker.origin);
    this.#tell();
  }

  /** It does not want one any more, and was not told of one. */
  leave(taker: SlotTaker): void {
    if (this.#granted.delete(taker)) {
      this.release(taker);
      return;
    }
    const pool = this.#pools[taker.pool];
    const line = this.#originLines.get(taker.origin);
    if (pool.line.delete(taker)) {
      this.#leaveOrigin(taker.origin);
    } else if (line?.delete(taker) === true) {
      if (line.size === 0) this.#originLines.delete(taker.origin);
    } else {
      return;
    }
    pool.waiting--;
    this.#tell();
  }

  census(): Readonly<Record<SendPool, PoolCensus>> {
    const of = ({ inUse, waiting }: Pool): PoolCensus => ({ inUse, waiting });
    return { live: of(this.#pools.live), drain: of(this.#pools.drain), retry: of(this.#pools.retry) };
  }

  /** Nobody has a slot or waits for one, and nothing is remembered. */
  get isAtRest(): boolean {
    return (
      this.#origins.size === 0 &&
      this.#originLines.size === 0 &&
      this.#granted.size === 0 &&
      SEND_POOLS.every((name) => {
        const { inUse, waiting, line } = this.#pools[name];
        return inUse === 0 && waiting === 0 && line.size === 0;
      })
    );
  }

  #enterPool(taker: SlotTaker): boolean {
    const pool = this.#pools[taker.pool];
    if (pool.inUse < pool.max) {
      pool.inUse++;
      return true;
    }
    pool.line.add(taker);
    return false;
  }

  #leavePool(name: SendPool): void {
    const pool = this.#pools[name];
    const next = pool.line.takeFirst();
    if (next === undefined) pool.inUse--;
    else this.#grant(next);
  }

  #waitForOrigin(taker: SlotTaker): void {
    let line = this.#originLines.get(taker.origin);
    if (line === undefined) {
      line = new WaitingLine();
      this.#originLines.set(taker.origin, line);
    }
    line.add(taker);
  }

  #leaveOrigin(origin: string): void {
    const line = this.#originLines.size === 0 ? undefined : this.#originLines.get(origin);
    const next = line?.takeFirst();
    if (line?.size === 0) this.#originLines.delete(origin);
    if (next !== undefined) {
      if (this.#enterPool(next)) this.#grant(next);
      return;
    }
    const left = (this.#origins.get(origin) ?? 1) - 1;
    if (left > 0) this.#origins.set(origin, left);
    else this.#origins.delete(origin);
  }

  #grant(taker: SlotTaker): void {
    this.#pools[taker.pool].waiting--;
    this.#granted.add(taker);
  }

  /** In a loop, not by recursion: a request that is told can end at once and give its slot back. */
  #tell(): void {
    if (this.#granted.size === 0 || this.#isTelling) return;
    this.#isTelling = true;
    try {
      for (let taker = this.#granted.takeFirst(); taker !== undefined; taker = this.#granted.takeFirst())
        taker.onSlot();
    } finally {
      this.#isTelling = false;
    }
  }
}
