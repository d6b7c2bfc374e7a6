import type { OutboxEntry } from "../outbox/outbox.js";
import type { Store } from "../store.js";

const COLLECTION = "outbox";

/** An outbox entry taken up by one process until its lease ends. */
export interface ClaimedEntry extends OutboxEntry {
  /** How often it was taken up, this time included. */
  readonly tries: number;
}

/** As stored; the fields beyond the entry's come with the first try. */
interface StoredEntry extends OutboxEntry {
  readonly pending?: true;
  readonly tries?: number;
  /** Not taken up before. While it is being worked on, this is the end of the lease. */
  readonly dueAt?: Date;
  readonly failure?: string;
}

/**
 * Outbox entries whose doing may fail and is tried again with growing waits: mails and operational webhooks. An entry
 * is worked on by one process at a time; one that dies leaves it to the next when the lease ends, so what was promised
 * is done at least once.
 */
export class PromiseQueue {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  /**
   * Takes the oldest entry that is due.
   *
   * @param leaseMs longer than doing it can take
   */
  async claim(kind: OutboxEntry["kind"], now: Date, leaseMs: number): Promise<ClaimedEntry | undefined> {
    const entry = await this.#collection().findOneAndUpdate(
      { pending: true, kind, $or: [{ dueAt: { $exists: false } }, { dueAt: { $lte: now } }] },
      { $set: { dueAt: new Date(now.getTime() + leaseMs) }, $inc: { tries: 1 } },
      { sort: { createdAt: 1 }, returnDocument: "after" },
    );
    if (!entry) return undefined;
    const { _id, payload, createdAt, tries = 1 } = entry;
    return { _id, kind, payload, createdAt, tries };
  }

  /** Puts it back until `dueAt`. */
  async postpone({ _id, tries }: ClaimedEntry, dueAt: Date, failure: string): Promise<void> {
    await this.#collection().updateOne({ _id, pending: true, tries }, { $set: { dueAt, failure } });
  }

  /** Closes it for good. `failure` says why it will never be done. */
  async settle({ _id }: ClaimedEntry, at: Date, failure?: string): Promise<void> {
    await this.#collection().updateOne(
      { _id, pending: true },
      {
        $set: { doneAt: at, ...(failure !== undefined && { failure }) },
        $unset: { pending: "", dueAt: "", ...(failure === undefined && { failure: "" }) },
      },
    );
  }

  /** How many entries wait, those being worked on included. */
  async countPending(kind: OutboxEntry["kind"]): Promise<number> {
    return this.#collection().countDocuments({ pending: true, kind });
  }

  /** When the entry that has waited longest was promised; undefined when none waits. */
  async findOldestPending(kind: OutboxEntry["kind"]): Promise<Date | undefined> {
    const entry = await this.#collection().findOne(
      { pending: true, kind },
      { sort: { createdAt: 1 }, projection: { createdAt: 1 } },
    );
    return entry?.createdAt;
  }

  #collection() {
    return this.#store.db.collection<StoredEntry>(COLLECTION);
  }
}
