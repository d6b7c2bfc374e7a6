import {
  type EventMeta,
  type FieldError,
  type ParsedEvent,
  parseIngestEvent,
  type RejectCode,
} from "@hooklane/contracts";
import {
  asEventId,
  asRecordId,
  EVENT_BYTES_MAX,
  type EventId,
  isSuppressed,
  JOURNEY_ARRIVAL,
  parseDateTime,
  toEventJson,
  type WorkspaceId,
} from "@hooklane/core";
import type { EventTypeDocument } from "@hooklane/store";
import type { SchemaChecks } from "../catalogue/schema-checks.js";
import { readArrival } from "./arrival.js";
import { EVENT_DEPTH_MAX, type EventText } from "./event-text.js";

/** An event whose form is right. */
export interface FormedEvent {
  readonly event: ParsedEvent;
  readonly dataText: string | undefined;
}

/** Why an event is not taken: one code, and what is wrong field by field. */
export interface Refusal {
  readonly code: RejectCode;
  /** Never empty; paths are relative to the event. */
  readonly errors: readonly FieldError[];
}

/** An event that may stand in line: the header and the bytes of its record. */
interface AcceptedEvent {
  readonly meta: Omit<EventMeta, "v" | "kind">;
  readonly body: Uint8Array;
}

export type Formed =
  { readonly ok: true; readonly formed: FormedEvent } | { readonly ok: false; readonly refusal: Refusal };

export type Accepted =
  { readonly ok: true; readonly accepted: AcceptedEvent } | { readonly ok: false; readonly refusal: Refusal };

/**
 * Checks the form of one event.
 *
 * @param value as parsed; `text` tells what parsing hid, where there was a text
 * @param producedAtMs what `deliverAt` is counted from, milliseconds since 1970 (default: `nowMs`)
 */
export function formEvent(
  value: unknown,
  text: EventText | undefined,
  nowMs: number,
  producedAtMs = nowMs,
): Formed {
  if (text?.fault) return { ok: false, refusal: refuse(toFieldError(text.fault)) };
  const parsed = parseIngestEvent(value, nowMs, producedAtMs);
  if (!parsed.ok) return { ok: false, refusal: refuse(...parsed.errors) };
  return { ok: true, formed: { event: parsed.value, dataText: text?.dataText } };
}

export interface AcceptContext {
  readonly workspaceId: WorkspaceId;
  /** The type's entry in the workspace's catalogue. */
  readonly eventType: EventTypeDocument | undefined;
  readonly schemas: SchemaChecks;
  /** The id of an event that brought none. */
  readonly defaultId: () => EventId;
  /** The timestamp of an event that brought none, milliseconds since 1970. */
  readonly defaultTimestampMs: number;
  /** Milliseconds since 1970. */
  readonly nowMs: number;
}

/** Checks an event against the catalogue and builds, once, the bytes that will be delivered. */
export function acceptEvent(formed: FormedEvent, context: AcceptContext): Accepted {
  const { event } = formed;
  if (event.type === JOURNEY_ARRIVAL) return acceptArrival(formed, context);
  const { eventType } = context;
  if (!eventType) {
    return refused("unknown_event_type", "type", "is not in the workspace's catalogue");
  }
  const misfits = eventType.validation === "off" ? [] : context.schemas.check(eventType, event.data);
  if (misfits.length > 0 && eventType.validation === "reject") {
    return { ok: false, refusal: { code: "schema_mismatch", errors: misfits } };
  }
  return build(formed, context, {
    ...(isSuppressed(eventType.suppressedSources, event.source) && { suppressed: true }),
    ...(eventType.sourceFilter === false && { ignoresSourceFilter: true }),
    ...(misfits.length > 0 && { schemaWarning: describe(misfits) }),
  });
}

function acceptArrival({ event, dataText }: FormedEvent, context: AcceptContext): Accepted {
  const arrival = readArrival(event, context.schemas);
  return arrival.ok
    ? build({ event: arrival.event, dataText }, context, { aimedAt: arrival.aimedAt })
    : { ok: false, refusal: { code: "schema_mismatch", errors: arrival.errors } };
}

/** What the header says of an event beyond what the event says itself. */
type MetaExtras = Pick<EventMeta, "aimedAt" | "suppressed" | "ignoresSourceFilter" | "schemaWarning">;

function build({ event, dataText }: FormedEvent, context: AcceptContext, extras: MetaExtras): Accepted {
  const { workspaceId, nowMs } = context;
  const id = event.id === undefined ? context.defaultId() : asEventId(event.id);
  const timestamp = event.timestamp ?? new Date(context.defaultTimestampMs).toISOString();
  const { type, source, data } = event;
  const deliverAt = event.deliverAt === undefined ? undefined : parseDateTime(event.deliverAt);
  const body = Buffer.from(toEventJson({ id, type, timestamp, source, data }, dataText));
  if (body.byteLength > EVENT_BYTES_MAX) {
    return refused(
      "event_too_large",
      "",
      `has ${body.byteLength} bytes, at most ${EVENT_BYTES_MAX} are taken`,
    );
  }
  return {
    ok: true,
    accepted: {
      meta: {
        workspaceId,
        recordId: asRecordId(id),
        eventId: id,
        type,
        source,
        acceptedAt: nowMs,
        ...extras,
        ...(deliverAt !== undefined && { deliverAt }),
      },
      body,
    },
  };
}

/** The code that stands for a list of field errors: the precise one where all say the same. */
function refuse(...errors: readonly FieldError[]): Refusal {
  const isUnknownField = errors.every(({ code }) => code === "unknown_field");
  return { code: isUnknownField ? "unknown_field" : "invalid_event", errors };
}

function refused(code: "unknown_event_type" | "event_too_large", path: string, message: string): Accepted {
  return { ok: false, refusal: { code, errors: [{ path, code, message }] } };
}

function toFieldError({ kind, path }: NonNullable<EventText["fault"]>): FieldError {
  return kind === "duplicate"
    ? { path: path.join("."), code: "duplicate", message: "stands twice" }
    : {
        path: path[0] ?? "",
        code: "invalid_value",
        message: `is nested deeper than ${EVENT_DEPTH_MAX} levels`,
      };
}

/** Errors as one line, for a header or a log that people read. */
export function describe(errors: readonly FieldError[]): string {
  const shown = errors
    .slice(0, 5)
    .map(({ path, message }) => (path === "" ? message : `${path}: ${message}`));
  const more = errors.length > shown.length ? `; and ${errors.length - shown.length} more` : "";
  return (shown.join("; ") + more).slice(0, 500);
}
