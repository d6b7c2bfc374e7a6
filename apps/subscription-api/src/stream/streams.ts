import type { ServerResponse } from "node:http";
import type { ResetReason, StreamQuery } from "@hooklane/contracts";
import type { WorkspaceId } from "@hooklane/core";
import type { Closeable, Logger } from "@hooklane/service";
import { type EventReader, isPlaceLost, type Store, toSeconds } from "@hooklane/store";
import pLimit from "p-limit";
import { type Answer, refusal } from "../http/answer.js";
import type { Standing } from "../http/operation.js";
import { catchUp } from "./catch-up.js";
import { EventStream } from "./event-stream.js";
import { type Following, LiveHub } from "./live-hub.js";
import { STREAM_HEADERS } from "./server-sent-event.js";
import { StreamItems } from "./stream-item.js";
import type { StreamMetrics } from "./stream-metrics.js";
import { parsePosition, type StreamPosition } from "./stream-position.js";

interface StreamLimits {
  readonly streamsMax: number;
  readonly streamsPerWorkspaceMax: number;
  /** How often a client hears of us, and its key is looked at again, milliseconds. */
  readonly pingMs: number;
}

export interface StreamsOptions {
  readonly store: Store;
  readonly events: EventReader;
  readonly limits: StreamLimits;
  readonly metrics: StreamMetrics;
  readonly logger: Logger;
  readonly now: () => Date;
}

/** What a client asks for. */
export interface StreamCall {
  readonly workspaceId: WorkspaceId;
  readonly query: StreamQuery;
  readonly standing: Standing;
}

/** A client's stream and what it is told of. */
interface Told {
  readonly workspaceId: WorkspaceId;
  readonly following: Following;
  readonly stream: EventStream;
}

/** A client has as long as a ping takes, and at least so long, to read what is too much. */
const READ_LIMIT_MS_MIN = 2_000;
/** Each reads the database's log for itself. */
const CATCH_UPS_AT_ONCE = 8;
/** Then the client comes again, from where it is, and others have their turn, milliseconds. */
const CATCH_UP_LIMIT_MS = 30_000;
/** Older positions are not gone on from, seconds: a client of yesterday must not have the whole log read. */
const POSITION_AGE_MAX_SECONDS = 3_600;
/** The database's clock may be ahead of ours, seconds. */
const CLOCK_SKEW_MAX_SECONDS = 60;

/** The open streams of this process. */
export class Streams implements Closeable {
  readonly #options: StreamsOptions;
  readonly #items: StreamItems;
  readonly #hub: LiveHub;
  readonly #turns = pLimit(CATCH_UPS_AT_ONCE);
  readonly #open = new Set<EventStream>();
  /** Streams of a workspace, those that are about to open too. */
  readonly #counts = new Map<WorkspaceId, number>();
  #count = 0;
  #isClosed = false;

  constructor(options: StreamsOptions) {
    this.#options = options;
    this.#items = new StreamItems(options.events);
    this.#hub = new LiveHub({ store: options.store, items: this.#items, logger: options.logger });
  }

  /** The answer to a client: what happens from then on reaches it. */
  async open(call: StreamCall): Promise<Answer> {
    const refused = this.#whyFull(call.workspaceId);
    if (refused) return refused;
    const leave = this.#enter(call.workspaceId);
    try {
      const following = await this.#hub.follow(call.workspaceId);
      if (following) {
        const stream = (response: ServerResponse) => this.#begin(response, call, { following, leave });
        return { status: 200, headers: STREAM_HEADERS, stream };
      }
    } catch (error) {
      leave();
      throw error;
    }
    leave();
    return refusal("unavailable", "What happens cannot be followed now; try again.", retryAfter(2));
  }

