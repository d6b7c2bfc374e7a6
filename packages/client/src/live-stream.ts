import type { StreamEvent } from "./api.generated.js";
import type { FilterOf } from "./api-client.js";
import type { HooklaneError } from "./hooklane-error.js";
import { PASSING, type RetryingFetchOptions } from "./retrying-fetch.js";
import { readStream } from "./stream-connection.js";

/** What to be told of. */
export type StreamFilter = FilterOf<"stream">;

/** What happens in a workspace. `id` is a position to go on from, in this program or in another. */
export type LiveEvent = Exclude<StreamEvent, { event: "ping" }>;

export interface StreamOptions {
  /** Ends the iteration, without an error. */
  readonly signal?: AbortSignal | undefined;
  /** The `id` of the last event that was dealt with: what came since is told first. Default: from now on. */
  readonly lastEventId?: string | undefined;
  /** The API listens: what happens from now on is told, or what happened since the connection before. */
  readonly onConnected?: (() => void) | undefined;
  /** The connection was lost, or refused for now. The next try follows in `waitMs`, from where it was. */
  readonly onDisconnected?: ((state: StreamPause) => void) | undefined;
  /** Without a byte of the API, milliseconds (default 45,000; it pings every 15 s). */
  readonly silenceMsMax?: number | undefined;
}

export interface StreamPause {
  /** Undefined: the API ended the connection, in order. */
  readonly error: HooklaneError | undefined;
  readonly waitMs: number;
}

/** How a client reaches the stream. */
export interface StreamAccess extends RetryingFetchOptions {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly signal: AbortSignal | undefined;
}

const SILENCE_MS_MAX = 45_000;
/** Until the API says what it wants, milliseconds. */
const WAIT_MS = 250;
const WAIT_MS_MAX = 30_000;

/**
 * Follows a stream over as many connections as it takes, each from where the one before was: nothing is lost in between,
 * and nothing told twice; where that cannot be kept, an event `reset` says so.
 *
 * @throws HooklaneError when the API refuses for good, or cannot be reached before the first connection stood
 */
export async function* followStream(
  filter: StreamFilter,
  options: StreamOptions,
  access: StreamAccess,
): AsyncGenerator<LiveEvent, void, undefined> {
  const signal = AbortSignal.any([options.signal, access.signal].filter((each) => each !== undefined));
  let { lastEventId } = options;
  let baseMs = WAIT_MS;
  let failures = 0;
  let hasStood = false;
  const isOver = (): boolean => signal.aborted;
  while (!isOver()) {
    let error: HooklaneError | undefined;
    try {
      const events = readStream(
        {
          url: toUrl(access.url, filter),
          headers: { ...access.headers, ...(lastEventId !== undefined && { "last-event-id": lastEventId }) },
          signal,
          silenceMsMax: options.silenceMsMax ?? SILENCE_MS_MAX,
          onOpen: () => options.onConnected?.(),
          onRetry: (ms) => (baseMs = ms),
        },
        access,
      );
      for await (const event of events) {
        failures = 0;
        hasStood = true;
        lastEventId = event.id;
        if (event.event !== "ping") yield event;
      }
    } catch (thrown) {
      if (isOver()) return;
      error = thrown as HooklaneError;
      if (!isPassing(error) || (!hasStood && failures >= access.retriesMax)) throw error;
    }
    const waitMs = toWaitMs(baseMs, failures++, error, access.random);
    options.onDisconnected?.({ error, waitMs });
    await access.sleep(waitMs, signal).catch(() => undefined);
  }
}

function toUrl(url: string, filter: StreamFilter): string {
  const query = new URLSearchParams(Object.entries(filter)).toString();
  return query === "" ? url : `${url}?${query}`;
}

/** Whether another try may help. */
function isPassing({ code, status }: HooklaneError): boolean {
  return code === "network" || code === "timeout" || (status !== undefined && PASSING.has(status));
}

/** Longer each time, by chance between half and all of it, so that clients that lost it together come apart. */
function toWaitMs(
  baseMs: number,
  failures: number,
  error: HooklaneError | undefined,
  random: () => number,
): number {
  const grownMs = Math.min(WAIT_MS_MAX, baseMs * 2 ** Math.min(failures, 10)) * (0.5 + random() / 2);
  return Math.max(grownMs, (error?.retryAfter ?? 0) * 1_000);
}
