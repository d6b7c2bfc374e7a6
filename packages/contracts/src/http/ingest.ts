import {
  checkDeliverAt,
  checkTimestamp,
  DELIVER_AHEAD_MAX_MS,
  DELIVER_AHEAD_MIN_MS,
  type DeliverAtFault,
  EVENT_ID_LENGTH_MAX,
  EVENT_SOURCES,
  TIMESTAMP_AHEAD_MAX_MS,
  type TimestampFault,
} from "@hooklane/core";
import { z } from "zod";
import { REJECT_CODES } from "../records/rejected-record.js";
import { eventId } from "./event-id.js";
import { toFieldErrors } from "./field-errors.js";
import { fieldError, type FieldCode, type FieldError } from "./problem.js";

/** Most events one call of `POST /v1/events` may carry. */
export const INGEST_BATCH_MAX = 500;

/** Most bytes a body of `POST /v1/events` may have. */
export const INGEST_BODY_BYTES_MAX = 5 * 1024 * 1024;

/** Checked, not walked: what is in it is for the event type's own schema. */
const eventData = z.custom<Record<string, unknown>>(
  (value) => typeof value === "object" && value !== null && !Array.isArray(value),
  { params: { code: "invalid_type" satisfies FieldCode }, message: "must be an object" },
);

/** One event as a producer gives it, over HTTP and on `inbound.v1` alike (api.md §2, §3). */
export const ingestEvent = z
  .strictObject({
    id: eventId.optional().meta({
      description:
        "Unique in the workspace; given again, the event is accepted again and delivered once. Default: one of ours",
      override: { type: "string", minLength: 1, maxLength: EVENT_ID_LENGTH_MAX },
    }),
    type: z.string().min(1).max(200).meta({ description: "From the workspace's catalogue" }),
    timestamp: z
      .string()
      .optional()
      .meta({
        description:
          "RFC 3339 date-time with offset, at most 24 hours ahead; passed on as written. Default: the time of acceptance",
        override: { type: "string", format: "date-time" },
      }),
    source: z.enum(EVENT_SOURCES).default("api").meta({ description: "Who set it off" }),
    data: eventData.meta({
      description: "What happened, by the event type's schema",
      override: { type: "object", additionalProperties: true },
    }),
    deliverAt: z
      .string()
      .optional()
      .meta({
        description:
          "RFC 3339 date-time with offset, 1 minute to 90 days ahead: the event enters the line then and is matched then. Default: at once",
        override: { type: "string", format: "date-time" },
      }),
  })
  .meta({ id: "IngestEvent" });

/** Several events in one call; each is accepted or rejected by itself. */
export const ingestBatch = z
  .strictObject({ events: z.array(ingestEvent).min(1).max(INGEST_BATCH_MAX) })
  .meta({ id: "IngestBatch" });

/** As {@link ingestBatch}, but an event that is none leaves the others alone. */
const batchOfAnything = z.strictObject({ events: z.array(z.unknown()).min(1).max(INGEST_BATCH_MAX) });

/** What became of an accepted event: `suppressed` ones are logged and reach nobody (product.md W2). */
const acceptance = z.enum(["accepted", "suppressed"]);

/** 202 answer to one event. */
export const ingestAccepted = z
  .strictObject({ id: z.string(), status: acceptance })
  .meta({ id: "IngestAccepted" });
export type IngestAccepted = z.infer<typeof ingestAccepted>;

/** What became of one event of several. */
export const ingestResult = z
  .strictObject({
    /** Place in `events`, from 0. */
    index: z.number().int().nonnegative(),
    /** Null where the event was refused and its id could not be read. */
    id: z.string().nullable(),
    status: z.enum(["accepted", "suppressed", "rejected"]),
    code: z.enum(REJECT_CODES).optional(),
    errors: z.array(fieldError).optional(),
  })
  .meta({ id: "IngestResult" });
export type IngestResult = z.infer<typeof ingestResult>;

/** 202 answer to several events, in their order. */
export const ingestResults = z.strictObject({ results: z.array(ingestResult) }).meta({ id: "IngestResults" });
export type IngestResults = z.infer<typeof ingestResults>;

/** An event whose form is right; its type and data are still to be checked against the catalogue. */
export type ParsedEvent = z.output<typeof ingestEvent>;

/** A typed value, or what is wrong with it field by field. */
export type Parsed<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly errors: readonly FieldError[] };

/**
 * Checks the form of one event. Never throws.
 *
 * @param nowMs milliseconds since 1970: timestamps far ahead of it are refused
 * @param producedAtMs what `deliverAt` is counted from, milliseconds since 1970 (default: `nowMs`)
 */
export function parseIngestEvent(value: unknown, nowMs: number, producedAtMs = nowMs): Parsed<ParsedEvent> {
  const result = ingestEvent.safeParse(value);
  if (!result.success) return { ok: false, errors: toFieldErrors(result.error.issues, value) };
  const { timestamp, deliverAt } = result.data;
  const errors: FieldError[] = [];
  const timestampFault = timestamp === undefined ? undefined : checkTimestamp(timestamp, nowMs);
  if (timestampFault) errors.push({ path: "timestamp", ...TIMESTAMP_FAULTS[timestampFault] });
  const deliverAtFault = deliverAt === undefined ? undefined : checkDeliverAt(deliverAt, producedAtMs);
  if (deliverAtFault) errors.push({ path: "deliverAt", ...DELIVER_AT_FAULTS[deliverAtFault] });
  return errors.length > 0 ? { ok: false, errors } : { ok: true, value: result.data };
}

const NO_DATE_TIME = {
  code: "invalid_format",
  message: "must be an RFC 3339 date-time with its offset",
} as const;

const TIMESTAMP_FAULTS: Readonly<Record<TimestampFault, Omit<FieldError, "path">>> = {
  invalid_format: NO_DATE_TIME,
  too_far_ahead: {
    code: "invalid_value",
    message: `must be at most ${TIMESTAMP_AHEAD_MAX_MS / 3_600_000} hours ahead`,
  },
};

const DELIVER_AT_FAULTS: Readonly<Record<DeliverAtFault, Omit<FieldError, "path">>> = {
  invalid_format: NO_DATE_TIME,
  too_soon: { code: "too_small", message: `must be at least ${DELIVER_AHEAD_MIN_MS / 1_000} seconds ahead` },
  too_far_ahead: {
    code: "too_large",
    message: `must be at most ${DELIVER_AHEAD_MAX_MS / 86_400_000} days ahead`,
  },
};

/** Checks the frame of several events, not the events. Never throws. */
export function parseIngestBatch(value: unknown): Parsed<readonly unknown[]> {
  const result = batchOfAnything.safeParse(value);
  return result.success
    ? { ok: true, value: result.data.events }
    : { ok: false, errors: toFieldErrors(result.error.issues, value) };
}
