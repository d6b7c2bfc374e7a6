import { createRequire } from "node:module";
import type { Socket } from "node:net";

/** What is used of kafkajs's queue of a connection's requests. */
export interface RequestQueue {
  /** Requests that wait for their turn to be written. */
  readonly pending: readonly unknown[];
  checkPendingRequests(): void;
  scheduleCheckPendingRequests(): void;
}

/** What is used of kafkajs's connection to a broker; it is connected again after it broke. */
export interface BrokerConnection {
  socket: Socket | null | undefined;
  /** What came of a response that is not complete. */
  chunks: Buffer[];
  bytesBuffered: number;
  bytesNeeded: number;
  isConnected(): boolean;
  connect(): Promise<unknown>;
  processData(data: Buffer): void;
}

type Class<T> = (new (options: object) => T) & { readonly prototype: T };

// kafkajs exports none of its inner parts.
const require = createRequire(import.meta.url);
export const requestQueueClass = require("kafkajs/src/network/requestQueue") as Class<RequestQueue>;
export const connectionClass = require("kafkajs/src/network/connection") as Class<BrokerConnection>;

/** Each response begins with its length. */
const LENGTH_BYTES = 4;

/**
 * Lets connections with nothing to write rest. kafkajs 2.2.4 looks for waiting requests once a millisecond on every
 * connection from its first answer on (its issue 1704): most of what an idle service costs. A look is due only when
 * something waits; one that waits for another's answer is looked for when that arrives, as before.
 */
function letConnectionsRest({ prototype }: Class<RequestQueue>): void {
  // eslint-disable-next-line @typescript-eslint/unbound-method -- called on the queue below
  const schedule = prototype.scheduleCheckPendingRequests;
  prototype.scheduleCheckPendingRequests = function (this: RequestQueue) {
    if (this.pending.length > 0) schedule.call(this);
  };
}

/**
 * Lets a connection begin anew with nothing of its former socket. kafkajs 2.2.4 keeps what it had of a response when the
 * socket broke and puts what the next one brings behind it: from there on no answer is understood, every request times
 * out, and nothing but a new client helps.
 */
function letConnectionsBeginAnew({ prototype }: Class<BrokerConnection>): void {
  // eslint-disable-next-line @typescript-eslint/unbound-method -- called on the connection below
  const connect = prototype.connect;
  prototype.connect = function (this: BrokerConnection) {
    if (!this.isConnected()) {
      this.socket?.removeAllListeners("data").destroy();
      this.chunks = [];
      this.bytesBuffered = 0;
      this.bytesNeeded = LENGTH_BYTES;
    }
    return connect.call(this);
  };
}

letConnectionsRest(requestQueueClass);
letConnectionsBeginAnew(connectionClass);
