import type { AttemptError, OwnFault } from "./vocabulary.js";

/** Which answers are a success (product.md D1). */
export type SuccessStatus = "2xx" | "200";

/**
 * How one attempt ended. `failed` is the receiver's fault, or the user's: an attempt, and an error of the shared rule.
 * `own_fault` is ours (product.md D16): neither.
 */
export type AttemptOutcome =
  | { readonly kind: "succeeded"; readonly statusCode: number }
  | {
      readonly kind: "failed";
      readonly error: AttemptError;
      /** Only with `error: "status"`. */
      readonly statusCode?: number;
      /** What the user may read of it: no addresses of ours, no secrets. */
      readonly detail?: string;
      /**
       * The receiver asked for no retry before so long after this attempt's start, milliseconds (D11). From the start and
       * not from the answer, as every wait of a retry policy.
       */
      readonly retryAfterMs?: number;
    }
  | { readonly kind: "own_fault"; readonly fault: OwnFault; readonly detail?: string };

/** How a request ended, as who made it saw it. Times in milliseconds of the clock of who asked for it. */
export interface AttemptEnd {
  readonly outcome: AttemptOutcome;
  readonly startedAt: number;
  readonly durationMs: number;
  /** First bytes of the answer's body, as text. */
  readonly responseHead?: string | undefined;
}

/** `410 Gone`: the receiver says it will never want this again (product.md D11). */
export const STATUS_GONE = 410;

/**
 * What the status line of an answer means. A redirect is a failure: it is never followed (product.md D1).
 *
 * @param retryAfterMs what a failure asks for, milliseconds after the attempt's start
 */
export function toOutcome(
  statusCode: number,
  successStatus: SuccessStatus,
  retryAfterMs?: number,
): AttemptOutcome {
  if (isSuccess(statusCode, successStatus)) return { kind: "succeeded", statusCode };
  return { kind: "failed", error: "status", statusCode, ...(retryAfterMs !== undefined && { retryAfterMs }) };
}

/** Whether the status line is a success for a webhook (product.md D1). */
export function isSuccess(statusCode: number, successStatus: SuccessStatus): boolean {
  return successStatus === "200" ? statusCode === 200 : statusCode >= 200 && statusCode <= 299;
}

/** Whether the answer disables the webhook at once (product.md D11). */
export function isGone(outcome: AttemptOutcome): boolean {
  return outcome.kind === "failed" && outcome.statusCode === STATUS_GONE;
}

/** The outcome of an attempt whose request could not be made of the event (product.md D12): nothing was sent. */
export function toTemplateFailure(detail: string): AttemptOutcome {
  return { kind: "failed", error: "template", detail };
}

/** Whether the webhook's own body failed: the same event fails again, so it is never retried (product.md D12). */
export function isTemplateFailure(outcome: AttemptOutcome): boolean {
  return outcome.kind === "failed" && outcome.error === "template";
}

const UNSENT: ReadonlySet<AttemptError> = new Set(["template", "token_refused", "token_unavailable"]);

/** Whether the attempt failed before anything was sent to the receiver: it says nothing about the receiver. */
export function isUnsent(outcome: AttemptOutcome): boolean {
  return outcome.kind === "failed" && isUnsentError(outcome.error);
}

/** {@link isUnsent} of an attempt of which only the error is known. */
export const isUnsentError = (error: AttemptError): boolean => UNSENT.has(error);
