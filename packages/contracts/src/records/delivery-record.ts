import { ATTEMPT_TRIGGERS } from "@hooklane/core";
import { z } from "zod";
import { type Decoded, decodeJson, META_HEADER, type OutgoingRecord, type RawRecord } from "./codec.js";
import { contactId, deliveryId, endpointId, eventId, webhookId, workspaceId } from "./ids.js";
import { traceFields } from "./trace-fields.js";

const count = z.number().int().nonnegative();

const deliveryMeta = z.object({
  v: z.literal(1),
  workspaceId,
  webhookId,
  /** Raised by every enable, disable and move to another line; an older one is not sent. */
  generation: count,
  /** The configuration the router decided with; a newer one than the dispatcher's copy holds the lane. */
  version: count,
  endpointId,
  deliveryId,
  eventId,
  type: z.string().min(1),
  /** The contact of ours it is about: once that is deleted, it is cancelled (W5). */
  contactId: contactId.optional(),
  /** It was deleted before this was put in line: cancelled, whether or not the dispatcher has heard of the deletion. */
  isContactDeleted: z.literal(true).optional(),
  trigger: z.enum(ATTEMPT_TRIGGERS),
  /** Milliseconds since 1970: when the event was accepted. */
  acceptedAt: count,
  /** Place of the cause in `events.v1`: [partition, epoch of that partition, offset, ordinal] (lanes.md §3, §5). */
  source: z.tuple([count, count, count, count]),
  ...traceFields,
});

/** Header of a record of `deliveries.v1`; its value is the event's exact JSON bytes. */
export type DeliveryMeta = z.infer<typeof deliveryMeta>;

export interface DeliveryRecord {
  readonly meta: DeliveryMeta;
  readonly body: Uint8Array;
}

/** Reads a record of `deliveries.v1`. The body is the given bytes, not a copy. */
export function decodeDelivery(raw: RawRecord): Decoded<DeliveryRecord> {
  const meta = decodeJson(raw.headers[META_HEADER], deliveryMeta);
  if (!meta.ok) return { ...meta, detail: `header ${META_HEADER}: ${meta.detail}` };
  if (raw.value === null || raw.value.length === 0) return { ok: false, detail: "value: empty" };
  return { ok: true, value: { meta: meta.value, body: raw.value } };
}

/** Makes the record of one delivery. `partition` is the endpoint's. */
export function encodeDelivery(
  topic: string,
  partition: number,
  meta: Omit<DeliveryMeta, "v">,
  body: Uint8Array,
): OutgoingRecord {
  return {
    topic,
    partition,
    key: meta.endpointId,
    value: body,
    headers: { [META_HEADER]: encodeDeliveryMeta(meta) },
  };
}

/** The header of a record of `deliveries.v1`. */
export function encodeDeliveryMeta(
  meta: Omit<DeliveryMeta, "v" | "source"> & { readonly source: Readonly<DeliveryMeta["source"]> },
): string {
  return JSON.stringify({ ...meta, v: 1 });
}
