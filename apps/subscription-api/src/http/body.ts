import express, { type Request, type RequestHandler } from "express";
import { type Answer, refusal } from "./answer.js";
import { depthUpTo } from "./depth.js";

/** A management body is at most this long, bytes. */
export const BODY_BYTES_MAX = 1024 * 1024;

/** Levels of a body; what walks bodies does so by recursion. */
const BODY_DEPTH_MAX = 64;

const JSON_TYPES = ["application/json", "application/merge-patch+json"];

/** Parses JSON bodies into `request.body`; it stays undefined when there is none. */
export const parseJsonBody: RequestHandler = express.json({
  type: JSON_TYPES,
  limit: BODY_BYTES_MAX,
  strict: false,
  reviver: (key: string, value: unknown) => {
    // As a name of a field it is never meant, and code that copies objects treats it in its own way.
    if (key === "__proto__") throw new SyntaxError("__proto__ is not a field name");
    return value;
  },
});

/** A body that was not parsed as it does not say it is JSON, or one no call has a use for. */
export function whyNotRead(request: Request): Answer | undefined {
  if (depthUpTo(request.body, BODY_DEPTH_MAX) > BODY_DEPTH_MAX) {
    return refusal("malformed_json", `The body has more than ${BODY_DEPTH_MAX} levels.`);
  }
  if (request.body !== undefined || !hasBody(request)) return undefined;
  return refusal("unsupported_media_type", "Send the body as application/json.");
}

const hasBody = ({ headers }: Request): boolean =>
  headers["transfer-encoding"] !== undefined || Number(headers["content-length"] ?? 0) > 0;
