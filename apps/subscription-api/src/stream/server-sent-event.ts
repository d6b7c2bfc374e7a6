import type { StreamEvent } from "@hooklane/contracts";

/** How soon a client comes again after a lost connection, milliseconds. */
const RETRY_MS = 1_000;

/** One event in the form of `text/event-stream`. JSON and our ids have no line breaks, so nothing can be smuggled in. */
export const encodeEvent = ({ event, id, data }: StreamEvent): string =>
  `event: ${event}\nid: ${id}\ndata: ${JSON.stringify(data)}\n\n`;

/** What a stream begins with. */
export const STREAM_HEAD = `retry: ${RETRY_MS}\n\n`;

/** `X-Accel-Buffering` has proxies of the nginx family pass on what comes when it comes. */
export const STREAM_HEADERS = {
  "content-type": "text/event-stream",
  "cache-control": "no-store",
  "x-accel-buffering": "no",
  // A stream's connection serves nothing else afterwards, and a service that stops must not wait for it.
  connection: "close",
} as const;
