import type { LoggedEventStatus } from "@hooklane/contracts";
import type {
  DeliveryId,
  EndpointId,
  EventId,
  EventSource,
  RecordId,
  UnmatchedReason,
  WebhookId,
  WorkspaceId,
} from "@hooklane/core";
import { mongo } from "mongoose";

/** Place of a record in `events.v1`. */
export interface EventPosition {
  readonly partition: number;
  /** Raised when the partition's log was cut or replaced (lanes.md §4). */
  readonly epoch: number;
  readonly offset: number;
}

/** One delivery an event leads to, as decided: a replay produces exactly this (architecture.md §1.6). */
export interface DecidedDelivery {
  readonly webhookId: WebhookId;
  readonly generation: number;
  readonly version: number;
  readonly endpointId: EndpointId;
  /** The endpoint's on `deliveries.v1`. */
  readonly partition: number;
  /** Place among the deliveries of this event, from 0. */
  readonly ordinal: number;
  readonly deliveryId: DeliveryId;
}

/** Why a webhook that asked for the event's type does not get it. */
export interface DecidedAgainst {
  readonly webhookId: WebhookId;
  readonly reason: Exclude<UnmatchedReason, "event_type">;
}

/** What the router decided for an event. */
export interface RoutingDecision {
  /** In the order of their ordinals. */
  readonly matched: readonly DecidedDelivery[];
  readonly unmatched: readonly DecidedAgainst[];
}

/** An event as the log keeps it. */
export interface LoggedEvent {
  readonly workspaceId: WorkspaceId;
  /** Unique in the workspace; an event's own record has its event id. */
  readonly recordId: RecordId;
  readonly eventId: EventId;
  readonly position: EventPosition;
  readonly type: string;
  /** As the producer wrote it. */
  readonly timestamp: string;
  readonly source: EventSource;
  readonly acceptedAt: Date;
  readonly status: LoggedEventStatus;
  /** W8, mode `warn`: what did not fit the schema. */
  readonly schemaWarning?: string;
  /** O3: what it is or was scheduled for. */
  readonly deliverAt?: Date;
  /** Of a resend: the delivery it sends once more. A resend is a record of its own, of the same event. */
  readonly resendOf?: DeliveryId;
  /** The event's exact JSON bytes. */
  readonly body: Uint8Array;
  readonly decision: RoutingDecision;
  /** When the log may forget it. */
  readonly expiresAt: Date;
}

/** A document of `events`: `_id` is `<workspace>:<recordId>`. */
export interface EventDocument extends Omit<LoggedEvent, "recordId" | "body"> {
  readonly _id: string;
  readonly body: mongo.Binary;
  /** Of a scheduled event: its release was routed and stands for it from then on. */
  readonly released?: true;
}

/** `_id` of a record of a workspace. */
export const toEventDocumentId = (workspaceId: WorkspaceId, recordId: RecordId): string =>
  `${workspaceId}:${recordId}`;

/** The body's bytes are not copied. */
export function toEventDocument({ recordId, body, ...event }: LoggedEvent): EventDocument {
  return {
    _id: toEventDocumentId(event.workspaceId, recordId),
    ...event,
    body: new mongo.Binary(body),
  };
}

export function toLoggedEvent({ _id, body, released: _, ...event }: EventDocument): LoggedEvent {
  // Workspace ids have no colon, record ids may.
  return { ...event, recordId: _id.slice(event.workspaceId.length + 1) as RecordId, body: body.value() };
}
