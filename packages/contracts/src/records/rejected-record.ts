import type { OutgoingRecord, RawRecord } from "./codec.js";

/** Why a record of `inbound.v1` was refused (api.md §3). The same codes stand in HTTP answers to `POST /v1/events`. */
export const REJECT_CODES = [
  "malformed_json",
  "empty_value",
  "missing_workspace",
  "unknown_workspace",
  "unknown_event_type",
  "unknown_field",
  "invalid_event",
  "schema_mismatch",
  "event_too_large",
  "unknown_schema",
  "undecodable_value",
  "unreadable_record",
] as const;
export type RejectCode = (typeof REJECT_CODES)[number];

/** Makes the record of a refusal: where it came from, why, and its key, value and own headers unchanged. */
export function encodeRejected(
  topic: string,
  from: { readonly topic: string; readonly record: RawRecord },
  reason: { readonly code: RejectCode; readonly detail: string },
): OutgoingRecord {
  const carried: Record<string, Uint8Array> = {};
  for (const [name, bytes] of Object.entries(from.record.headers)) if (bytes) carried[name] = bytes;
  return {
    topic,
    key: from.record.key,
    value: from.record.value,
    headers: {
      ...carried,
      code: reason.code,
      detail: reason.detail.slice(0, 1000),
      topic: from.topic,
      partition: String(from.record.partition),
      offset: String(from.record.offset),
    },
  };
}
