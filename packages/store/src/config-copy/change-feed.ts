import { setTimeout as sleep } from "node:timers/promises";
import type { mongo } from "mongoose";
import { settledOrLate } from "../settled-or-late.js";
import type { Store, StoreLogger } from "../store.js";
import { isHistoryLost } from "../store-error.js";

/** A change of one document. `document` is its state at or after the change; null when it is deleted. */
export interface FeedChange {
  readonly collection: string;
  readonly id: string;
  readonly document: unknown;
}

export interface FeedOptions {
  readonly store: Store;
  readonly collections: readonly string[];
  readonly logger: StoreLogger;
  /** Reads everything; called with the stream open, so that nothing written meanwhile is missed. */
  readonly load: () => Promise<void>;
  readonly apply: (change: FeedChange) => void;
}

type Change = mongo.ChangeStreamDocument;

/**
 * The stream is asked every so often, milliseconds, and does not wait at the server: there every write of the whole
 * database, of events and attempts, would wake every waiting stream of every service to find that it is not for it.
 */
const POLL_MS = 100;
const AWAIT_MS = 1;
const PAUSE_MIN_MS = 100;
const PAUSE_MAX_MS = 5_000;
/** A database that does not answer holds a read back for longer than anybody should wait for a stop. */
const CLOSE_LIMIT_MS = 1_000;

/**
 * Follows collections from a load on, through broken connections and changes of primary. When the oplog no longer
 * reaches back to where it stopped, everything is loaded again.
 */
export class ChangeFeed {
  readonly #options: FeedOptions;
  readonly #stop = new AbortController();
  #stream: mongo.ChangeStream | undefined;
  #isReady = false;
  /** Where to go on; undefined: load first. */
  #token: unknown;
  #loop: Promise<void> | undefined;

  constructor(options: FeedOptions) {
    this.#options = options;
  }

  /** Whether what was applied is at most about a second old. */
  get isReady(): boolean {
    return this.#isReady;
  }

  /** Resolves when loaded and caught up. @throws when the first load fails: the caller decides about starting */
  async start(): Promise<void> {
    const stream = await this.#open();
    this.#loop = this.#follow(stream);
  }

  /** Waits for a read in progress, but not for long. */
  async close(): Promise<void> {
    this.#stop.abort();
    this.#isReady = false;
    await settledOrLate(Promise.all([this.#stream?.close(), this.#loop]), CLOSE_LIMIT_MS);
  }

  async #follow(first: mongo.ChangeStream): Promise<void> {
    let stream: mongo.ChangeStream | undefined = first;
    let pauseMs = PAUSE_MIN_MS;
    while (!this.#isStopped()) {
      try {
        stream ??= await this.#open();
        pauseMs = PAUSE_MIN_MS;
        while (!this.#isStopped()) {
          const change = await stream.tryNext();
          // A closed stream neither waits nor throws: without this the loop would never give way again.
          if (change === null && stream.closed) throw new StreamClosed("The change stream is closed");
          this.#take(change, stream);
          if (change === null) await this.#pause(POLL_MS);
        }
      } catch (error) {
        await stream?.close().catch(() => undefined);
        stream = undefined;
        if (this.#isStopped()) return;
        this.#isReady = false;
        const historyLost = error instanceof LostHistory || isHistoryLost(error);
        if (historyLost) this.#token = undefined;
        this.#options.logger.warn({ err: error, historyLost, pauseMs }, "config_copy.stream_broken");
        await this.#pause(pauseMs);
        pauseMs = Math.min(pauseMs * 2, PAUSE_MAX_MS);
      }
    }
  }

  /** Opens the stream, loads when there is no place to go on from, applies what came meanwhile. */
  async #open(): Promise<mongo.ChangeStream> {
    const stream = this.#watch();
    this.#stream = stream;
    try {
      // The first read opens the stream on the server; only then may the load begin.
      const early = await stream.tryNext();
      if (this.#token === undefined) await this.#options.load();
      for (let change = early; change !== null; change = await stream.tryNext()) this.#take(change, stream);
      this.#token = stream.resumeToken;
      this.#isReady = true;
      return stream;
    } catch (error) {
      await stream.close().catch(() => undefined);
      throw error;
    }
  }

  #watch(): mongo.ChangeStream {
    const pipeline = [{ $match: { "ns.coll": { $in: [...this.#options.collections] } } }];
    return this.#options.store.db
      .getClient()
      .db(this.#options.store.db.name)
      .watch(pipeline, {
        fullDocument: "updateLookup",
        maxAwaitTimeMS: AWAIT_MS,
        ...(this.#token !== undefined && { resumeAfter: this.#token }),
      });
  }

  #take(change: Change | null, stream: mongo.ChangeStream): void {
    if (change) this.#applyChange(change);
    this.#token = stream.resumeToken;
  }

  #applyChange(change: Change): void {
    switch (change.operationType) {
      case "insert":
      case "replace":
      case "update": {
        // Gone when looked up: its deletion follows.
        if (!change.fullDocument) return;
        this.#apply(change.ns.coll, change.documentKey, change.fullDocument);
        return;
      }
      case "delete":
        this.#apply(change.ns.coll, change.documentKey, null);
        return;
      case "drop":
      case "rename":
      case "dropDatabase":
      case "invalidate":
        throw new LostHistory(change.operationType);
      default:
    }
  }

  #apply(collection: string, key: { readonly _id: unknown }, document: unknown): void {
    if (typeof key._id === "string") this.#options.apply({ collection, id: key._id, document });
  }

  #isStopped(): boolean {
    return this.#stop.signal.aborted;
  }

  async #pause(ms: number): Promise<void> {
    await sleep(ms, undefined, { signal: this.#stop.signal }).catch(() => undefined);
  }
}

/** The stream was closed, here or by the server. */
class StreamClosed extends Error {
  override readonly name = "StreamClosed";
}

/** A collection was dropped or renamed under us: what is held says nothing any more. */
class LostHistory extends Error {
  override readonly name = "LostHistory";
}
