/** The closed word lists of product.md §1 and §2; one list per idea, so that schemas and rules share them. */

/** Who set an event off (product.md W3). */
export const EVENT_SOURCES = ["subscriber", "admin", "api", "import", "automation", "system"] as const;
export type EventSource = (typeof EVENT_SOURCES)[number];

/** W3: the boxes of a webhook's source filter; every event source falls under one of them. */
export const SOURCE_BOXES = ["subscriber", "admin", "api"] as const;
export type SourceBox = (typeof SOURCE_BOXES)[number];

/** product.md §1: what a webhook is for. */
export const WEBHOOK_KINDS = ["events", "audience", "journey_point", "touchpoint"] as const;
export type WebhookKind = (typeof WEBHOOK_KINDS)[number];

/** Those made by `POST /v1/webhooks`. The others belong to a journey (W4) or a campaign (W5), which set them off. */
export const SUBSCRIBED_KINDS = ["events", "audience"] as const satisfies readonly WebhookKind[];
export type SubscribedKind = (typeof SUBSCRIBED_KINDS)[number];

/** D9. Only `active` and `recovering` webhooks are sent to. */
export const WEBHOOK_STATUSES = ["active", "inactive", "auto_disabled", "recovering", "plan_locked"] as const;
export type WebhookStatus = (typeof WEBHOOK_STATUSES)[number];

/** Why a webhook is `auto_disabled`: the shared rule (D5), `410 Gone` (D11), or a backlog over quota. */
export const DISABLE_REASONS = ["error_rate", "gone", "backlog"] as const;
export type DisableReason = (typeof DISABLE_REASONS)[number];

/** D5: which webhooks a trip of the shared rule disables. */
export const DISABLE_POLICIES = ["worst", "last", "contributors", "all"] as const;
export type DisablePolicy = (typeof DISABLE_POLICIES)[number];

/** api.md §2, deliveries. `pending` and `retrying` are open, the rest is settled. */
export const DELIVERY_STATUSES = [
  "pending",
  "retrying",
  "delivered",
  "dead_letter",
  "skipped",
  "cancelled",
] as const;
export type DeliveryStatus = (typeof DELIVERY_STATUSES)[number];

/** What an attempt goes back to: an event, a resend, a test call (O2). */
export const ATTEMPT_TRIGGERS = ["automatic", "manual", "test"] as const;
export type AttemptTrigger = (typeof ATTEMPT_TRIGGERS)[number];

/** Why an attempt failed, as shown to users. All of these count for the shared rule. */
export const ATTEMPT_ERRORS = [
  /** A status outside the webhook's `successStatus`; redirects are such. */
  "status",
  /** No complete status line within the time limit (D1). */
  "timeout",
  "connection_refused",
  "connection_reset",
  "dns_not_found",
  "tls",
  /** The answer was not HTTP. */
  "protocol",
  /** The address is private, loopback, link-local or metadata (O6). */
  "destination_refused",
  /** The token endpoint refused, or gave no token that can be sent (D12): nothing was sent to the receiver. */
  "token_refused",
  /** The token endpoint could not be reached or broke (D12): nothing was sent to the receiver. */
  "token_unavailable",
  /** The webhook's own body could not be made of the event (D12): nothing was sent. */
  "template",
] as const;
export type AttemptError = (typeof ATTEMPT_ERRORS)[number];

/** D16: faults of our own side. They are neither attempts nor errors of the receiver. */
export const OWN_FAULTS = [
  "aborted",
  "sockets_exhausted",
  "network_unreachable",
  "resolver_unavailable",
] as const;
export type OwnFault = (typeof OWN_FAULTS)[number];

/** Why a delivery is given up after a failed attempt (D3, D11, D12). */
export const DEAD_LETTER_REASONS = ["retries_exhausted", "gone", "template_failed"] as const;
export type DeadLetterReason = (typeof DEAD_LETTER_REASONS)[number];

/** Why a settled delivery was never or no longer sent. */
export const SETTLE_REASONS = [
  ...DEAD_LETTER_REASONS,
  "inactive",
  "auto_disabled",
  "plan_locked",
  "older_generation",
  "webhook_deleted",
  /** The contact a touchpoint's request was about is gone (W5). */
  "contact_deleted",
] as const;
export type SettleReason = (typeof SETTLE_REASONS)[number];

/**
 * api.md §2, explain: why a webhook did not get an event; `recovering`: its recovery sends it in its turn (ADR 0019).
 */
export const UNMATCHED_REASONS = [
  "event_type",
  "source",
  "audience",
  "filter",
  "inactive",
  "auto_disabled",
  "recovering",
  "plan_locked",
  "suppressed",
  "journey_not_active",
] as const;
export type UnmatchedReason = (typeof UNMATCHED_REASONS)[number];

/** D10: Standard Webhooks' symmetric scheme (`v1`) and its asymmetric one (`v1a`). */
export const SIGNATURE_SCHEMES = ["hmac-sha256", "ed25519"] as const;
export type SignatureScheme = (typeof SIGNATURE_SCHEMES)[number];

/** D12: content types a request can have. */
export const CONTENT_TYPES = [
  "application/json",
  "application/x-www-form-urlencoded",
  "multipart/form-data",
] as const;
export type ContentType = (typeof CONTENT_TYPES)[number];

/** O5, api.md §2. */
export const API_KEY_SCOPES = ["read", "write", "ingest"] as const;
export type ApiKeyScope = (typeof API_KEY_SCOPES)[number];

/** O5: what the audit log tells changes of, and what somebody set going or called off by hand. */
export const AUDIT_OBJECTS = [
  "workspace",
  "api_key",
  "event_type",
  "webhook",
  "plan",
  "scheduled_event",
  "job",
  "resend",
  "audience",
  "segment",
  "tag",
  "contact_import",
  "journey",
  "campaign",
  "touchpoint",
] as const;
export type AuditObject = (typeof AUDIT_OBJECTS)[number];

/** W8: what a failed check against an event type's schema does at ingest. */
export const VALIDATION_MODES = ["reject", "warn", "off"] as const;
export type ValidationMode = (typeof VALIDATION_MODES)[number];

export const LANGUAGES = ["en", "fr"] as const;
export type Language = (typeof LANGUAGES)[number];
