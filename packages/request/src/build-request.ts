import { createHash } from "node:crypto";
import { formatSignatures, signedContentPrefix, type TraceContext } from "@hooklane/core";
import type { RequestRecord } from "./request-record.js";
import { buildBody, buildOwnBody, type RequestBody } from "./request-body.js";
import { type RequestProfile, toBearer } from "./request-profile.js";
import { sign } from "./signing-key.js";
import type { TemplateFailure } from "./template-fault.js";

/** What is to be written to the receiver. */
export interface BuiltRequest {
  readonly profile: RequestProfile;
  readonly headers: string[];
  readonly body: Uint8Array;
}

/** What a request is made from, beside the webhook's profile. */
export interface RequestSubject {
  /** Not empty. */
  readonly records: readonly RequestRecord[];
  readonly batched: boolean;
  /** Counted from 1. */
  readonly attempt: number;
  /** Of a webhook with `oauth2`: it lives shorter than the webhook's profile. */
  readonly accessToken?: string | undefined;
  /** What the receiver is told of the trace; undefined: nothing. */
  readonly trace?: TraceContext | undefined;
}

/**
 * Builds one attempt's request (product.md D10, D12): signed anew with the time of this attempt by every secret that
 * has not expired; the signature covers the exact bytes.
 *
 * @param wallNow milliseconds since 1970
 * @returns why there is none when the webhook's own body cannot be made of the event (`kind` tells them apart)
 */
export function buildRequest(
  subject: RequestSubject,
  profile: RequestProfile,
  wallNow: number,
): BuiltRequest | TemplateFailure {
  const { records, batched, attempt } = subject;
  const body = toBody(subject, profile);
  if ("kind" in body) return body;
  const { bytes, contentType } = body;
  const id = toWebhookIdHeader(records, batched);
  const timestamp = Math.floor(wallNow / 1000);
  const headers = profile.headers.slice();
  headers.push(
    "content-type",
    contentType,
    "webhook-id",
    id,
    "webhook-timestamp",
    String(timestamp),
    "webhook-signature",
    toSignatures(signedContentPrefix(id, timestamp), bytes, profile, wallNow),
    "webhook-attempt",
    String(attempt),
  );
  if (subject.accessToken !== undefined) headers.push("authorization", toBearer(subject.accessToken));
  if (subject.trace !== undefined && !profile.namesTrace) pushTrace(headers, subject.trace);
  return { profile, headers, body: bytes };
}

function pushTrace(headers: string[], { traceparent, tracestate }: TraceContext): void {
  headers.push("traceparent", traceparent);
  if (tracestate !== undefined) headers.push("tracestate", tracestate);
}

/** A batch that was frozen before the webhook was given a body of its own stays a batch: a template is of one event. */
function toBody(
  { records, batched }: RequestSubject,
  { template, contentType }: RequestProfile,
): RequestBody | TemplateFailure {
  const [first] = records;
  return template === undefined || batched || first === undefined
    ? buildBody(records, batched, contentType)
    : buildOwnBody(first, template, contentType);
}

function toSignatures(prefix: string, body: Uint8Array, { keys }: RequestProfile, wallNow: number): string {
  const current = keys.filter(({ expiresAt }) => expiresAt === undefined || expiresAt > wallNow);
  return formatSignatures(
    current.map((key) => ({ scheme: key.scheme, base64: sign(key, prefix, body).toString("base64") })),
  );
}

/** Constant over retries: of a single from its delivery, of a batch from its place in the line (lanes.md §6 rule 5). */
function toWebhookIdHeader(records: readonly RequestRecord[], batched: boolean): string {
  const [first] = records;
  if (first === undefined) throw new RangeError("a request without records");
  if (batched) return `msg_${batchSuffix(records, first)}`;
  const { deliveryId } = first.facts;
  return `msg_${deliveryId.slice(deliveryId.indexOf("_") + 1)}`;
}

function batchSuffix(records: readonly RequestRecord[], first: RequestRecord): string {
  const last = records.at(-1) ?? first;
  // A delivery id stands for its place in the line, also when the log is made anew and offsets begin again.
  return createHash("sha256")
    .update(`${first.facts.endpointId}:${first.facts.deliveryId}:${last.facts.deliveryId}`)
    .digest("base64url")
    .slice(0, 32);
}

/** What names a frozen batch in the logs; a single has none. */
export function toBatchId(records: readonly RequestRecord[], batched: boolean): string | undefined {
  return batched ? toWebhookIdHeader(records, true) : undefined;
}
