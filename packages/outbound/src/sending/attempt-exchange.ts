import type { IncomingHttpHeaders } from "node:http";
import {
  type AttemptEnd,
  type AttemptOutcome,
  heedsRetryAfter,
  parseRetryAfter,
  toOutcome,
} from "@hooklane/core";
import type { Dispatcher } from "undici";
import type { Clock } from "@hooklane/service";
import type { BuiltRequest } from "@hooklane/request";
import { classifyError, isReset, isWayOutError } from "./classify-error.js";
import { withExpiry } from "./client-expiry.js";
import type { EgressWatch } from "./egress-watch.js";
import type { OpenRequest } from "./open-request.js";
import type { OriginConnection } from "../connecting/origin-connection.js";
import type { OriginConnections } from "../connecting/origin-connections.js";
import type { SendPool } from "./socket-limits.js";
import type { SlotTaker, SocketSlots } from "./socket-slots.js";

/** Of the answer's body this much is kept for the log, bytes. */
const HEAD_BYTES_MAX = 1_024;
/** More of a body than this is not read: the connection is given up instead, bytes. */
const BODY_BYTES_MAX = 64 * 1024;
/** Once the status line is there, the rest of the answer may take this long, milliseconds. */
const BODY_TIME_MS = 1_000;

/** Whoever asked for the request. Exactly one of `onEnd` and `onRefused` is called, once. */
export interface ExchangeOwner {
  /** In the tick the bytes are written. */
  mayStart(): boolean;
  onRefused(): void;
  onEnd(end: AttemptEnd): void;
}

/** What exchanges share. */
export interface ExchangeContext {
  readonly clock: Clock;
  readonly slots: SocketSlots;
  readonly connections: OriginConnections;
  readonly egress: EgressWatch;
  readonly timeoutMs: number;
  /** Whether the name of this origin is being resolved right now. */
  isResolving(origin: string): boolean;
}

/** Says why we cut a request ourselves; what follows is decided where it is cut. */
class CutOff extends Error {
  override readonly name = "CutOff";
}
const CUT_OFF = new CutOff("cut off");

/**
 * One attempt over HTTP: time limit over DNS, connect, TLS and status line together (product.md D1), body drained within
 * bounds, redirects not followed. A reset of a reused connection before any byte of an answer is repeated once on a
 * fresh one as the same attempt (lanes.md §7). It begins when it has a slot: waiting for one is our own affair, and takes
 * nothing of the receiver's time (product.md D16). One object is handler, timer, taker and state: this is the hot path.
 */
export class AttemptExchange implements Dispatcher.DispatchHandler, SlotTaker, OpenRequest {
  readonly pool: SendPool;
  readonly #context: ExchangeContext;
  readonly #request: BuiltRequest;
  readonly #owner: ExchangeOwner;
  #startedAt = 0;
  #startedExactly = 0;
  /** There once it has its slot. */
  #connection: OriginConnection | undefined;
  #controller: Dispatcher.DispatchController | undefined;
  #timer: NodeJS.Timeout | undefined;
  #reused = false;
  #repeated = false;
  #statusCode = 0;
  #statusAfterMs = 0;
  #retryAfterMs: number | undefined;
  #head: Buffer[] | undefined;
  #bodyBytes = 0;
  #ended = false;
  #isCut = false;

  constructor(context: ExchangeContext, request: BuiltRequest, pool: SendPool, owner: ExchangeOwner) {
    this.#context = context;
    this.#request = request;
    this.pool = pool;
    this.#owner = owner;
  }

  get origin(): string {
    return this.#request.profile.origin;
  }

