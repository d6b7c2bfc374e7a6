import {
  EVENT_SOURCES,
  type RecordId,
  toControlRecordId,
  toRecoveryBeginRecordId,
  toRecoveryEndRecordId,
  type WebhookId,
  type WorkspaceId,
} from "@hooklane/core";
import { z } from "zod";
import { type Decoded, decodeJson, META_HEADER, type OutgoingRecord, type RawRecord } from "./codec.js";
import { contactId, deliveryId, eventId, recordId, webhookId, workspaceId } from "./ids.js";
import { traceFields } from "./trace-fields.js";

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
  /** The contact of ours it is about, where the request is not to leave once that is deleted (W5). */
  contactId: contactId.optional(),
  /** W8 mode `warn`: what did not fit the schema. */
  schemaWarning: z.string().optional(),
  ...traceFields,
};

const eventMeta = z.object({
  ...eventFields,
  kind: z.literal("event"),
  /** Set off at this webhook alone, where the workspace has it: a journey's point (W4) or a touchpoint (W5). */
  aimedAt: webhookId.optional(),
  /** W2: accepted and logged, never delivered. */
  suppressed: z.literal(true).optional(),
  /** W3: of a type to which no webhook's source filter applies. */
  ignoresSourceFilter: z.literal(true).optional(),
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
  /** Sent by the webhook's recovery (D7): counts only while the webhook recovers, in this generation. */
  recovery: z
    .object({
      generation: z.number().int().positive(),
      /** The webhook was not sent to when the event came, so there never was a delivery `resendOf`. */
      isFirst: z.literal(true).optional(),
    })
    .optional(),
  /** The contact was deleted before this was put in line: it is cancelled, and nobody needs to remember the deletion. */
  isContactDeleted: z.literal(true).optional(),
});

const testMeta = z.object({
  ...eventFields,
  kind: z.literal("test"),
  /** Goes to this one alone, whatever it asks for. */
  webhookId,
  /** It was sent already by who asked for it, and is only to be logged: a webhook that is not sent to has no line. */
  isSent: z.literal(true).optional(),
});

/** What the records that begin and end a webhook's recovery have in common (ADR 0019). */
const recoveryFields = {
  v: z.literal(1),
  workspaceId,
  recordId,
  webhookId,
  /** Of the webhook as its recovery began. */
  version: z.number().int().positive(),
  generation: z.number().int().positive(),
  /** `job_…` */
  recovery: z.string().min(1).max(300),
};

const recoveryBeginMeta = z.object({ ...recoveryFields, kind: z.literal("recovery_begin") });

const recoveryEndMeta = z.object({
  ...recoveryFields,
  kind: z.literal("recovery_end"),
  /** From 1; each is decided once. */
  number: z.number().int().positive(),
  /** What is owed up to here stands in line, or need not. Absent: nothing of it. */
  sentThrough: z
    .object({ epoch: z.number().int().nonnegative(), offset: z.number().int().nonnegative() })
    .optional(),
  owedSince: z.number().int().nonnegative(),
  acceptedAt: epochMs,
});

const controlMeta = z.object({
  v: z.literal(1),
  kind: z.literal("control"),
  workspaceId,
  recordId,
  webhookId,
  version: z.number().int().positive(),
});

const eventsMeta = z.discriminatedUnion("kind", [
  eventMeta,
  resendMeta,
  testMeta,
  controlMeta,
  recoveryBeginMeta,
  recoveryEndMeta,
]);

/** Header of an event in line on `events.v1`; the record's value is the event's exact JSON bytes. */
export type EventMeta = z.infer<typeof eventMeta>;
/** A delivery sent once more, at its place in the line; the record's value is the event's exact JSON bytes. */
export type ResendMeta = z.infer<typeof resendMeta>;
/** A test event (product.md O2), at its place in the line; the record's value is its exact JSON bytes. */
export type TestMeta = z.infer<typeof testMeta>;
/** Of the records that have an event's bytes. */
export type LineMeta = EventMeta | ResendMeta | TestMeta;
/** A change of a webhook's configuration, at its place in the line (architecture.md §1.5). It has no value bytes. */
export type ControlMeta = z.infer<typeof controlMeta>;

