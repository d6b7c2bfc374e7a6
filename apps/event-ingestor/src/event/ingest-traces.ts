import type { IncomingHttpHeaders } from "node:http";
import type { EventMeta } from "@hooklane/contracts";
import { readTraceContext, type TraceContext, toTraceId, type WorkspaceId } from "@hooklane/core";
import { type ConsumedRecord, headerText } from "@hooklane/kafka";
import type { TracedStep, Traces } from "@hooklane/service";

/** What is known of an event once it was looked at. */
type IngestedEvent = Pick<EventMeta, "workspaceId" | "eventId" | "type">;

/** The coming in of one event, or of a request with several, that is traced. */
export class TracedIngest {
  readonly #step: TracedStep;

  constructor(step: TracedStep) {
    this.#step = step;
  }

  /** What routing the events hangs on. */
  get context(): TraceContext {
    return this.#step.context;
  }

  taken({ workspaceId, eventId, type }: IngestedEvent): void {
    this.#step.span?.note({
      "hooklane.workspace_id": workspaceId,
      "hooklane.event_id": eventId,
      "hooklane.event_type": type,
    });
  }

  /** Of a request with several events. */
  tookMany(workspaceId: WorkspaceId, events: number): void {
    this.#step.span?.note({ "hooklane.workspace_id": workspaceId, "messaging.batch.message_count": events });
  }

  /** Of a record nobody is answered about: shown as an error. */
  refused(code: string): void {
    this.#step.span?.fail(code);
  }

  answered(status: number): void {
    this.#step.span?.note({ "http.response.status_code": status });
    if (status >= 500) this.#step.span?.fail(String(status));
  }

  end(): void {
    this.#step.span?.end();
  }
}

/** Takes up the traces producers name, and begins some where they name none. */
export class IngestTraces {
  readonly #traces: Traces;

  constructor(traces: Traces) {
    this.#traces = traces;
  }

  /** A request of a sender who is known. */
  ofRequest({ traceparent, tracestate }: IncomingHttpHeaders, startedAtMs: number): TracedIngest | undefined {
    // Both are no headers Node knows: what comes twice is joined, and is no traceparent then.
    const parent = readTraceContext(toText(traceparent), toText(tracestate));
    const step = this.#traces.begin("ingest", { kind: "server", parent, startedAtMs });
    step?.span?.note({ "http.request.method": "POST", "http.route": "/v1/events" });
    return step && new TracedIngest(step);
  }

  ofRecord({ topic, partition, offset, timestampMs, headers }: ConsumedRecord): TracedIngest | undefined {
    const parent = readTraceContext(headerText(headers, "traceparent"), headerText(headers, "tracestate"));
    const step = this.#traces.begin("ingest", { kind: "consumer", parent });
    step?.span?.note({
      "messaging.system": "kafka",
      "messaging.destination.name": topic,
      "messaging.destination.partition.id": String(partition),
      "messaging.kafka.offset": offset,
      "hooklane.produced_ago_ms": Math.max(0, Date.now() - timestampMs),
    });
    return step && new TracedIngest(step);
  }
}

const toText = (header: string | readonly string[] | undefined): string | undefined =>
  typeof header === "string" ? header : header?.join(",");

/** What a log line about what is traced says of it. */
export const toLogFields = (trace: TracedIngest | undefined) =>
  trace && { trace_id: toTraceId(trace.context) };

/** The header of an event's record, with its trace. */
export const withTrace = <Meta extends object>(meta: Meta, trace: TracedIngest | undefined): Meta =>
  trace === undefined ? meta : { ...meta, ...trace.context };
