/** Where something stands in its trace, in the words of W3C Trace Context: as it travels in headers. */
export interface TraceContext {
  /** `00-<trace id>-<span id>-<flags>`, always of version 00. */
  readonly traceparent: string;
  /** What the tracing systems on the way have noted; theirs alone to understand. */
  readonly tracestate?: string | undefined;
}

/** Version, trace id, span id, flags; what a later version appends is not understood. */
const TRACEPARENT = /^([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?$/;

/** The form {@link TraceContext} has. */
export const TRACEPARENT_00 = /^00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$/;

/** Characters; a longer one is left out as a whole, as it must not be cut (W3C Trace Context §3.3.1.5). */
export const TRACESTATE_CHARS_MAX = 512;

/** Visible ASCII and white space inside: nothing that could end a header. */
export const TRACESTATE = /^[\x21-\x7e](?:[\t\x20-\x7e]*[\x21-\x7e])?$/;

const NO_TRACE = "0".repeat(32);
const NO_SPAN = "0".repeat(16);
const TRACE_ID_AT = 3;
const SPAN_ID_AT = 36;
const FLAGS_AT = 53;

/**
 * Reads the headers `traceparent` and `tracestate` as a producer gave them. Of the flags only `sampled` is understood.
 *
 * @returns undefined where there is no `traceparent`, or one that is not to be believed: a new trace may begin then
 */
export function readTraceContext(
  traceparent: string | undefined,
  tracestate: string | undefined,
): TraceContext | undefined {
  if (traceparent === undefined) return undefined;
  const [, version, traceId = "", spanId = "", flags = "", more] = TRACEPARENT.exec(traceparent) ?? [];
  if (version === undefined || version === "ff" || (version === "00" && more !== undefined)) return undefined;
  if (traceId === NO_TRACE || spanId === NO_SPAN) return undefined;
  const context = { traceparent: toTraceparent(traceId, spanId, (parseInt(flags, 16) & 1) === 1) };
  return isTracestate(tracestate) ? { ...context, tracestate } : context;
}

const isTracestate = (text: string | undefined): text is string =>
  text !== undefined && text.length <= TRACESTATE_CHARS_MAX && TRACESTATE.test(text);

/** @param traceId 32 hexadecimal digits. @param spanId 16 of them. */
export const toTraceparent = (traceId: string, spanId: string, isSampled: boolean): string =>
  `00-${traceId}-${spanId}-${isSampled ? "01" : "00"}`;

/** The trace it belongs to, as logs and tracing systems name it. */
export const toTraceId = ({ traceparent }: TraceContext): string =>
  traceparent.slice(TRACE_ID_AT, TRACE_ID_AT + NO_TRACE.length);

/** The span that what follows hangs on. */
export const toSpanId = ({ traceparent }: TraceContext): string =>
  traceparent.slice(SPAN_ID_AT, SPAN_ID_AT + NO_SPAN.length);

/** Whether who made it records it. */
export const isSampled = ({ traceparent }: TraceContext): boolean =>
  (parseInt(traceparent.slice(FLAGS_AT), 16) & 1) === 1;

/** The same place, not recorded from here on. */
export const withoutSampling = (context: TraceContext): TraceContext => ({
  ...context,
  traceparent: `${context.traceparent.slice(0, FLAGS_AT)}00`,
});
