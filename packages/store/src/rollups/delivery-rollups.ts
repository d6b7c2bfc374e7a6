import type { LoggedResults } from "../delivery-log/delivery-change.js";
import { retryDuplicateKey } from "../retry-duplicate-key.js";
import type { Store } from "../store.js";
import { runTransaction } from "../transaction.js";
import { type CountedResult, toCountedResults } from "./counted-result.js";
import { DELIVERY_ROLLUPS, ROLLUP_MARKS, type RollupDocument, type RollupMark } from "./rollup-document.js";
import { toRollupUpdates } from "./rollup-updates.js";

/** A record of `attempts.v1` as it is counted: what it says, and its place in its partition. */
export interface PlacedResults extends LoggedResults {
  readonly offset: number;
  /** As the producer set it, milliseconds since 1970. */
  readonly timestampMs: number;
}

/** A record that is not counted yet. */
interface Pending {
  readonly offset: number;
  readonly timestampMs: number;
  readonly results: readonly CountedResult[];
}

/** So many are counted in one transaction: far from its time limit. */
const RECORDS_MAX = 5_000;

/**
 * Sums of requests by webhook and time, which charts are made of (ADR 0037). What is added waits in memory until
 * {@link flush}, which has to have resolved before offsets behind it are committed. So each record is counted exactly once,
 * however often it is read, by however many processes: a partition's mark moves in the transaction that counts.
 */
export class DeliveryRollups {
  readonly #store: Store;
  /** By partition, then by offset: what is read again before it was counted takes its own place. */
  readonly #pending = new Map<string, Map<number, Pending>>();
  #flushing: Promise<void> = Promise.resolve();

  constructor(store: Store) {
    this.#store = store;
  }

  /** @param line `<topic>/<partition>` the records were read from */
  add(line: string, records: readonly PlacedResults[]): void {
    const pending = this.#pending.get(line) ?? new Map<number, Pending>();
    this.#pending.set(line, pending);
    for (const record of records) {
      const { offset, timestampMs } = record;
      pending.set(offset, { offset, timestampMs, results: toCountedResults(record) });
    }
  }

  /**
   * Counts what was added. After a failure it waits for the next call.
   *
   * @throws MongoDB's error when the database did not take all of it
   */
  flush(): Promise<void> {
    const flushed = this.#flushing.catch(() => undefined).then(() => this.#flushAll());
    this.#flushing = flushed;
    return flushed;
  }

  async #flushAll(): Promise<void> {
    for (const [line, pending] of this.#pending) {
      const inOrder = [...pending.values()].sort((one, other) => one.offset - other.offset);
      for (let from = 0; from < inOrder.length; from += RECORDS_MAX) {
        const some = inOrder.slice(from, from + RECORDS_MAX);
        await retryDuplicateKey(() => this.#count(line, some));
        for (const record of some) if (pending.get(record.offset) === record) pending.delete(record.offset);
      }
      if (pending.size === 0) this.#pending.delete(line);
    }
  }

  #count(line: string, records: readonly Pending[]): Promise<void> {
    return runTransaction(this.#store, async (session) => {
      const marks = this.#store.db.collection<RollupMark>(ROLLUP_MARKS);
      const { fresh, mark } = takeFresh(records, await marks.findOne({ _id: line }, { session }));
      if (fresh.length === 0) return;
      // First: of two that count the same partition one gives way here.
      await marks.updateOne({ _id: line }, { $set: mark }, { session, upsert: true });
      const updates = toRollupUpdates(fresh.flatMap(({ results }) => results));
      if (updates.length === 0) return;
      await this.#store.db.collection<RollupDocument>(DELIVERY_ROLLUPS).bulkWrite(updates, { session });
    });
  }
}

/** Those that were not counted, and the mark behind them. Pure. */
function takeFresh(
  records: readonly Pending[],
  marked: Pick<RollupMark, "offset" | "at"> | null,
): { readonly fresh: readonly Pending[]; readonly mark: Pick<RollupMark, "offset" | "at"> } {
  const fresh: Pending[] = [];
  let { offset, at } = marked ?? { offset: -1, at: -1 };
  for (const record of records) {
    if (record.offset <= offset && record.timestampMs <= at) continue;
    fresh.push(record);
    offset = record.offset;
    at = Math.max(at, record.timestampMs);
  }
  return { fresh, mark: { offset, at } };
}
