import { isUtf8 } from "node:buffer";
import type { RejectCode } from "@hooklane/contracts";
import { asWorkspaceId, type WorkspaceId } from "@hooklane/core";
import { type ConsumedRecord, headerText } from "@hooklane/kafka";
import { type EventText, inspectEvent } from "../event/event-text.js";

/** First byte of Confluent's wire format; JSON never begins with it. */
const WIRE_FORMAT = 0;

/** What a value in Confluent's wire format turned out to be. */
export type WireValue =
  | { readonly kind: "decoded"; readonly value: unknown }
  | {
      readonly kind: "refused";
      readonly code: RejectCode;
      readonly detail: string;
    }
  /** The registry does not answer and its schema is not known yet: to be asked again. */
  | { readonly kind: "unavailable"; readonly detail: string };

/** Decodes Confluent's wire format; a promise only for a schema id not known yet, settled within a time limit. */
export type DecodeWire = (bytes: Buffer) => WireValue | Promise<WireValue>;

/** A record of `inbound.v1`, read as far as its value. */
export interface InboundEvent {
  readonly workspaceId: WorkspaceId;
  readonly value: unknown;
  /** What the JSON text tells; absent where there was none. */
  readonly text: EventText | undefined;
}

export type ReadInbound =
  | { readonly kind: "event"; readonly event: InboundEvent }
  | { readonly kind: "refused"; readonly code: RejectCode; readonly detail: string }
  | { readonly kind: "unavailable"; readonly detail: string };

/**
 * Reads a record of `inbound.v1` (product.md §4): the workspace from header `workspace-id`, or else from the key; the
 * event's id from the event, or else from header `event-id`; the value by its first byte. A promise only where the schema
 * registry is asked. Never throws, never rejects.
 *
 * @param decodeWire undefined where no schema registry is configured
 */
export function readInbound(
  record: ConsumedRecord,
  decodeWire: DecodeWire | undefined,
): ReadInbound | Promise<ReadInbound> {
  const { value: bytes } = record;
  if (bytes === null || bytes.byteLength === 0) return refused("empty_value", "The record has no value");
  const workspace = headerText(record.headers, "workspace-id") ?? record.key?.toString() ?? "";
  if (workspace === "") {
    return refused("missing_workspace", "The record has neither key nor header workspace-id");
  }
  const workspaceId = asWorkspaceId(workspace);
  const eventId = headerText(record.headers, "event-id");
  if (bytes[0] !== WIRE_FORMAT) return toRead(readJson(bytes), workspaceId, eventId);
  if (!decodeWire) {
    return refused(
      "undecodable_value",
      "The value is in Confluent wire format and no registry is configured",
    );
  }
  const decoded = decodeWire(bytes);
  return decoded instanceof Promise
    ? decoded.then((value) => toRead(fromWire(value), workspaceId, eventId))
    : toRead(fromWire(decoded), workspaceId, eventId);
}

type ReadValue =
  | { readonly kind: "value"; readonly value: unknown; readonly text: EventText | undefined }
  | Exclude<ReadInbound, { kind: "event" }>;

function readJson(bytes: Buffer): ReadValue {
  if (!isUtf8(bytes)) return refused("malformed_json", "The value is not UTF-8");
  const json = bytes.toString();
  try {
    return { kind: "value", value: JSON.parse(json) as unknown, text: inspectEvent(json) };
  } catch {
    return refused("malformed_json", "The value is not JSON");
  }
}

function fromWire(decoded: WireValue): ReadValue {
  return decoded.kind === "decoded"
    ? { kind: "value", value: withoutNulls(decoded.value), text: undefined }
    : decoded;
}

function toRead(read: ReadValue, workspaceId: WorkspaceId, eventId: string | undefined): ReadInbound {
  if (read.kind !== "value") return read;
  return {
    kind: "event",
    event: { workspaceId, value: withDefaultId(read.value, eventId), text: read.text },
  };
}

/** Avro and Protobuf write an absent optional field as null. Only the event's own fields: data is the producer's. */
function withoutNulls(value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== null));
}

function withDefaultId(value: unknown, id: string | undefined): unknown {
  if (id === undefined || typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.hasOwn(value, "id") ? value : { ...value, id };
}

function refused(code: RejectCode, detail: string): { kind: "refused"; code: RejectCode; detail: string } {
  return { kind: "refused", code, detail };
}
