import { createHash } from "node:crypto";
import type { ContentType } from "@hooklane/core";
import type { RequestRecord } from "./request-record.js";
import { rawMember } from "./raw-member.js";

/** The bytes of a request and the content type that tells how to read them. */
export interface RequestBody {
  readonly bytes: Uint8Array;
  readonly contentType: string;
}

const OPEN = Buffer.from("[");
const COMMA = Buffer.from(",");
const CLOSE = Buffer.from("]");

/**
 * The body of a request (product.md §4, D8, D12): the event's own bytes, or an array of them, joined and never
 * serialised anew; or the form types with the event's fields. The same records give the same bytes, so a retry is the
 * same request.
 */
export function buildBody(
  records: readonly RequestRecord[],
  batched: boolean,
  contentType: ContentType,
): RequestBody {
  switch (contentType) {
    case "application/json":
      return { bytes: toJson(records, batched), contentType };
    case "application/x-www-form-urlencoded":
      return {
        bytes: Buffer.from(new URLSearchParams(toFields(records, batched)).toString()),
        contentType,
      };
    case "multipart/form-data":
      return toMultipart(toFields(records, batched), records[0]?.facts.deliveryId ?? "");
  }
}

function toJson(records: readonly RequestRecord[], batched: boolean): Uint8Array {
  const [first] = records;
  if (!batched && first !== undefined) return first.body;
  const parts: Uint8Array[] = [OPEN];
  for (const [index, record] of records.entries()) {
    if (index > 0) parts.push(COMMA);
    parts.push(record.body);
  }
  parts.push(CLOSE);
  return Buffer.concat(parts);
}

/** A single event as its five fields, `data` as JSON text; a batch as one field with the array. */
function toFields(records: readonly RequestRecord[], batched: boolean): [name: string, value: string][] {
  const json = Buffer.from(toJson(records, batched)).toString();
  if (batched) return [["events", json]];
  const event = JSON.parse(json) as Record<string, unknown>;
  const text = (name: string): [string, string] => {
    const value = event[name];
    return [name, typeof value === "string" ? value : ""];
  };
  return [
    text("id"),
    text("type"),
    text("timestamp"),
    text("source"),
    ["data", rawMember(json, "data") ?? "null"],
  ];
}

function toMultipart(fields: readonly [string, string][], deliveryId: string): RequestBody {
  const boundary = chooseBoundary(fields, deliveryId);
  const parts = fields.map(
    ([name, value]) =>
      `--${boundary}\r\ncontent-disposition: form-data; name="${name}"\r\n` +
      `content-type: ${name === "data" || name === "events" ? "application/json" : "text/plain; charset=utf-8"}\r\n` +
      `\r\n${value}\r\n`,
  );
  return {
    bytes: Buffer.from(`${parts.join("")}--${boundary}--\r\n`),
    contentType: `multipart/form-data; boundary=${boundary}`,
  };
}

/** From the delivery's id, so that a retry is the same bytes; and not in the content, whoever wrote that. */
function chooseBoundary(fields: readonly [string, string][], deliveryId: string): string {
  for (let round = 0; ; round++) {
    const boundary = `hooklane-${createHash("sha256").update(`${deliveryId}:${round}`).digest("hex").slice(0, 32)}`;
    if (!fields.some(([, value]) => value.includes(boundary))) return boundary;
  }
}
