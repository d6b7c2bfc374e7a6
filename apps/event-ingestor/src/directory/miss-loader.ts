import { setTimeout as sleep } from "node:timers/promises";

export interface MissLoaderOptions<V> {
  /** Reads those of the keys that exist, in one query. */
  readonly read: (keys: readonly string[]) => Promise<ReadonlyMap<string, V>>;
  /** What was not there is not asked for again this long, milliseconds (default 1,000). */
  readonly absentMs?: number;
  /** What was there is kept this long, milliseconds (default 10,000): until the copy has it. */
  readonly foundMs?: number;
  /** Pause between two queries, milliseconds (default 20). */
  readonly pauseMs?: number;
  /** Entries kept at most (default 10,000). */
  readonly entriesMax?: number;
  /** Milliseconds that only grow; for tests. */
  readonly now?: () => number;
}

/** Keys of one query at most; more wait for the next. */
const KEYS_MAX = 500;

interface Entry<V> {
  readonly value: V | undefined;
  readonly until: number;
}

/**
 * Looks up what a copy of the configuration does not have, as it may be younger than the copy. One query at a time for
 * all keys that are waiting, then a pause: unknown keys, however many, never become a read per event.
 */
export class MissLoader<V> {
  readonly #read: MissLoaderOptions<V>["read"];
  readonly #absentMs: number;
  readonly #foundMs: number;
  readonly #pauseMs: number;
  readonly #entriesMax: number;
  readonly #now: () => number;
  readonly #entries = new Map<string, Entry<V>>();
  readonly #waiting = new Map<string, PromiseWithResolvers<void>>();
  #isReading = false;

  constructor(options: MissLoaderOptions<V>) {
    this.#read = options.read;
    this.#absentMs = options.absentMs ?? 1_000;
    this.#foundMs = options.foundMs ?? 10_000;
    this.#pauseMs = options.pauseMs ?? 20;
    this.#entriesMax = options.entriesMax ?? 10_000;
    this.#now = options.now ?? (() => performance.now());
  }

  /** What was found of late. */
  get(key: string): V | undefined {
    return this.#entry(key)?.value;
  }

  /** Whether the key was looked up of late, found or not. */
  isKnown(key: string): boolean {
    return this.#entry(key) !== undefined;
  }

  /**
   * Looks keys up, those known of late excepted.
   *
   * @throws what `read` threw
   */
  async load(keys: Iterable<string>): Promise<void> {
    await Promise.all([...new Set(keys)].filter((key) => !this.isKnown(key)).map((key) => this.#wait(key)));
  }

  #entry(key: string): Entry<V> | undefined {
    const entry = this.#entries.get(key);
    if (entry === undefined || entry.until > this.#now()) return entry;
    this.#entries.delete(key);
    return undefined;
  }

  #wait(key: string): Promise<void> {
    let waiting = this.#waiting.get(key);
    if (!waiting) {
      waiting = withResolvers();
      this.#waiting.set(key, waiting);
    }
    if (!this.#isReading) void this.#readAll();
    return waiting.promise;
  }

  async #readAll(): Promise<void> {
    this.#isReading = true;
    // One tick later, so that what is asked together is read together.
    await Promise.resolve();
    while (this.#waiting.size > 0) {
      await this.#readOnce([...this.#waiting].slice(0, KEYS_MAX));
      await sleep(this.#pauseMs, undefined, { ref: false });
    }
    this.#isReading = false;
  }

  async #readOnce(waiting: readonly (readonly [string, PromiseWithResolvers<void>])[]): Promise<void> {
    for (const [key] of waiting) this.#waiting.delete(key);
    try {
      const found = await this.#read(waiting.map(([key]) => key));
      for (const [key, { resolve }] of waiting) {
        this.#keep(key, found.get(key));
        resolve();
      }
    } catch (error) {
      for (const [, { reject }] of waiting) reject(error);
    }
  }

  #keep(key: string, value: V | undefined): void {
    this.#entries.delete(key);
    this.#entries.set(key, {
      value,
      until: this.#now() + (value === undefined ? this.#absentMs : this.#foundMs),
    });
    if (this.#entries.size <= this.#entriesMax) return;
    const [oldest] = this.#entries.keys();
    if (oldest !== undefined) this.#entries.delete(oldest);
  }
}

interface PromiseWithResolvers<T> {
  readonly promise: Promise<T>;
  readonly resolve: (value: T) => void;
  readonly reject: (reason: unknown) => void;
}

/** As `Promise.withResolvers`, which Node 20 does not have. */
function withResolvers(): PromiseWithResolvers<void> {
  let resolve: (() => void) | undefined;
  let reject: ((reason: unknown) => void) | undefined;
  const promise = new Promise<void>((onResolve, onReject) => {
    resolve = onResolve;
    reject = onReject;
  });
  return { promise, resolve: () => resolve?.(), reject: (reason) => reject?.(reason) };
}
