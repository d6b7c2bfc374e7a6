import type { WorkspaceId } from "@hooklane/core";
import type { mongo } from "mongoose";
import { settledOrLate } from "../settled-or-late.js";
import type { Store } from "../store.js";
import { isHistoryLost } from "../store-error.js";
import { type ClusterTime, fromTimestamp, timeOfToken, toTimestamp } from "./cluster-time.js";
import { type LiveChange, toLiveChange, toLivePipeline, tokenText } from "./live-change.js";

/** How far a reader is. */
export interface LivePlace {
  /** Everything before it was read. */
  readonly time: ClusterTime;
  /** Changes up to this token were read; undefined: none of that moment. */
  readonly token?: string | undefined;
}

export interface LiveBatch {
  /** In the order in which they took effect. */
  readonly changes: readonly LiveChange[];
  /** Nothing more was there at that moment. */
  readonly isAtEnd: boolean;
}

/** Facts of one batch; the last change may bring more. */
const BATCH_FACTS_MAX = 200;
/** The server answers at once: waiting there, every write of the database would wake it (see `ChangeFeed`). */
const AWAIT_MS = 1;
const CLOSE_LIMIT_MS = 1_000;

type Change = mongo.ChangeStreamDocument;

/**
 * Reads what people see change in some workspaces, as it is on the majority, from a moment on: what is written again
 * and again is read in the order of writing, with nothing left out. One cursor on the server.
 */
export class LiveChangeReader {
  readonly #stream: mongo.ChangeStream;
  readonly #from: string;
  /** Read when it was opened. */
  #early: Change | null = null;
  #place: LivePlace;

  private constructor(stream: mongo.ChangeStream, from: LivePlace | undefined, early: Change | null) {
    this.#stream = stream;
    this.#from = from?.token ?? "";
    this.#early = early;
    this.#place = from ?? toFirstPlace(stream, early);
  }

  /**
   * @param from undefined: from now on
   * @throws an error of which {@link isPlaceLost} tells whether what follows `from` is not kept any more
   */
  static async open(
    store: Store,
    {
      workspaceIds,
      from,
    }: { readonly workspaceIds: Iterable<WorkspaceId>; readonly from?: LivePlace | undefined },
  ): Promise<LiveChangeReader> {
    const stream = store.db
      .getClient()
      .db(store.db.name)
      .watch(toLivePipeline(workspaceIds), {
        fullDocument: "updateLookup",
        maxAwaitTimeMS: AWAIT_MS,
        // Not by token: a stream of other workspaces may leave out the very change the token is of, and refuses then.
        ...(from && { startAtOperationTime: toTimestamp(from.time) }),
      });
    try {
      // The first read opens the stream on the server.
      return new LiveChangeReader(stream, from, await stream.tryNext());
    } catch (error) {
      await stream.close().catch(() => undefined);
      throw error;
    }
  }

  /** What follows it was not read yet. */
  get place(): LivePlace {
    return this.#place;
  }

  /** @throws as `open` does; then the reader is of no more use */
  async read(): Promise<LiveBatch> {
    const changes: LiveChange[] = [];
    let facts = 0;
    while (facts < BATCH_FACTS_MAX) {
      const change = await this.#next();
      if (change === null) {
        this.#moveTo(tokenText(this.#stream.resumeToken));
        return { changes, isAtEnd: true };
      }
      const token = tokenText(change._id);
      // A moment may have several changes, and the stream begins with the first of them.
      if (token <= this.#from) continue;
      this.#moveTo(token, "clusterTime" in change ? change.clusterTime : undefined);
      const live = toLiveChange(change);
      if (!live) continue;
      changes.push(live);
      facts += live.kind === "decided" ? live.event.decision.matched.length : 1;
    }
    return { changes, isAtEnd: false };
  }

  /** Idempotent; does not wait long for a database that does not answer. */
  close(): Promise<void> {
    return settledOrLate(this.#stream.close(), CLOSE_LIMIT_MS);
  }

  async #next(): Promise<Change | null> {
    const early = this.#early;
    this.#early = null;
    const change = early ?? (await this.#stream.tryNext());
    // A closed stream neither waits nor throws.
    if (change === null && this.#stream.closed) throw new EndedStream("The change stream has ended");
    return change;
  }

  #moveTo(token: string, clusterTime?: mongo.Timestamp): void {
    const time = clusterTime ? fromTimestamp(clusterTime) : timeOfToken(token);
    if (time !== undefined && time >= this.#place.time && token > (this.#place.token ?? "")) {
      this.#place = { time, token };
    }
  }
}

/** A stream from now on begins with what it read first, or with the moment it says it is at. */
function toFirstPlace(stream: mongo.ChangeStream, early: Change | null): LivePlace {
  if (early && "clusterTime" in early) return { time: fromTimestamp(early.clusterTime) };
  const token = tokenText(stream.resumeToken);
  const time = timeOfToken(token);
  if (time === undefined) throw new Error("The change stream does not say where it begins");
  return { time, token };
}

/** The database it followed was dropped, or somebody closed it. */
class EndedStream extends Error {
  override readonly name = "EndedStream";
}

/** Whether what follows a place cannot be read any more: to be told to whoever was there. */
export const isPlaceLost = (error: unknown): boolean => error instanceof EndedStream || isHistoryLost(error);
