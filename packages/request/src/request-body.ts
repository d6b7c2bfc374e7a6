import { createHash } from "node:crypto";
import { type ContentType, RENDERED_BODY_BYTES_MAX } from "@hooklane/core";
import type { RequestRecord } from "./request-record.js";
import { rawMember } from "./raw-member.js";
import type { BodyTemplate, RenderedField } from "./template.js";
import { tooLong } from "./template-output.js";
import { type TemplateFailure, toRenderFailure } from "./template-fault.js";

/** The bytes of a request and the content type that tells how to read them. */
export interface RequestBody {
  readonly bytes: Uint8Array;
  readonly contentType: string;
}

interface FormField extends RenderedField {
  readonly isJson?: boolean;
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
      return { bytes: toUrlencoded(toFields(records, batched)), contentType };
    case "multipart/form-data":
      return toMultipart(toFields(records, batched), records[0]?.facts.deliveryId ?? "");
  }
}

/**
 * The body a webhook's own template makes of one event (product.md D12). The same event gives the same bytes, so a retry
 * is the same request.
 */
export function buildOwnBody(
  record: RequestRecord,
  template: BodyTemplate,
  contentType: ContentType,
): RequestBody | TemplateFailure {
  const rendered = template.render(record.body);
  if (typeof rendered === "object" && "kind" in rendered) return rendered;
  const body = encode(rendered, record, contentType);
  return body.bytes.length > RENDERED_BODY_BYTES_MAX ? toRenderFailure(tooLong()) : body;
}

function encode(
  rendered: string | readonly RenderedField[],
  { facts }: RequestRecord,
  contentType: ContentType,
): RequestBody {
  if (typeof rendered === "string") return { bytes: Buffer.from(rendered), contentType };
  return contentType === "multipart/form-data"
    ? toMultipart(rendered, facts.deliveryId)
    : { bytes: toUrlencoded(rendered), contentType };
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
function toFields(records: readonly RequestRecord[], batched: boolean): FormField[] {
  const json = Buffer.from(toJson(records, batched)).toString();
  if (batched) return [{ name: "events", value: json, isJson: true }];
  const event = JSON.parse(json) as Record<string, unknown>;
  const text = (name: string): FormField => {
    const value = event[name];
    return { name, value: typeof value === "string" ? value : "" };
  };
  return [
    text("id"),
    text("type"),
    text("timestamp"),
    text("source"),
    { name: "data", value: rawMember(json, "data") ?? "null", isJson: true },
  ];
}

const toUrlencoded = (fields: readonly FormField[]): Uint8Array =>
  Buffer.from(
    new URLSearchParams(fields.map(({ name, value }): [string, string] => [name, value])).toString(),
  );

function toMultipart(fields: readonly FormField[], deliveryId: string): RequestBody {
  const boundary = chooseBoundary(fields, deliveryId);
  const parts = fields.map(
    ({ name, value, isJson }) =>
      // As browsers do it: a name of a user's own may have a quote in it.
      `--${boundary}\r\ncontent-disposition: form-data; name="${name.replaceAll('"', "%22")}"\r\n` +
      `content-type: ${isJson === true ? "application/json" : "text/plain; charset=utf-8"}\r\n` +
      `\r\n${value}\r\n`,
  );
  return {
    bytes: Buffer.from(`${parts.join("")}--${boundary}--\r\n`),
    contentType: `multipart/form-data; boundary=${boundary}`,
  };
}

/** From the delivery's id, so that a retry is the same bytes; and not in the content, whoever wrote that. */
function chooseBoundary(fields: readonly FormField[], deliveryId: string): string {
  for (let round = 0; ; round++) {
    const boundary = `hooklane-${createHash("sha256").update(`${deliveryId}:${round}`).digest("hex").slice(0, 32)}`;
    if (!fields.some(({ value }) => value.includes(boundary))) return boundary;
  }
}