  /** Ends all of them in order. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.#turns.clearQueue();
    for (const stream of [...this.#open]) stream.end("stop");
    await this.#hub.close();
  }

  #whyFull(workspaceId: WorkspaceId): Answer | undefined {
    const { streamsMax, streamsPerWorkspaceMax } = this.#options.limits;
    if (this.#isClosed) return refusal("unavailable", "The service stops.", retryAfter(2));
    if ((this.#counts.get(workspaceId) ?? 0) >= streamsPerWorkspaceMax) {
      const detail = `The workspace has ${streamsPerWorkspaceMax} streams open, which is as many as it may.`;
      return refusal("rate_limited", detail, retryAfter(10));
    }
    return this.#count >= streamsMax
      ? refusal("unavailable", "Too many streams are open here.", retryAfter(10))
      : undefined;
  }

  /** @returns what makes room again; once */
  #enter(workspaceId: WorkspaceId): () => void {
    this.#count++;
    this.#counts.set(workspaceId, (this.#counts.get(workspaceId) ?? 0) + 1);
    return () => {
      this.#count--;
      const left = (this.#counts.get(workspaceId) ?? 1) - 1;
      if (left === 0) this.#counts.delete(workspaceId);
      else this.#counts.set(workspaceId, left);
    };
  }

  #begin(
    response: ServerResponse,
    { workspaceId, query, standing }: StreamCall,
    { following, leave }: { readonly following: Following; readonly leave: () => void },
  ): void {
    const isAlone = response.req.method === "HEAD" || response.destroyed || this.#isClosed;
    if (isAlone) {
      following.end();
      leave();
      response.end();
      return;
    }
    const position = { time: following.place.time };
    const { metrics, limits } = this.#options;
    const readLimitMs = Math.max(READ_LIMIT_MS_MIN, limits.pingMs);
    const stream = new EventStream(response, { query, metrics, position, readLimitMs });
    this.#open.add(stream);
    const beats = setInterval(() => void this.#beat(stream, following, standing), limits.pingMs);
    stream.ended.addEventListener("abort", () => {
      clearInterval(beats);
      following.end();
      leave();
      this.#open.delete(stream);
    });
    this.#feed({ workspaceId, following, stream }, standing.lastEventId);
  }

  /** From where the client was, where that can be; otherwise from now on. */
  #feed(told: Told, lastEventId: string | undefined): void {
    if (lastEventId === undefined) {
      told.stream.ping();
      this.#join(told);
      return;
    }
    const from = this.#readPosition(lastEventId);
    if (typeof from === "string") {
      this.#restart(told, from);
      return;
    }
    told.stream.goOnFrom(from);
    told.stream.ping();
    void this.#goOn(told);
  }

  /** Who has too much unread reads on at its own pace, and joins again when it has caught up. */
  #join(told: Told): void {
    const { stream, following } = told;
    following.join({
      take: (items) => {
        if (stream.take(items)) return;
        following.leave();
        void this.#goOn(told);
      },
      reset: (reason, time) => stream.reset(reason, time),
    });
  }

  /** Tells what came since the client's position, then joins. */
  async #goOn(told: Told): Promise<void> {
    const { stream } = told;
    try {
      await this.#turns(() => this.#catchUp(told));
    } catch (err) {
      if (stream.ended.aborted) return;
      if (isPlaceLost(err)) {
        this.#restart(told, "history_lost");
        return;
      }
      this.#options.logger.warn({ err }, "stream.not_caught_up");
      stream.end("catch_up");
    }
  }

  async #catchUp(told: Told): Promise<void> {
    // It may have waited for its turn for longer than the client did.
    if (told.stream.ended.aborted) return;
    await catchUp(told.stream.position, {
      ...told,
      store: this.#options.store,
      items: this.#items,
      join: () => this.#join(told),
      limit: AbortSignal.timeout(CATCH_UP_LIMIT_MS),
    });
  }

  #restart(told: Told, reason: ResetReason): void {
    told.stream.reset(reason, told.following.place.time);
    this.#join(told);
  }

  /** Where to go on, or why not there. */
  #readPosition(text: string): StreamPosition | ResetReason {
    const position = parsePosition(text);
    if (!position) return "unknown_position";
    const age = this.#options.now().getTime() / 1_000 - toSeconds(position.time);
    if (age < -CLOCK_SKEW_MAX_SECONDS) return "unknown_position";
    return age > POSITION_AGE_MAX_SECONDS ? "too_old" : position;
  }

  async #beat(stream: EventStream, following: Following, standing: Standing): Promise<void> {
    if (following.isJoined) stream.advance(following.place.time);
    stream.ping();
    // While the database is away nobody knows, and nothing is told either.
    const isAllowed = await standing.isStillAllowed().catch(() => true);
    if (!isAllowed) stream.end("key");
  }
}

const retryAfter = (seconds: number) => ({ headers: { "retry-after": String(seconds) } });
