import { setImmediate as nextTurn, setTimeout as sleep } from "node:timers/promises";
import type { ResetReason } from "@hooklane/contracts";
import type { WorkspaceId } from "@hooklane/core";
import { backoff, type Closeable, type Logger, waitAtMost } from "@hooklane/service";
import { type ClusterTime, isPlaceLost, LiveChangeReader, type LivePlace, type Store } from "@hooklane/store";
import type { StreamItem, StreamItems } from "./stream-item.js";

/** Who is told what happens in a workspace. */
interface LiveListener {
  take(items: readonly StreamItem[]): void;
  reset(reason: ResetReason, time: ClusterTime): void;
}

/** A workspace that is followed for somebody. */
export interface Following {
  /** How far the hub is. Whoever joins is told everything behind it. */
  readonly place: LivePlace;
  readonly isJoined: boolean;
  join(listener: LiveListener): void;
  /** Still followed, and told nothing. */
  leave(): void;
  /** Idempotent. */
  end(): void;
}

export interface LiveHubOptions {
  readonly store: Store;
  readonly items: StreamItems;
  readonly logger: Logger;
}

/** How often is looked for changes, milliseconds. */
const POLL_MS = 100;
const CLOSE_LIMIT_MS = 1_000;
/** A database that is away for longer than this is said to be away. */
const FOLLOW_LIMIT_MS = 5_000;

interface Followed {
  /** Streams that want the workspace followed, whether they listen yet or catch up. */
  count: number;
  readonly listeners: Set<LiveListener>;
}

/**
 * Reads the changes of all workspaces somebody listens to, once for all of them: one change stream a process, as long as
 * anybody listens. It goes on where it was after a broken connection; when that is not possible, every listener is told.
 */
export class LiveHub implements Closeable {
  readonly #options: LiveHubOptions;
  readonly #stop = new AbortController();
  readonly #followed = new Map<WorkspaceId, Followed>();
  /** Called when a reader is open, which then reads all workspaces that were followed. */
  readonly #waiting = new Set<() => void>();
  /** Workspaces the reader that is open reads. */
  #covered: ReadonlySet<WorkspaceId> = new Set();
  #place: LivePlace | undefined;
  #loop: Promise<void> | undefined;

  constructor(options: LiveHubOptions) {
    this.#options = options;
  }

  /** @returns undefined when the database does not let it be followed for now */
  async follow(workspaceId: WorkspaceId): Promise<Following | undefined> {
    const following = this.#begin(workspaceId);
    const limit = AbortSignal.timeout(FOLLOW_LIMIT_MS);
    while (this.#place === undefined || !this.#covered.has(workspaceId)) {
      if (limit.aborted || this.#stop.signal.aborted) {
        following.end();
        return undefined;
      }
      await this.#nextReader(limit);
    }
    return following;
  }

  /** Does not wait long for a database that does not answer. */
  async close(): Promise<void> {
    this.#stop.abort();
    this.#wake();
    if (this.#loop) await waitAtMost(this.#loop, CLOSE_LIMIT_MS);
  }

  #begin(workspaceId: WorkspaceId): Following {
    const followed = this.#followed.get(workspaceId) ?? { count: 0, listeners: new Set() };
    this.#followed.set(workspaceId, followed);
    followed.count++;
    this.#loop ??= this.#run();
    let joined: LiveListener | undefined;
    let isOver = false;
    const placeNow = (): LivePlace => {
      if (!this.#place) throw new Error("A workspace that is followed has a place");
      return this.#place;
    };
    const leave = (): void => {
      if (joined) followed.listeners.delete(joined);
      joined = undefined;
    };
    return {
      get place() {
        return placeNow();
      },
      get isJoined() {
        return joined !== undefined;
      },
      join: (listener) => {
        joined = listener;
        if (!isOver) followed.listeners.add(listener);
      },
      leave,
      end: () => {
        if (isOver) return;
        isOver = true;
        leave();
        if (--followed.count === 0) this.#followed.delete(workspaceId);
      },
    };
  }

  /** Resolves when a reader was opened, or in the end. */
  #nextReader(limit: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const wake = (): void => {
        this.#waiting.delete(wake);
        limit.removeEventListener("abort", wake);
        resolve();
      };
      this.#waiting.add(wake);
      limit.addEventListener("abort", wake);
    });
  }

  #wake(): void {
    for (const wake of this.#waiting) wake();
  }

  async #run(): Promise<void> {
    for (let failures = 0; this.#isNeeded();) {
      try {
        await this.#read(() => (failures = 0));
      } catch (error) {
        if (!this.#isNeeded()) break;
        const isLost = isPlaceLost(error);
        const pauseMs = backoff(++failures, Math.random());
        this.#options.logger.warn({ err: error, isLost, pauseMs }, "stream.broken");
        if (isLost) await this.#restart().catch(() => undefined);
        await this.#pause(pauseMs);
      }
    }
    this.#place = undefined;
    this.#loop = undefined;
  }

  /** Reads until somebody listens to a workspace the reader does not have. */
  async #read(onOpen: () => void): Promise<void> {
    const workspaceIds = new Set(this.#followed.keys());
    const reader = await this.#open(workspaceIds, this.#place);
    try {
      this.#place ??= reader.place;
      this.#covered = workspaceIds;
      onOpen();
      this.#wake();
      while (this.#isNeeded() && [...this.#followed.keys()].every((id) => workspaceIds.has(id))) {
        const { changes, isAtEnd } = await reader.read();
        const items = await this.#options.items.of(changes);
        // At one go: whoever joins does so before or behind all of it.
        for (const [workspaceId, own] of items) this.#tell(workspaceId, own);
        this.#place = reader.place;
        // What was written goes out before more is.
        await (isAtEnd ? this.#pause(POLL_MS) : nextTurn());
      }
    } finally {
      this.#covered = new Set();
      await reader.close();
    }
  }

  #tell(workspaceId: WorkspaceId, items: readonly StreamItem[]): void {
    for (const listener of this.#followed.get(workspaceId)?.listeners ?? []) listener.take(items);
  }

  /** What came since cannot be told: from now on, then. */
  async #restart(): Promise<void> {
    const reader = await this.#open(this.#followed.keys(), undefined);
    const { place } = reader;
    await reader.close();
    this.#place = place;
    for (const { listeners } of this.#followed.values()) {
      for (const listener of listeners) listener.reset("history_lost", place.time);
    }
  }

  #open(workspaceIds: Iterable<WorkspaceId>, from: LivePlace | undefined): Promise<LiveChangeReader> {
    return LiveChangeReader.open(this.#options.store, { workspaceIds, from });
  }

  #isNeeded(): boolean {
    return !this.#stop.signal.aborted && this.#followed.size > 0;
  }

  async #pause(ms: number): Promise<void> {
    await sleep(ms, undefined, { signal: this.#stop.signal }).catch(() => undefined);
  }
}
