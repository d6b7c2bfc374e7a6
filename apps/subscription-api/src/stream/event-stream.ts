import { once } from "node:events";
import type { ServerResponse } from "node:http";
import type { ResetReason, StreamEvent, StreamQuery } from "@hooklane/contracts";
import type { ClusterTime } from "@hooklane/store";
import { encodeEvent, STREAM_HEAD } from "./server-sent-event.js";
import { isAskedFor } from "./stream-filter.js";
import type { StreamItem } from "./stream-item.js";
import type { StreamEnd, StreamMetrics } from "./stream-metrics.js";
import { formatPosition, type StreamPosition } from "./stream-position.js";

/** Bytes a client may leave unread, beyond what the sockets hold and the last piece that was written. */
const UNREAD_BYTES_MAX = 2 * 1024 * 1024;
/** For the last bytes of a stream that is ended in order, milliseconds. */
const END_LIMIT_MS = 1_000;

/** One client's connection: what it asked for, how far it is told, and how much of it is unread. */
export class EventStream {
  readonly #response: ServerResponse;
  readonly #query: StreamQuery;
  readonly #metrics: StreamMetrics;
  readonly #readLimitMs: number;
  readonly #ended = new AbortController();
  #position: StreamPosition;
  /** Changes up to it were offered already. */
  #floor = "";

  /** @param position what the client has */
  constructor(
    response: ServerResponse,
    {
      query,
      metrics,
      position,
      readLimitMs,
    }: {
      readonly query: StreamQuery;
      readonly metrics: StreamMetrics;
      readonly position: StreamPosition;
      /** Who has too much unread and does not read it in this time is slow, milliseconds. */
      readonly readLimitMs: number;
    },
  ) {
    this.#response = response;
    this.#query = query;
    this.#metrics = metrics;
    this.#position = position;
    this.#readLimitMs = readLimitMs;
    metrics.open.inc();
    response.once("close", () => this.end("client"));
    // Whoever goes while something is being written.
    response.on("error", () => undefined);
    this.#write(Buffer.from(STREAM_HEAD));
  }

  /** Aborted when it is over, whoever ended it. */
  get ended(): AbortSignal {
    return this.#ended.signal;
  }

  /** How far the client was told. */
  get position(): StreamPosition {
    return this.#position;
  }

  /**
   * Sends what was asked for of a workspace's events, in one piece. They come in order; repeats are left out.
   *
   * @returns false when too much is unread: then nothing of it was sent
   */
  take(items: readonly StreamItem[]): boolean {
    if (this.#response.writableLength > UNREAD_BYTES_MAX) return false;
    // Of one change there may be several.
    const news = items.filter(({ token }) => token > this.#floor);
    const last = news.at(-1);
    if (!last) return true;
    this.#floor = last.token;
    this.#position = last.position;
    const asked = news.filter((item) => isAskedFor(item, this.#query));
    if (asked.length === 0) return true;
    for (const { event } of asked) this.#metrics.events.inc({ event: event.event });
    this.#write(Buffer.concat(asked.map(({ frame }) => frame)));
    return true;
  }

  /** The client has more, or less, than was thought. */
  goOnFrom(position: StreamPosition): void {
    this.#position = position;
  }

  /** Everything before that moment was offered. */
  advance(time: ClusterTime): void {
    if (time > this.#position.time) this.#position = { time };
  }

  /** Tells how far the client is, and that both are there. Who has much to read knows. */
  ping(): void {
    if (this.#response.writableLength > UNREAD_BYTES_MAX) return;
    this.#send({ event: "ping", id: formatPosition(this.#position), data: {} });
  }

  /** Tells that it goes on from that moment, and not from where the client was. */
  reset(reason: ResetReason, time: ClusterTime): void {
    this.#position = { time };
    this.#floor = "";
    this.#send({ event: "reset", id: formatPosition(this.#position), data: { reason } });
  }

  /** Resolves when more may be sent. Ends a stream that nobody reads. @throws when it is over */
  async drained(): Promise<void> {
    if (this.#response.writableNeedDrain) {
      const limit = AbortSignal.timeout(this.#readLimitMs);
      await once(this.#response, "drain", { signal: AbortSignal.any([this.ended, limit]) }).catch(() =>
        this.end("slow"),
      );
    }
    this.ended.throwIfAborted();
  }

  /** Idempotent. What was sent before still goes out, unless the client is gone or does not read. */
  end(reason: StreamEnd): void {
    if (this.ended.aborted) return;
    this.#metrics.open.dec();
    this.#metrics.ended.inc({ reason });
    this.#ended.abort(new Error(`The stream is over: ${reason}`));
    if (reason === "client" || reason === "slow") {
      this.#response.destroy();
      return;
    }
    const cut = setTimeout(() => this.#response.destroy(), END_LIMIT_MS);
    this.#response.once("close", () => clearTimeout(cut)).end();
  }

  #send(event: StreamEvent): void {
    this.#metrics.events.inc({ event: event.event });
    this.#write(Buffer.from(encodeEvent(event)));
  }

  #write(bytes: Buffer): void {
    if (!this.ended.aborted) this.#response.write(bytes);
  }
}
