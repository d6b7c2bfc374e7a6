/** Branded identifiers (style.md §4): a string of one kind is never taken for another. */
declare const brand: unique symbol;
type Id<Kind extends string> = string & { readonly [brand]: Kind };

/** `ws_…`: a tenant (product.md §1). */
export type WorkspaceId = Id<"WorkspaceId">;
/** `key_…`: an API key of a workspace; the key itself is `hl_live_…` and is never stored. */
export type ApiKeyId = Id<"ApiKeyId">;
/** `wh_…`: what a user configured to receive events. */
export type WebhookId = Id<"WebhookId">;
/** `ep_…`: owner of an ordered line, one per (workspace, normalised URL). */
export type EndpointId = Id<"EndpointId">;
/** An event's own id: the producer's, or one we gave. Unique in its workspace. */
export type EventId = Id<"EventId">;
/** Identity of a record of `events.v1`; the event log dedupes by it (architecture.md §3, router). */
export type RecordId = Id<"RecordId">;
/** `dl_…`: one event to one webhook, until settled. */
export type DeliveryId = Id<"DeliveryId">;

/** `au_…`: an audience kept here. One that an upstream application keeps has whatever id that gives it. */
export type AudienceId = Id<"AudienceId">;
/** `seg_…`: the contacts of an audience that meet conditions. */
export type SegmentId = Id<"SegmentId">;
/** `ct_…`: a person in an audience. */
export type ContactId = Id<"ContactId">;
/** `jn_…`: the path of contacts, with points that send requests (W4). */
export type JourneyId = Id<"JourneyId">;
/** `cp_…`: what its touchpoints send at their time (W5). */
export type CampaignId = Id<"CampaignId">;

export const asWorkspaceId = (text: string): WorkspaceId => text as WorkspaceId;
export const asApiKeyId = (text: string): ApiKeyId => text as ApiKeyId;
export const asWebhookId = (text: string): WebhookId => text as WebhookId;
export const asEndpointId = (text: string): EndpointId => text as EndpointId;
export const asEventId = (text: string): EventId => text as EventId;
export const asRecordId = (text: string): RecordId => text as RecordId;
export const asDeliveryId = (text: string): DeliveryId => text as DeliveryId;

export const asAudienceId = (text: string): AudienceId => text as AudienceId;
export const asSegmentId = (text: string): SegmentId => text as SegmentId;
export const asContactId = (text: string): ContactId => text as ContactId;
export const asJourneyId = (text: string): JourneyId => text as JourneyId;
export const asCampaignId = (text: string): CampaignId => text as CampaignId;

/** The record id of a control record (architecture.md §3): one per webhook and version, so repeats are dropped. */
export const toControlRecordId = (webhookId: WebhookId, version: number): RecordId =>
  asRecordId(`ctl:${webhookId}:${version}`);

/** The record id of a scheduled event's release (architecture.md §3): released by two at once, it is routed once. */
export const toReleaseRecordId = (eventId: EventId): RecordId => asRecordId(`rel:${eventId}`);

/**
 * The record id of a resend (architecture.md §3).
 *
 * @param job one decision to resend: the same delivery resent under another job is another delivery
 * @param deliveryId the delivery resent
 */
export const toResendRecordId = (job: string, deliveryId: DeliveryId): RecordId =>
  asRecordId(`rs:${job}:${deliveryId}`);

/**
 * The record id of a test event (product.md O2), and the event's own id: nobody else's, and told apart by whoever reads it.
 *
 * @param call unique for the call that asked for it
 */
export const toTestRecordId = (call: string): RecordId => asRecordId(`test:${call}`);

/** The record id of a recovery's begin (ADR 0019). */
export const toRecoveryBeginRecordId = (recovery: string): RecordId => asRecordId(`rec:${recovery}`);

/** The record id of a recovery's n-th end (ADR 0019): each is decided once. */
export const toRecoveryEndRecordId = (recovery: string, number: number): RecordId =>
  asRecordId(`end:${recovery}:${number}`);

/** The record id of a touchpoint's event about one contact (W5), and the event's own id: put in line by two at once, it is routed once. */
export const toTouchpointRecordId = (touchpointId: WebhookId, contactId: ContactId): RecordId =>
  asRecordId(`tp:${touchpointId}:${contactId}`);

/**
 * The record id of an event that tells of a contact's change (W6b), and the event's own id.
 *
 * @param version the contact's, raised by every change
 * @param ordinal one change can be told by several events
 */
export const toContactRecordId = (contactId: ContactId, version: number, ordinal: number): RecordId =>
  asRecordId(`ct:${contactId}:${version}:${ordinal}`);

/** The record id of the event that ends an import (W6b), and the event's own id. */
export const toImportEndRecordId = (job: string): RecordId => asRecordId(`imp:${job}`);
