import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { createServer as createTlsServer, type ServerOptions } from "node:https";
import type { AddressInfo } from "node:net";
import { TLSSocket } from "node:tls";
import type { ReceivedRequest } from "./received-request.js";
import { type Behaviour, ok, type Reply } from "./reply.js";

/**
 * Where receivers listen and are called: loopback, unless services in containers reach this machine by another address
 * (`TEST_STACK=external`).
 */
export const RECEIVER_HOST = process.env.HOOKLANE_TEST_RECEIVER_HOST ?? "127.0.0.1";

/** A real HTTP server on {@link RECEIVER_HOST} that records every request and behaves per path as told. */
export interface Receiver {
  readonly port: number;
  /** Every request in order of arrival. */
  readonly requests: readonly ReceivedRequest[];
  /** An absolute URL of this receiver. `path` begins with a slash. */
  url(path: string): string;
  requestsTo(path: string): readonly ReceivedRequest[];
  /** The most requests of a path that were in flight at once; 0 when none came. */
  maxInFlight(path: string): number;
  /** From now on requests of `path` are treated so. Without it: 200 at once. Counting of `nth` starts again. */
  behave(path: string, behaviour: Behaviour): void;
  /**
   * Resolves with the requests (of `path`, or all) as soon as the predicate holds for them.
   *
   * @throws Error at the deadline (default 30 000 ms), telling what had come
   */
  waitFor(
    predicate: (requests: readonly ReceivedRequest[]) => boolean,
    options?: { readonly path?: string; readonly deadlineMs?: number },
  ): Promise<readonly ReceivedRequest[]>;
  /** Cuts what hangs and stops. */
  close(): Promise<void>;
}

/** What a receiver does from the start. */
export interface ReceiverOptions {
  /** Behaviour of every path that has none of its own. Default: 200 at once. */
  readonly behaviour?: Behaviour;
  /** Behaviour by path. */
  readonly paths?: Readonly<Record<string, Behaviour>>;
  /** Default: any free port. */
  readonly port?: number;
  /** Speaks HTTPS with these. Default: plain HTTP. */
  readonly tls?: ServerOptions;
}

/** Starts a {@link Receiver}. */
export async function startReceiver(options: ReceiverOptions = {}): Promise<Receiver> {
  const receiver = new RecordingReceiver(options);
  await receiver.listen(options.port ?? 0);
  return receiver;
}

/** What is known of one path. */
class PathRecord {
  behaviour: Behaviour;
  nth = 0;
  inFlight = 0;
  maxInFlight = 0;
  readonly requests: ReceivedRequest[] = [];

  constructor(behaviour: Behaviour) {
    this.behaviour = behaviour;
  }
}

interface Waiter {
  readonly look: () => boolean;
}

class RecordingReceiver implements Receiver {
  readonly requests: ReceivedRequest[] = [];
  readonly #paths = new Map<string, PathRecord>();
  readonly #default: Behaviour;
  readonly #waiters = new Set<Waiter>();
  readonly #timers = new Set<NodeJS.Timeout>();
  readonly #server: Server;
  readonly #scheme: "http" | "https";

