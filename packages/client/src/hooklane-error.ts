import type { FieldError, Problem } from "./api.generated.js";

/**
 * What went wrong: the API's own code (api.md §2), or one of ours where there was no answer of the API. `network`: it could
 * not be reached; `timeout`: no answer in time; `unexpected_answer`: something else answered, a proxy perhaps.
 */
export type ErrorCode = Problem["code"] | "network" | "timeout" | "unexpected_answer";

interface Facts {
  readonly code: ErrorCode;
  readonly detail: string;
  readonly status?: number | undefined;
  readonly errors?: readonly FieldError[] | undefined;
  readonly retryAfter?: number | undefined;
  readonly requestId?: string | undefined;
  readonly problem?: Problem | undefined;
  readonly cause?: unknown;
}

/** Any call that did not succeed, after what retries there were. */
export class HooklaneError extends Error {
  override readonly name = "HooklaneError";
  /** Stable: decide by it, never by the text. */
  readonly code: ErrorCode;
  /** What happened, for people. */
  readonly detail: string;
  /** HTTP status; undefined when there was no answer. */
  readonly status: number | undefined;
  /** Field by field, of `validation_failed`. */
  readonly errors: readonly FieldError[];
  /** Seconds to wait before the call is worth making again, where the API said so. */
  readonly retryAfter: number | undefined;
  /** Of the answer; the operator finds the call in the logs by it. */
  readonly requestId: string | undefined;
  /** The whole problem document, where there was one. */
  readonly problem: Problem | undefined;

  constructor(facts: Facts) {
    super(describe(facts), facts.cause === undefined ? undefined : { cause: facts.cause });
    this.code = facts.code;
    this.detail = facts.detail;
    this.status = facts.status;
    this.errors = facts.errors ?? [];
    this.retryAfter = facts.retryAfter;
    this.requestId = facts.requestId;
    this.problem = facts.problem;
  }
}

function describe({ code, detail, errors = [] }: Facts): string {
  const fields = errors.map(({ path, message }) => `${path === "" ? "the body" : path} ${message}`);
  return `${code}: ${detail}${fields.length > 0 ? ` (${fields.join("; ")})` : ""}`;
}

/** The error an answer outside 2xx stands for. */
export function toHooklaneError(status: number, headers: Headers, text: string): HooklaneError {
  const retryAfter = readRetryAfter(headers, Date.now());
  const requestId = headers.get("x-request-id") ?? undefined;
  const problem = readProblem(text);
  if (!problem) {
    const detail = `HTTP ${status} with a body that is not the API's: ${text.slice(0, 200)}`;
    return new HooklaneError({ code: "unexpected_answer", detail, status, retryAfter, requestId });
  }
  const { code, detail, errors } = problem;
  return new HooklaneError({ code, detail, status, errors, retryAfter, requestId, problem });
}

function readProblem(text: string): Problem | undefined {
  try {
    const value: unknown = JSON.parse(text);
    const isProblem =
      typeof value === "object" &&
      value !== null &&
      "code" in value &&
      typeof value.code === "string" &&
      "detail" in value &&
      typeof value.detail === "string";
    return isProblem ? (value as Problem) : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Reads `Retry-After` (RFC 9110 §10.2.3), seconds or a date.
 *
 * @param nowMs milliseconds since 1970
 * @returns whole seconds from now, at least 0; undefined when it is absent or neither
 */
export function readRetryAfter(headers: Headers, nowMs: number): number | undefined {
  const text = headers.get("retry-after")?.trim();
  if (text === undefined || text === "") return undefined;
  if (/^\d{1,9}$/.test(text)) return Number(text);
  const atMs = Date.parse(text);
  return Number.isNaN(atMs) ? undefined : Math.max(0, Math.ceil((atMs - nowMs) / 1_000));
}
