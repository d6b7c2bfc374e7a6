/** One request as it reached a receiver. */
export interface ReceivedRequest {
  readonly method: string;
  /** Path and query as sent. */
  readonly path: string;
  /** Names in lower case; repeated headers joined by `, `. */
  readonly headers: Readonly<Record<string, string>>;
  /** The body's exact bytes. */
  readonly body: Buffer;
  /** Milliseconds since 1970 when the last byte had come. */
  readonly arrivedAt: number;
  /** The same moment on this machine's monotonic clock, milliseconds; comparable between processes. */
  readonly arrivedMonotonicMs: number;
  /** Header `webhook-attempt`, or 0 when there is none. */
  readonly attempt: number;
  /** Header `webhook-id`, or empty. */
  readonly webhookId: string;
  /** Requests of the same path that were being answered when this one came, this one included. */
  readonly inFlight: number;
  /** Over TLS: the subject of the certificate the sender showed, if any. */
  readonly sender?: string | undefined;
  /** The status it is answered with; absent when it gets no answer. */
  readonly status?: number;
}

/** An event in native form, as a receiver gets it (product.md §4). */
export interface DeliveredEvent {
  readonly id: string;
  readonly type: string;
  readonly timestamp: string;
  readonly source: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** The events of a request's body: one, or with batching several, oldest first. */
export function readEvents(request: ReceivedRequest): readonly DeliveredEvent[] {
  const parsed = JSON.parse(request.body.toString("utf8")) as DeliveredEvent | DeliveredEvent[];
  return Array.isArray(parsed) ? parsed : [parsed];
}

/** `data.seq` of each event of the requests, in order of arrival (see `numberedEvents`). */
export function readSequence(requests: readonly ReceivedRequest[]): readonly unknown[] {
  return requests.flatMap((request) => readEvents(request).map(({ data }) => data.seq));
}
