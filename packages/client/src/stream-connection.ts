import { createParser, type EventSourceMessage } from "eventsource-parser";
import type { StreamEvent } from "./api.generated.js";
import { HooklaneError, toHooklaneError } from "./hooklane-error.js";
import { reasonOf, type RetryingFetchOptions } from "./retrying-fetch.js";

/** Where one connection goes, and how long it may be silent. */
export interface StreamRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  /** Without a byte, milliseconds: then the connection is taken for dead. */
  readonly silenceMsMax: number;
  /** The answer has begun. */
  readonly onOpen: () => void;
  /** What the server asks a client to wait before it comes again, milliseconds. */
  readonly onRetry: (ms: number) => void;
}

const NAMES: ReadonlySet<string> = new Set<StreamEvent["event"]>([
  "delivery",
  "webhook",
  "quota",
  "reset",
  "ping",
]);

/**
 * The events of one connection, until the server ends it.
 *
 * @throws HooklaneError; whatever `fetch` throws when the signal is aborted
 */
export async function* readStream(
  { url, headers, signal, silenceMsMax, onOpen, onRetry }: StreamRequest,
  { fetch, timeoutMs }: Pick<RetryingFetchOptions, "fetch" | "timeoutMs">,
): AsyncGenerator<StreamEvent, void, undefined> {
  // Aborted in the end, whatever it is: nobody else lets go of the connection.
  const connection = new AbortController();
  const within = <Value>(work: Promise<Value>, ms: number): Promise<Value> => {
    const timer = setTimeout(() => connection.abort(silentFor(ms, url)), ms);
    return work.finally(() => clearTimeout(timer));
  };
  try {
    const request = fetch(url, {
      headers: { ...headers, accept: "text/event-stream" },
      // A redirect would carry the key to wherever it points.
      redirect: "manual",
      signal: AbortSignal.any([signal, connection.signal]),
    });
    const body = await within(request.then(toBody), timeoutMs);
    onOpen();
    const events: StreamEvent[] = [];
    const onEvent = (message: EventSourceMessage): void => void events.push(...toEvents(message));
    const parser = createParser({ onEvent, onRetry });
    const decoder = new TextDecoder();
    const reader = body.getReader();
    for (;;) {
      const { done, value } = await within(reader.read(), silenceMsMax);
      if (done) return;
      parser.feed(decoder.decode(value, { stream: true }));
      yield* events.splice(0);
    }
  } catch (cause) {
    signal.throwIfAborted();
    throw toFailure(cause, connection.signal, url);
  } finally {
    connection.abort();
  }
}

async function toBody(response: Response): Promise<ReadableStream<Uint8Array>> {
  const { ok, status, headers, body } = response;
  if (!ok) throw toHooklaneError(status, headers, await response.text());
  if (!body || !headers.get("content-type")?.startsWith("text/event-stream")) {
    const detail = `HTTP ${status} with something else than a stream of events`;
    throw new HooklaneError({ code: "unexpected_answer", detail, status });
  }
  return body;
}

/** What a later version of the API may send beside is passed over. */
function toEvents({ event = "", id = "", data }: EventSourceMessage): readonly StreamEvent[] {
  return NAMES.has(event) ? [{ event, id, data: JSON.parse(data) as unknown } as StreamEvent] : [];
}

function toFailure(cause: unknown, connection: AbortSignal, url: string): HooklaneError {
  if (cause instanceof HooklaneError) return cause;
  if (connection.aborted && connection.reason instanceof HooklaneError) return connection.reason;
  const detail = `${new URL(url).origin} cannot be reached: ${reasonOf(cause)}`;
  return new HooklaneError({ code: "network", detail, cause });
}

const silentFor = (ms: number, url: string): HooklaneError =>
  new HooklaneError({ code: "timeout", detail: `${new URL(url).origin} was silent for ${ms} ms` });
