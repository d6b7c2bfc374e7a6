import {
  ATTEMPT_ERRORS,
  ATTEMPT_TRIGGERS,
  DEAD_LETTER_REASONS,
  SETTLE_REASONS,
  type WorkspaceId,
} from "@hooklane/core";
import { z } from "zod";
import { type Decoded, decodeJson, type OutgoingRecord, type RawRecord } from "./codec.js";
import { deliveryId, endpointId, eventId, webhookId, workspaceId } from "./ids.js";

const count = z.number().int().nonnegative();

const deliveryRef = z.object({
  id: deliveryId,
  eventId,
  type: z.string().min(1),
  /** Milliseconds since 1970: when the event was accepted. */
  acceptedAt: count,
});

const attemptResult = z.object({
  kind: z.literal("attempt"),
  webhookId,
  generation: count,
  endpointId,
  /** One for a single, up to 100 for a batch: one request, one attempt of each. */
  deliveries: z.array(deliveryRef).min(1).max(100),
  batchId: z.string().optional(),
  /** Counted from 1. */
  number: count.min(1),
  trigger: z.enum(ATTEMPT_TRIGGERS),
  /** Epoch of the partition's lease: an attempt repeated after a crash is another one (architecture.md §3). */
  epoch: count,
  /** Milliseconds since 1970. */
  startedAt: count,
  durationMs: z.number().nonnegative(),
  statusCode: z.number().int().optional(),
  error: z.enum(ATTEMPT_ERRORS).optional(),
  /** What the user may read of the error: no addresses of ours, no secrets. */
  errorDetail: z.string().max(500).optional(),
  /** The first bytes of the answer's body, as text. */
  responseHead: z.string().max(1024).optional(),
  /** What the attempt led to. `retrying` carries `nextAttemptAt`. */
  next: z.discriminatedUnion("kind", [
    z.object({ kind: z.literal("delivered") }),
    z.object({ kind: z.literal("retrying"), nextAttemptAt: count }),
    z.object({ kind: z.literal("dead_letter"), reason: z.enum(DEAD_LETTER_REASONS) }),
    z.object({ kind: z.literal("skipped"), reason: z.enum(SETTLE_REASONS) }),
  ]),
});

const settledResult = z.object({
  kind: z.literal("settled"),
  webhookId,
  generation: count,
  endpointId,
  deliveries: z.array(deliveryRef).min(1).max(100),
  epoch: count,
  /** Milliseconds since 1970. */
  at: count,
  status: z.enum(["skipped", "cancelled", "dead_letter"]),
  reason: z.enum(SETTLE_REASONS),
});

const deliveryResult = z.discriminatedUnion("kind", [attemptResult, settledResult]);

const resultRecord = z.object({ v: z.literal(1), workspaceId, results: z.array(deliveryResult).min(1) });

/** One HTTP request and what it led to. */
export type AttemptResult = z.infer<typeof attemptResult>;
/** A delivery settled without a request of its own: skipped, cancelled, given up. */
export type SettledResult = z.infer<typeof settledResult>;
export type DeliveryResult = z.infer<typeof deliveryResult>;

export interface ResultRecord {
  readonly workspaceId: WorkspaceId;
  readonly results: readonly DeliveryResult[];
}

/** Reads a record of `attempts.v1`: results of one workspace, oldest first. */
export function decodeResults(raw: RawRecord): Decoded<ResultRecord> {
  const decoded = decodeJson(raw.value, resultRecord);
  return decoded.ok ? decoded : { ...decoded, detail: `value: ${decoded.detail}` };
}

const utf8 = new TextEncoder();

/** Makes a record of `attempts.v1`; all results are of one workspace. Keyed by workspace, partition by the key's hash. */
export function encodeResults(
  topic: string,
  workspace: WorkspaceId,
  results: readonly DeliveryResult[],
): OutgoingRecord {
  return {
    topic,
    key: workspace,
    value: utf8.encode(JSON.stringify({ v: 1, workspaceId: workspace, results })),
  };
}