/** The place in line from which on the webhook recovers. It has no value bytes. */
export type RecoveryBeginMeta = z.infer<typeof recoveryBeginMeta>;
/** The place in line at which the webhook gets the rest of what is owed to it, and is active behind. No value bytes. */
export type RecoveryEndMeta = z.infer<typeof recoveryEndMeta>;

export type EventsRecord =
  | { readonly meta: LineMeta; readonly body: Uint8Array }
  | { readonly meta: ControlMeta | RecoveryBeginMeta | RecoveryEndMeta; readonly body: null };

/** Reads a record of `events.v1`. */
export function decodeEventsRecord(raw: RawRecord): Decoded<EventsRecord> {
  const meta = decodeJson(raw.headers[META_HEADER], eventsMeta);
  if (!meta.ok) return { ...meta, detail: `header ${META_HEADER}: ${meta.detail}` };
  if (!hasBytes(meta.value)) return { ok: true, value: { meta: meta.value, body: null } };
  if (raw.value === null || raw.value.length === 0) return { ok: false, detail: "value: empty" };
  return { ok: true, value: { meta: meta.value, body: raw.value } };
}

const hasBytes = (meta: EventsRecord["meta"]): meta is LineMeta =>
  meta.kind === "event" || meta.kind === "resend" || meta.kind === "test";

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

/** Makes the record of a test event. `partition` is the workspace's `eventsPartition`. */
export function encodeTest(
  topic: string,
  partition: number,
  meta: Omit<TestMeta, "v" | "kind">,
  body: Uint8Array,
): OutgoingRecord {
  return toRecord(topic, partition, { v: 1, kind: "test", ...meta }, body);
}

function toRecord(topic: string, partition: number, meta: LineMeta, body: Uint8Array): OutgoingRecord {
  const headers = { [META_HEADER]: JSON.stringify(meta) };
  return { topic, partition, key: meta.workspaceId, value: body, headers };
}

/** What begins or ends a recovery, at its place; the record's id is given here. */
type RecoveryMark = Omit<RecoveryBeginMeta, "v" | "kind" | "recordId">;

/** Makes the record that begins a recovery. `partition` is the workspace's `eventsPartition`. */
export function encodeRecoveryBegin(topic: string, partition: number, mark: RecoveryMark): OutgoingRecord {
  const id = toRecoveryBeginRecordId(mark.recovery);
  const meta: RecoveryBeginMeta = { v: 1, kind: "recovery_begin", recordId: id, ...mark };
  return toEmptyRecord(topic, partition, meta);
}

/** Makes the record that ends a recovery. `partition` is the workspace's `eventsPartition`. */
export function encodeRecoveryEnd(
  topic: string,
  partition: number,
  mark: RecoveryMark & Pick<RecoveryEndMeta, "number" | "sentThrough" | "owedSince" | "acceptedAt">,
): OutgoingRecord {
  const id = toRecoveryEndRecordId(mark.recovery, mark.number);
  const meta: RecoveryEndMeta = { v: 1, kind: "recovery_end", recordId: id, ...mark };
  return toEmptyRecord(topic, partition, meta);
}

const NO_BYTES = new Uint8Array(0);

function toEmptyRecord(
  topic: string,
  partition: number,
  meta: ControlMeta | RecoveryBeginMeta | RecoveryEndMeta,
): OutgoingRecord {
  const headers = { [META_HEADER]: JSON.stringify(meta) };
  return { topic, partition, key: meta.workspaceId, value: NO_BYTES, headers };
}

/** Makes the control record of a webhook's version. */
export function encodeControl(
  topic: string,
  partition: number,
  control: { readonly workspaceId: WorkspaceId; readonly webhookId: WebhookId; readonly version: number },
): OutgoingRecord {
  const id: RecordId = toControlRecordId(control.webhookId, control.version);
  return toEmptyRecord(topic, partition, { v: 1, kind: "control", recordId: id, ...control });
}
