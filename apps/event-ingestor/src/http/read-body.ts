import type { IncomingMessage } from "node:http";
import type { BytesInFlight } from "./bytes-in-flight.js";

export type ReadBody =
  /** The bytes stay counted as in flight until the caller releases them. */
  | { readonly kind: "body"; readonly bytes: Buffer }
  | { readonly kind: "too_large" }
  | { readonly kind: "no_room" }
  /** The client went away. */
  | { readonly kind: "aborted" };

/**
 * Reads a body while it is within the limits; of a refused one the rest stays unread. Time limits are the server's
 * (`requestTimeout`). Never rejects.
 */
export function readBody(
  request: IncomingMessage,
  bytesMax: number,
  inFlight: BytesInFlight,
): Promise<ReadBody> {
  if (Number(request.headers["content-length"] ?? 0) > bytesMax)
    return Promise.resolve({ kind: "too_large" });
  if (isGone(request)) return Promise.resolve({ kind: "aborted" });
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let taken = 0;
    const settle = (result: ReadBody) => {
      request.off("data", onData).off("end", onEnd).off("close", onClose).off("error", onClose);
      if (result.kind !== "body") inFlight.release(taken);
      resolve(result);
    };
    const onData = (chunk: Buffer) => {
      if (taken + chunk.byteLength > bytesMax) {
        settle({ kind: "too_large" });
      } else if (inFlight.take(chunk.byteLength)) {
        taken += chunk.byteLength;
        chunks.push(chunk);
      } else {
        settle({ kind: "no_room" });
      }
    };
    const onEnd = () => {
      const [only] = chunks;
      settle({ kind: "body", bytes: chunks.length === 1 && only ? only : Buffer.concat(chunks) });
    };
    const onClose = () => settle({ kind: "aborted" });
    request.on("data", onData).on("end", onEnd).on("close", onClose).on("error", onClose);
  });
}

/**
 * Throws away what is left of a refused body, so that a client that sends before it listens gets to see the answer.
 * Resolves at its end, or beyond `bytesMax`: then the connection must be closed.
 */
export function discardBody(request: IncomingMessage, bytesMax: number): Promise<void> {
  if (request.complete || isGone(request)) return Promise.resolve();
  return new Promise((resolve) => {
    let seen = 0;
    const settle = () => {
      request.off("data", onData).off("end", settle).off("close", settle).off("error", settle);
      resolve();
    };
    const onData = (chunk: Buffer) => {
      seen += chunk.byteLength;
      if (seen > bytesMax) settle();
    };
    request.on("data", onData).on("end", settle).on("close", settle).on("error", settle);
    request.resume();
  });
}

function isGone(request: IncomingMessage): boolean {
  return request.destroyed && !request.complete;
}