  constructor({ behaviour = ok, paths = {}, tls }: ReceiverOptions) {
    this.#default = behaviour;
    for (const [path, own] of Object.entries(paths)) this.behave(path, own);
    this.#scheme = tls === undefined ? "http" : "https";
    const take = (request: IncomingMessage, response: ServerResponse) => this.#take(request, response);
    this.#server = tls === undefined ? createServer(take) : createTlsServer(tls, take);
    // Idle connections stay open: a receiver that hangs up after 5 s would look like a fault of the sender.
    this.#server.keepAliveTimeout = 0;
    this.#server.requestTimeout = 0;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  async listen(port: number): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once("error", reject);
      this.#server.listen(port, RECEIVER_HOST, resolve);
    });
  }

  url(path: string): string {
    return `${this.#scheme}://${RECEIVER_HOST}:${this.port}${path}`;
  }

  requestsTo(path: string): readonly ReceivedRequest[] {
    return this.#record(path).requests;
  }

  maxInFlight(path: string): number {
    return this.#record(path).maxInFlight;
  }

  behave(path: string, behaviour: Behaviour): void {
    const record = this.#record(path);
    record.behaviour = behaviour;
    record.nth = 0;
  }

  waitFor(
    predicate: (requests: readonly ReceivedRequest[]) => boolean,
    { path, deadlineMs = 30_000 }: { readonly path?: string; readonly deadlineMs?: number } = {},
  ): Promise<readonly ReceivedRequest[]> {
    const requests = path === undefined ? this.requests : this.#record(path).requests;
    if (predicate(requests)) return Promise.resolve(requests);
    return new Promise((resolve, reject) => {
      const waiter: Waiter = {
        look: () => {
          if (!predicate(requests)) return false;
          clearTimeout(timer);
          resolve(requests);
          return true;
        },
      };
      const timer = setTimeout(() => {
        this.#waiters.delete(waiter);
        reject(new Error(`Not seen within ${deadlineMs} ms; so far: ${this.#summary()}`));
      }, deadlineMs);
      this.#waiters.add(waiter);
    });
  }

  async close(): Promise<void> {
    for (const timer of this.#timers) clearTimeout(timer);
    await new Promise<void>((resolve) => {
      this.#server.close(() => resolve());
      this.#server.closeAllConnections();
    });
  }

  #record(path: string): PathRecord {
    let record = this.#paths.get(path);
    if (record === undefined) {
      record = new PathRecord(this.#default);
      this.#paths.set(path, record);
    }
    return record;
  }

  #take(request: IncomingMessage, response: ServerResponse): void {
    const path = request.url ?? "/";
    const record = this.#record(path);
    record.inFlight++;
    record.maxInFlight = Math.max(record.maxInFlight, record.inFlight);
    response.once("close", () => record.inFlight--);
    const chunks: Buffer[] = [];
    request.on("error", () => undefined);
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const received = toReceived(request, path, Buffer.concat(chunks), record.inFlight);
      this.requests.push(received);
      record.requests.push(received);
      record.nth++;
      const reply = record.behaviour(received, record.nth);
      if (reply.kind === "answer") received.status = reply.status;
      this.#carryOut(reply, request, response);
      this.#tellWaiters();
    });
  }

  #carryOut(reply: Reply, request: IncomingMessage, response: ServerResponse): void {
    switch (reply.kind) {
      case "hang":
        return;
      case "reset":
        request.socket.resetAndDestroy();
        return;
      case "answer": {
        const send = () => response.writeHead(reply.status, reply.headers).end(reply.body ?? "");
        if (reply.afterMs === undefined || reply.afterMs === 0) {
          send();
          return;
        }
        const timer = setTimeout(() => {
          this.#timers.delete(timer);
          send();
        }, reply.afterMs);
        this.#timers.add(timer);
      }
    }
  }

  #tellWaiters(): void {
    for (const waiter of this.#waiters) {
      if (waiter.look()) this.#waiters.delete(waiter);
    }
  }

  #summary(): string {
    const counts = [...this.#paths].map(([path, { requests }]) => `${path} × ${requests.length}`);
    return counts.length === 0 ? "no request" : counts.join(", ");
  }
}

/** The status is known once the behaviour was asked, which sees the request. */
type Taken = ReceivedRequest & { status?: number };

function toReceived(request: IncomingMessage, path: string, body: Buffer, inFlight: number): Taken {
  const headers = Object.fromEntries(
    Object.entries(request.headersDistinct).map(([name, values]) => [name, (values ?? []).join(", ")]),
  );
  return {
    method: request.method ?? "",
    path,
    headers,
    body,
    arrivedAt: Date.now(),
    arrivedMonotonicMs: Number(process.hrtime.bigint()) / 1e6,
    attempt: Number(headers["webhook-attempt"] ?? 0),
    webhookId: headers["webhook-id"] ?? "",
    inFlight,
    ...(request.socket instanceof TLSSocket && { sender: request.socket.getPeerX509Certificate()?.subject }),
  };
}
