import { createRequire } from "node:module";

/** What is used of kafkajs's queue of a connection's requests. */
export interface RequestQueue {
  /** Requests that wait for their turn to be written. */
  readonly pending: readonly unknown[];
  checkPendingRequests(): void;
  scheduleCheckPendingRequests(): void;
}

export type RequestQueueClass = (new (options: object) => RequestQueue) & {
  readonly prototype: RequestQueue;
};

const require = createRequire(import.meta.url);

/** kafkajs's own class: it exports none of its inner parts. */
export const requestQueueClass = require("kafkajs/src/network/requestQueue") as RequestQueueClass;

/**
 * Lets connections with nothing to write rest. kafkajs 2.2.4 looks for waiting requests once a millisecond on every
 * connection from its first answer on (its issue 1704): most of what an idle service costs. A look is due only when
 * something waits; one that waits for another's answer is looked for when that arrives, as before.
 */
export function letConnectionsRest({ prototype }: RequestQueueClass): void {
  // eslint-disable-next-line @typescript-eslint/unbound-method -- called on the queue below
  const schedule = prototype.scheduleCheckPendingRequests;
  prototype.scheduleCheckPendingRequests = function (this: RequestQueue) {
    if (this.pending.length > 0) schedule.call(this);
  };
}
