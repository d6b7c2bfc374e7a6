import {
  EVENT_SOURCES,
  type RecordId,
  toControlRecordId,
  type WebhookId,
  type WorkspaceId,
} from "@hooklane/core";
import { z } from "zod";
import { type Decoded, decodeJson, META_HEADER, type OutgoingRecord, type RawRecord } from "./codec.js";
import { eventId, recordId, webhookId, workspaceId } from "./ids.js";

/** Milliseconds since 1970, UTC; until 2100, so that every time made from it is one. */
const epochMs = z.number().int().nonnegative().max(4_102_444_800_000);

const eventMeta = z.object({
  v: z.literal(1),
  kind: z.literal("event"),
  workspaceId,
  recordId,
  eventId,
  type: z.string().min(1),
  source: z.enum(EVENT_SOURCES),
  acceptedAt: epochMs,
  /** W2: accepted and logged, never delivered. */
  suppressed: z.literal(true).optional(),
  /** W8 mode `warn`: what did not fit the schema. */
  schemaWarning: z.string().optional(),
});

const controlMeta = z.object({
  v: z.literal(1),
  kind: z.literal("control"),
  workspaceId,
  recordId,
  webhookId,
  version: z.number().int().positive(),
});

const eventsMeta = z.discriminatedUnion("kind", [eventMeta, controlMeta]);

/** Header of an event in line on `events.v1`; the record's value is the event's exact JSON bytes. */
export type EventMeta = z.infer<typeof eventMeta>;
/** A change of a webhook's configuration, at its place in the line (architecture.md §1.5). It has no value bytes. */
export type ControlMeta = z.infer<typeof controlMeta>;

export type EventsRecord =
  | { readonly meta: EventMeta; readonly body: Uint8Array }
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
  return {
    topic,
    partition,
    key: meta.workspaceId,
    value: body,
    headers: { [META_HEADER]: JSON.stringify({ v: 1, kind: "event", ...meta }) },
  };
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
