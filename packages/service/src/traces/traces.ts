import type { TraceContext } from "@hooklane/core";
import type { Closeable } from "../closeable.js";

/** What is noted of a step. No payloads, secrets or URLs (style.md §8); ids are welcome. */
export type SpanAttributes = Readonly<Record<string, string | number | boolean | undefined>>;

/** What a step is to the outside, as OpenTelemetry tells them apart. */
export type SpanKind = "server" | "consumer" | "client" | "internal";

/** One step on an event's way that is recorded. Ended once; nothing can be noted after that. */
export interface Span {
  note(attributes: SpanAttributes): void;
  /** It did not end well; shown as an error. @param reason a code */
  fail(reason: string): void;
  /** @param atMs milliseconds since 1970; default: now */
  end(atMs?: number): void;
}

/** A step that was begun. */
export interface TracedStep {
  /** What follows it hangs on this: the step itself where it is recorded, what it hangs on itself where it is not. */
  readonly context: TraceContext;
  readonly span: Span | undefined;
}

interface StepOptions {
  readonly kind: SpanKind;
  /** What it follows; undefined: it may begin a trace of its own, if the sampler wants one. */
  readonly parent: TraceContext | undefined;
  /** Steps it has to do with beside its parent. */
  readonly links?: readonly TraceContext[] | undefined;
  /** Milliseconds since 1970; default: now. */
  readonly startedAtMs?: number;
}

/** The traces of a service. A service that traces nothing has none. */
export interface Traces extends Closeable {
  /**
   * Begins a step. Cheap where nothing is recorded: what is to be noted is given to the span, if there is one.
   *
   * @returns undefined where there is nothing to follow and no trace begins
   */
  begin(name: string, options: StepOptions): TracedStep | undefined;
}

/** Carries on what producers named, and records nothing. */
export const passedTraces: Traces = {
  begin: (_name, { parent }) => parent && { context: parent, span: undefined },
  close: () => Promise.resolve(),
};
