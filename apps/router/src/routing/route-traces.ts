import type { TraceContext } from "@hooklane/core";
import type { TracedStep, Traces } from "@hooklane/service";
import type { InLine } from "./decide.js";

/** Records the routing of events that are traced: a step from the decision to the broker's acknowledgement of all. */
export class RouteTraces {
  readonly #traces: Traces;

  constructor(traces: Traces) {
    this.#traces = traces;
  }

  /** @returns undefined where none of them is traced */
  begin(run: readonly InLine[]): TracedRun | undefined {
    let steps: Map<InLine, TracedStep> | undefined;
    for (const record of run) {
      const step = this.#begin(record);
      if (step !== undefined) (steps ??= new Map<InLine, TracedStep>()).set(record, step);
    }
    return steps && new TracedRun(steps);
  }

  #begin(record: InLine): TracedStep | undefined {
    const { meta, position } = record;
    const parent = toTraceContext(record);
    // Whether an event is traced was decided at the door; a resend or a test comes through none.
    if (parent === undefined && meta.kind === "event") return undefined;
    const step = this.#traces.begin("route", { kind: "consumer", parent });
    step?.span?.note({
      "messaging.system": "kafka",
      "messaging.destination.partition.id": String(position.partition),
      "messaging.kafka.offset": position.offset,
      "hooklane.workspace_id": meta.workspaceId,
      "hooklane.event_id": meta.eventId,
      "hooklane.event_type": meta.type,
      "hooklane.record_id": meta.recordId,
      "hooklane.accepted_ago_ms": Math.max(0, Date.now() - meta.acceptedAt),
    });
    return step;
  }
}

/** The traced ones of events that are routed together. */
export class TracedRun {
  readonly #steps: ReadonlyMap<InLine, TracedStep>;

  constructor(steps: ReadonlyMap<InLine, TracedStep>) {
    this.#steps = steps;
  }

  /** What the deliveries of an event hang on. */
  contextOf(record: InLine): TraceContext | undefined {
    return this.#steps.get(record)?.context;
  }

  decided(record: InLine, outcome: string, deliveries: number): void {
    this.#steps.get(record)?.span?.note({ "hooklane.outcome": outcome, "hooklane.deliveries": deliveries });
  }

  /** @param failed they are routed once more, from the decision that is stored */
  end(failed = false): void {
    for (const { span } of this.#steps.values()) {
      if (failed) span?.fail("repeated");
      span?.end();
    }
  }
}

/** Where the event stands in its trace, as its record says. */
export function toTraceContext({ meta }: InLine): TraceContext | undefined {
  const { traceparent, tracestate } = meta;
  return traceparent === undefined ? undefined : { traceparent, tracestate };
}