  start(): void {
    if (this.#context.slots.take(this)) this.onSlot();
  }

  onSlot(): void {
    this.#startedAt = this.#context.clock.now();
    this.#startedExactly = performance.now();
    this.#timer = setTimeout(onTimer, this.#context.timeoutMs, this);
    this.#dispatch(this.#connect());
  }

  /** Cuts the request by a reset, so that a frozen socket sends nothing late (lanes.md §4). */
  abort(): void {
    if (this.#ended) return;
    const outcome: AttemptOutcome = { kind: "own_fault", fault: "aborted" };
    if (this.#connection !== undefined) {
      this.#cut();
      this.#end(outcome);
      return;
    }
    this.#ended = true;
    this.#context.slots.leave(this);
    this.#owner.onEnd({ outcome, startedAt: this.#context.clock.now(), durationMs: 0 });
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    // It waited for its connection; meanwhile the lease, the webhook or a breaker may have changed, or time run out.
    if (this.#ended) {
      controller.abort(CUT_OFF);
      return;
    }
    this.#controller = controller;
    if (!this.#owner.mayStart()) {
      this.#cut();
      this.#close();
      this.#owner.onRefused();
      return;
    }
    this.#reused = this.#connection !== undefined && this.#connection.served > 0;
  }

  onResponseStart(
    _controller: Dispatcher.DispatchController,
    statusCode: number,
    headers: IncomingHttpHeaders,
  ): void {
    // Informational answers come before the one that counts.
    if (this.#ended || statusCode < 200) return;
    this.#statusCode = statusCode;
    this.#statusAfterMs = performance.now() - this.#startedExactly;
    if (heedsRetryAfter(statusCode)) this.#retryAfterMs = this.#readRetryAfter(headers);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(onTimer, BODY_TIME_MS, this);
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.#ended) return;
    if (this.#bodyBytes < HEAD_BYTES_MAX) {
      // A copy: the chunk is a view of memory that undici uses again.
      (this.#head ??= []).push(Buffer.from(chunk.subarray(0, HEAD_BYTES_MAX - this.#bodyBytes)));
    }
    this.#bodyBytes += chunk.length;
    if (this.#bodyBytes <= BODY_BYTES_MAX) return;
    this.#answered(false);
    controller.abort(CUT_OFF);
  }

  onResponseEnd(): void {
    this.#answered(true);
  }

  onResponseError(_controller: Dispatcher.DispatchController | undefined, error: Error): void {
    // undici reports our own cut here, while we are still cutting.
    if (this.#ended || this.#isCut) return;
    if (this.#statusCode !== 0) {
      // The status line is the answer; a body cut short changes nothing.
      this.#answered(false);
      return;
    }
    this.#connection?.reset();
    if (this.#reused && !this.#repeated && isReset(error)) {
      this.#repeated = true;
      this.#reused = false;
      this.#controller = undefined;
      this.#dispatch(this.#connect(true));
      return;
    }
    const { clientIdentity } = this.#request.profile;
    this.#fail(withExpiry(classifyError(error), clientIdentity, this.#context.clock.wallNow()));
  }

  /** The time limit, before the status line or in the body. */
  onTimeout(): void {
    if (this.#ended) return;
    if (this.#statusCode !== 0) {
      this.#cut();
      this.#answered(false);
      return;
    }
    const stillResolving = this.#controller === undefined && this.#context.isResolving(this.origin);
    this.#cut();
    this.#fail(
      stillResolving
        ? { kind: "own_fault", fault: "resolver_unavailable" }
        : { kind: "failed", error: "timeout" },
    );
  }

  #connect(fresh = false): OriginConnection {
    return this.#context.connections.take(this.origin, this.#request.profile.clientIdentity, fresh);
  }

  #dispatch(connection: OriginConnection): void {
    this.#connection = connection;
    const { profile, headers, body } = this.#request;
    try {
      connection.client.dispatch({ path: profile.path, method: "POST", headers, body }, this);
    } catch (error) {
      this.onResponseError(undefined, error instanceof Error ? error : new Error("dispatch failed"));
    }
  }

  /** @param inFull the connection can be used again */
  #answered(inFull: boolean): void {
    if (this.#ended) return;
    const { origin, successStatus } = this.#request.profile;
    this.#context.egress.onAnswer(origin, this.#startedAt);
    if (!inFull) {
      this.#connection?.reset();
    } else if (this.#connection !== undefined) {
      this.#connection.served++;
      this.#context.connections.giveBack(this.#connection);
    }
    this.#end(toOutcome(this.#statusCode, successStatus, this.#retryAfterMs));
  }

  /** As the outcome has it: from the attempt's start. */
  #readRetryAfter(headers: IncomingHttpHeaders): number | undefined {
    // undici gives a header that came more than once as a list.
    const [wish] = [headers["retry-after"]].flat();
    if (wish === undefined) return undefined;
    const afterAnswerMs = parseRetryAfter(wish, headers.date, this.#context.clock.wallNow());
    return afterAnswerMs === undefined ? undefined : Math.ceil(this.#statusAfterMs + afterAnswerMs);
  }

  #fail(outcome: AttemptOutcome): void {
    const isDoubtful =
      outcome.kind === "failed" &&
      isWayOutError(outcome.error) &&
      this.#context.egress.onNoAnswer(this.origin, this.#context.clock.now());
    this.#end(
      isDoubtful ? { kind: "own_fault", fault: "network_unreachable", detail: "egress in doubt" } : outcome,
    );
  }

  #cut(): void {
    this.#isCut = true;
    // The reset first: undici would close it in the ordinary way.
    this.#connection?.reset();
    this.#controller?.abort(CUT_OFF);
  }

  #close(): void {
    this.#ended = true;
    clearTimeout(this.#timer);
    this.#context.slots.release(this);
  }

  #end(outcome: AttemptOutcome): void {
    if (this.#ended) return;
    this.#close();
    const durationMs =
      this.#statusCode === 0 ? performance.now() - this.#startedExactly : this.#statusAfterMs;
    this.#owner.onEnd({
      outcome,
      startedAt: this.#startedAt,
      durationMs,
      responseHead: this.#head && Buffer.concat(this.#head).toString(),
    });
  }
}

function onTimer(exchange: AttemptExchange): void {
  exchange.onTimeout();
}
