import type { ServerResponse } from "node:http";
import {
  type FieldError,
  type IngestAccepted,
  type IngestResults,
  type Problem,
  PROBLEM_CONTENT_TYPE,
  type ProblemCode,
  toProblem,
} from "@hooklane/contracts";

/** An HTTP answer as data, whatever serves it. */
export interface Answer {
  readonly status: number;
  readonly body: IngestAccepted | IngestResults | Problem;
  readonly headers: Readonly<Record<string, string>>;
}

/** Seconds after which an overloaded or cut-off ingestor is worth another try. */
const RETRY_AFTER_S = 1;

export function accepted(body: IngestAccepted | IngestResults): Answer {
  return { status: 202, body, headers: { "content-type": "application/json; charset=utf-8" } };
}

export function refusal(
  code: ProblemCode,
  detail: string,
  more: { readonly errors?: readonly FieldError[]; readonly headers?: Readonly<Record<string, string>> } = {},
): Answer {
  const body = toProblem(code, detail, more.errors);
  return { status: body.status, body, headers: { "content-type": PROBLEM_CONTENT_TYPE, ...more.headers } };
}

/** 503: the same request may succeed later; an event repeated with its id is delivered once. */
export function unavailable(detail: string): Answer {
  return refusal("unavailable", detail, { headers: { "retry-after": String(RETRY_AFTER_S) } });
}

export function writeAnswer(response: ServerResponse, { status, body, headers }: Answer): void {
  const text = JSON.stringify(body);
  response.writeHead(status, { ...headers, "content-length": Buffer.byteLength(text) });
  response.end(text);
}
