import {
  EVENT_SOURCES,
  type RecordId,
  toControlRecordId,
  type WebhookId,
  type WorkspaceId,
} from "@hooklane/core";
import { z } from "zod";
import { type Decoded, decodeJson, META_HEADER, type OutgoingRecord, type RawRecord } from "./codec.js";
import { deliveryId, eventId, recordId, webhookId, workspaceId } from "./ids.js";

/** Milliseconds since 1970, UTC; until 2100, so that every time made from it is one. */
const epochMs = z.number().int().nonnegative().max(4_102_444_800_000);

/** What every record with an event's bytes tells of it. */
const eventFields = {
  v: z.literal(1),
  workspaceId,
  recordId,
  eventId,
  type: z.string().min(1),
  source: z.enum(EVENT_SOURCES),
  /** When it was accepted into the line: of a release or a resend, its own time. */
  acceptedAt: epochMs,
  /** W8 mode `warn`: what did not fit the schema. */
  schemaWarning: z.string().optional(),
};

const eventMeta = z.object({
  ...eventFields,
  kind: z.literal("event"),
  /** W2: accepted and logged, never delivered. */
  suppressed: z.literal(true).optional(),
  /** O3: kept until then, and routed only as its release. */
  deliverAt: epochMs.optional(),
  /** The release of an event that was kept until `deliverAt`: matched as if accepted now. */
  release: z.literal(true).optional(),
});

const resendMeta = z.object({
  ...eventFields,
  kind: z.literal("resend"),
  /** Goes to this one alone, whatever it asks for by now. */
  webhookId,
  /** The delivery that is sent once more. */
  resendOf: deliveryId,
});

const controlMeta = z.object({
  v: z.literal(1),
  kind: z.literal("control"),
  workspaceId,
  recordId,
  webhookId,
  version: z.number().int().positive(),
});

const eventsMeta = z.discriminatedUnion("kind", [eventMeta, resendMeta, controlMeta]);

/** Header of an event in line on `events.v1`; the record's value is the event's exact JSON bytes. */
export type EventMeta = z.infer<typeof eventMeta>;
/** A delivery sent once more, at its place in the line; the record's value is the event's exact JSON bytes. */
export type ResendMeta = z.infer<typeof resendMeta>;
/** A change of a webhook's configuration, at its place in the line (architecture.md §1.5). It has no value bytes. */
export type ControlMeta = z.infer<typeof controlMeta>;

export type EventsRecord =
  | { readonly meta: EventMeta | ResendMeta; readonly body: Uint8Array }
  | { readonly meta: ControlMeta; readonly body: null };

/** Reads a record of `events.v1`. */
export function decodeEventsRecord(raw: RawRecord): Decoded<EventsRecord> {
  const meta = decodeJson(raw.headers[META_HEADER], eventsMeta);
  if (!meta.ok) return { ok: false, detail: `header ${META_HEADER}: ${meta.detail}` };
  if (meta.value.kind === "control") return { ok: true, value: { meta: meta.value, body: null } };
  if (raw.value === null || raw.value.length === 0) return { ok: false, detail: "value: empty" };
  return { ok: true, value: { meta: meta.value, body: raw.value } };
}

/** Makes the record of an accepted event. `partition` is the workspace's `eventsPartition`. */
export function encodeEvent(
  topic: string,
  partition: number,
  meta: Omit<EventMeta, "v" | "kind">,
  body: Uint8Array,
): OutgoingRecord {
  return toRecord(topic, partition, { v: 1, kind: "event", ...meta }, body);
}

/** Makes the record of a resend. `partition` is the workspace's `eventsPartition`. */
export function encodeResend(
  topic: string,
  partition: number,
  meta: Omit<ResendMeta, "v" | "kind">,
  body: Uint8Array,
): OutgoingRecord {
  return toRecord(topic, partition, { v: 1, kind: "resend", ...meta }, body);
}

function toRecord(
  topic: string,
  partition: number,
  meta: EventMeta | ResendMeta,
  body: Uint8Array,
): OutgoingRecord {
  const headers = { [META_HEADER]: JSON.stringify(meta) };
  return { topic, partition, key: meta.workspaceId, value: body, headers };
}

const NO_BYTES = new Uint8Array(0);

/** Makes the control record of a webhook's version. */
export function encodeControl(
  topic: string,
  partition: number,
  control: { readonly workspaceId: WorkspaceId; readonly webhookId: WebhookId; readonly version: number },
): OutgoingRecord {
  const id: RecordId = toControlRecordId(control.webhookId, control.version);
  return {
    topic,
    partition,
    key: control.workspaceId,
    value: NO_BYTES,
    headers: { [META_HEADER]: JSON.stringify({ v: 1, kind: "control", recordId: id, ...control }) },
  };
}
