import type { LoggedEventStatus } from "@hooklane/contracts";
import type {
  ContactId,
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
import type { DocumentSecrets } from "../secrets/document-secrets.js";
import type { SealedBytes, SealedPlace } from "../secrets/sealed-bytes.js";

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

/** A webhook that should have got an event and did not, as it was not sent to (docs/adr/0019). */
export interface OwedTo {
  readonly webhookId: WebhookId;
  /** The webhook's when it did not get it. */
  readonly generation: number;
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
  /** The contact of ours it is about, as its record says: a resend of it is not to leave once that is deleted (W5). */
  readonly contactId?: ContactId;
  /** O3: what it is or was scheduled for. */
  readonly deliverAt?: Date;
  /** Of a resend: the delivery it sends once more. A resend is a record of its own, of the same event. */
  readonly resendOf?: DeliveryId;
  /** Of a resend by a recovery: there never was a delivery `resendOf`, as the webhook was not sent to. */
  readonly isFirst?: true;
  /** A test event (product.md O2): to one webhook, and never sent again. */
  readonly isTest?: true;
  /** Webhooks that did not get it as they were not sent to; absent: none. */
  readonly owed?: readonly OwedTo[];
  /** The event's JSON as it may be shown: without the fields the workspace does not have stored (product.md O1). */
  readonly shownBody: Uint8Array;
  readonly decision: RoutingDecision;
  /** When the log may forget it. */
  readonly expiresAt: Date;
}

/** An event as it is brought into the log. */
export interface NewLoggedEvent extends LoggedEvent {
  /** The event's exact JSON bytes, kept sealed; absent where `shownBody` is just that. */
  readonly originalBody?: Uint8Array;
}

/** A document of `events`: `_id` is `<workspace>:<recordId>`. */
export interface EventDocument extends Omit<LoggedEvent, "recordId" | "shownBody"> {
  readonly _id: string;
  /** As it may be shown. */
  readonly body: mongo.Binary;
  /** The event's exact bytes, where they may not be shown (docs/adr/0023). */
  readonly sealed?: SealedBytes;
  /** Of a scheduled event: its release was routed and stands for it from then on. */
  readonly released?: true;
}

/** Whether the record is an event's own, or the release of one that was kept: no resend and no test. */
export const isFirstRecord = ({ resendOf, isTest }: Pick<EventDocument, "resendOf" | "isTest">): boolean =>
  resendOf === undefined && !isTest;

/** Of a resend, the delivery that it sends once more: undefined where there never was one. */
export const resentDeliveryOf = ({
  resendOf,
  isFirst,
}: Pick<EventDocument, "resendOf" | "isFirst">): DeliveryId | undefined => (isFirst ? undefined : resendOf);

/** `_id` of a record of a workspace. */
export const toEventDocumentId = (workspaceId: WorkspaceId, recordId: RecordId): string =>
  `${workspaceId}:${recordId}`;

/** What lists leave out. */
export const WITHOUT_BYTES = { body: 0, sealed: 0 } as const;

/** Where the exact bytes of an event are sealed. */
export const toSealedEventPlace = (documentId: string): SealedPlace => ({ collection: "events", documentId });

/**
 * Bytes that are not sealed are not copied.
 *
 * @throws SecretError `no_key` when there is something to seal and nothing to do it with
 */
export function toEventDocument(
  { recordId, shownBody, originalBody, ...event }: NewLoggedEvent,
  secrets: Pick<DocumentSecrets, "sealBytes">,
): EventDocument {
  const _id = toEventDocumentId(event.workspaceId, recordId);
  return {
    _id,
    ...event,
    body: new mongo.Binary(shownBody),
    ...(originalBody && { sealed: secrets.sealBytes(originalBody, toSealedEventPlace(_id)) }),
  };
}

export function toLoggedEvent({ _id, body, released: _, sealed: __, ...event }: EventDocument): LoggedEvent {
  // Workspace ids have no colon, record ids may.
  return { ...event, recordId: _id.slice(event.workspaceId.length + 1) as RecordId, shownBody: body.value() };
}
