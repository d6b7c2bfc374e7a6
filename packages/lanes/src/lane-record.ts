import type {
  AttemptTrigger,
  ContactId,
  DeliveryId,
  EndpointId,
  EventId,
  WebhookId,
  WorkspaceId,
} from "@hooklane/core";
import type { Position } from "./position.js";
import type { SourcePosition } from "./source-marks.js";

/** What a record of `deliveries.v1` says beside its body. */
export interface DeliveryFacts {
  readonly workspaceId: WorkspaceId;
  readonly webhookId: WebhookId;
  /** Of the webhook, when the router decided. */
  readonly generation: number;
  /** Of the webhook's configuration, when the router decided. */
  readonly version: number;
  readonly endpointId: EndpointId;
  readonly deliveryId: DeliveryId;
  readonly eventId: EventId;
  readonly type: string;
  /** The contact it is about: once that is deleted, it is cancelled (product.md W5). */
  readonly contactId?: ContactId | undefined;
  /** It was deleted before this was put in line. */
  readonly isContactDeleted?: true | undefined;
  readonly trigger: AttemptTrigger;
  /** Milliseconds since 1970. */
  readonly acceptedAt: number;
  readonly source: SourcePosition;
  /** Where it stands in its trace (W3C Trace Context), for who sends it; nothing to the lanes. */
  readonly traceparent?: string | undefined;
  readonly tracestate?: string | undefined;
}

/** A delivery as it is stored and read: in the log, or in the backlog. */
export interface StoredDelivery {
  readonly position: Position;
  readonly facts: DeliveryFacts;
  /** The event's exact bytes; not shared with a fetch buffer (lanes.md §2.5). */
  readonly body: Uint8Array;
}

/** One delivery in a lane. */
export interface LaneRecord extends StoredDelivery {
  readonly webhookId: WebhookId;
  readonly generation: number;
  /** Milliseconds, the lane's clock; long ago for one from the backlog, which has waited enough for its batch. */
  readonly enqueuedAt: number;
  readonly bodyBytes: number;
  /** A test event (product.md O2): attempted once, by itself, and no error of the shared rule. */
  readonly isTest: boolean;
  /** A request of its own, whatever its webhook's batching: a test, or about a contact, whose deletion cancels it alone. */
  readonly isAlone: boolean;
  /** Read from the backlog: its offset is resolved, its lane's cursor tells how far it is. */
  readonly isFromBacklog: boolean;
}

/** What a queued record costs beside its body, roughly: objects, strings, places in maps. Bytes. */
export const RECORD_OVERHEAD_BYTES = 1024;

/** A delivery as it comes from the log. */
export function fromLog(delivery: StoredDelivery, now: number): LaneRecord {
  return toLaneRecord(delivery, now, false);
}

/** A delivery as it comes from the backlog. */
export function fromBacklog(delivery: StoredDelivery): LaneRecord {
  return toLaneRecord(delivery, -Infinity, true);
}

function toLaneRecord(
  { position, facts, body }: StoredDelivery,
  enqueuedAt: number,
  isFromBacklog: boolean,
): LaneRecord {
  const { webhookId, generation } = facts;
  const isTest = facts.trigger === "test";
  return {
    position,
    facts,
    body,
    webhookId,
    generation,
    enqueuedAt,
    bodyBytes: body.length,
    isTest,
    isAlone: isTest || facts.contactId !== undefined,
    isFromBacklog,
  };
}
