import { HooklaneError, readRetryAfter, toHooklaneError } from "./hooklane-error.js";

/** How calls are made. */
export interface RetryingFetchOptions {
  /** Default: the platform's. */
  readonly fetch: typeof globalThis.fetch;
  /** Of one try, from the request to the last byte of the answer, milliseconds. */
  readonly timeoutMs: number;
  /** Tries after the first. */
  readonly retriesMax: number;
  /** Resolves after so many milliseconds, or rejects with the signal's reason. */
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  /** From 0 up to 1, to spread retries. */
  readonly random: () => number;
}

const READS: ReadonlySet<string> = new Set(["GET", "HEAD"]);

/** Statuses that say "not now"; 502 and 504 come from what stands in front of the API. */
export const PASSING: ReadonlySet<number> = new Set([429, 502, 503, 504]);

const FIRST_WAIT_MS = 250;
const WAIT_MS_MAX = 8_000;
/** Who is told to come back later than this is told so, instead of waiting, seconds. */
const RETRY_AFTER_MAX = 30;

/**
 * Makes a call that is bounded in time and repeated where a repeat is safe and may help: after network errors, timeouts,
 * 429 and 503. Writes bring an `Idempotency-Key`, the same at every try, so that they are carried out once whichever try
 * arrived (api.md §2).
 *
 * @returns an answer of 2xx, read to its end
 * @throws HooklaneError, or the caller's own reason when its signal was aborted
 */
export async function fetchWithRetries(request: Request, options: RetryingFetchOptions): Promise<Response> {
  const isRead = READS.has(request.method);
  const body = isRead ? undefined : await request.text();
  const headers = new Headers(request.headers);
  if (!isRead && !headers.has("idempotency-key")) headers.set("idempotency-key", crypto.randomUUID());
  const call = { url: request.url, method: request.method, headers, body: body === "" ? undefined : body };
  return callWithRetries(call, request.signal, options);
}

/**
 * As {@link fetchWithRetries}, of a call whose body can be read again and again.
 *
 * @throws as that
 */
export async function callWithRetries(
  call: OneCall,
  signal: AbortSignal,
  options: RetryingFetchOptions,
): Promise<Response> {
  for (let retry = 0; ; retry += 1) {
    const outcome = await tryOnce(call, signal, options);
    if (outcome.kind === "answered") return outcome.response;
    const waitMs = outcome.isPassing ? toWaitMs(outcome.error.retryAfter, retry, options.random) : undefined;
    if (waitMs === undefined || retry >= options.retriesMax) throw outcome.error;
    await options.sleep(waitMs, signal);
  }
}

/** What is sent at every try. */
export interface OneCall {
  readonly url: string;
  readonly method: string;
  readonly headers: Headers;
  readonly body: string | Blob | undefined;
}

type Outcome =
  | { readonly kind: "answered"; readonly response: Response }
  | { readonly kind: "failed"; readonly error: HooklaneError; readonly isPassing: boolean };

async function tryOnce(call: OneCall, signal: AbortSignal, options: RetryingFetchOptions): Promise<Outcome> {
  const limit = AbortSignal.timeout(options.timeoutMs);
  try {
    const response = await options.fetch(call.url, {
      method: call.method,
      headers: call.headers,
      ...(call.body !== undefined && { body: call.body }),
      // A redirect would carry the key to wherever it points.
      redirect: "manual",
      signal: AbortSignal.any([signal, limit]),
    });
    const text = await response.text();
    const { status, headers } = response;
    if (response.ok) {
      return { kind: "answered", response: new Response(text === "" ? null : text, { status, headers }) };
    }
    const error = toHooklaneError(status, headers, text);
    // "The same request is still being answered": the try before this one arrived after all.
    const isStillAnswered = status === 409 && readRetryAfter(headers, Date.now()) !== undefined;
    return { kind: "failed", error, isPassing: PASSING.has(status) || isStillAnswered };
  } catch (cause) {
    signal.throwIfAborted();
    return { kind: "failed", error: toNoAnswer(call, cause, limit, options), isPassing: true };
  }
}

function toNoAnswer(
  { method, url }: OneCall,
  cause: unknown,
  limit: AbortSignal,
  { timeoutMs }: RetryingFetchOptions,
): HooklaneError {
  const { origin, pathname } = new URL(url);
  if (limit.aborted) {
    const detail = `${method} ${pathname} was not answered within ${timeoutMs} ms`;
    return new HooklaneError({ code: "timeout", detail, cause });
  }
  return new HooklaneError({
    code: "network",
    detail: `${origin} cannot be reached: ${reasonOf(cause)}`,
    cause,
  });
}

/** `fetch` says "fetch failed" and keeps the reason as the cause. By form: an error of another realm is one as well. */
export function reasonOf(error: unknown): string {
  if (typeof error !== "object" || error === null) return String(error);
  const { message, code, cause } = error as { message?: unknown; code?: unknown; cause?: unknown };
  if (typeof cause === "object" && cause !== null) return reasonOf(cause);
  // Of several addresses that were tried, only the code is said.
  return [message, code].find((text) => typeof text === "string" && text !== "")?.toString() ?? "no answer";
}

/** As long as the API asks for; otherwise longer each time, by chance between half and all of it. Undefined: too long. */
function toWaitMs(retryAfter: number | undefined, retry: number, random: () => number): number | undefined {
  if (retryAfter !== undefined) return retryAfter > RETRY_AFTER_MAX ? undefined : retryAfter * 1_000;
  return Math.min(WAIT_MS_MAX, FIRST_WAIT_MS * 2 ** retry) * (0.5 + random() / 2);
}

/** @throws the signal's reason when it is aborted before the time is over */
export function sleep(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const onAbort = (): void => {
      clearTimeout(timer);
      reject(signal.reason instanceof Error ? signal.reason : new Error(String(signal.reason)));
    };
    const timer = setTimeout(() => {
      signal.removeEventListener("abort", onAbort);
      resolve();
    }, ms);
    if (signal.aborted) onAbort();
    else signal.addEventListener("abort", onAbort, { once: true });
  });
}
