export * from "./store.js";
export * from "./store-error.js";
export { StoreRefusal } from "./store-refusal.js";
export * from "./transaction.js";
export * from "./secrets/secret-key.js";
export * from "./secrets/document-secrets.js";
export * from "./secrets/secret-key-registry.js";
export * from "./secrets/rotate-secrets.js";
export * from "./collection-indexes.js";
export * from "./page.js";
export * from "./retry-duplicate-key.js";
export * from "./ensure-indexes.js";
export { assertMigrated } from "./migrations/migration-state.js";
export * from "./migrations/prepare-database.js";
export { RELEASE } from "./migrations/release.js";
export * from "./workspaces/workspace.js";
export * from "./workspaces/workspace-repository.js";
export * from "./api-keys/api-key.js";
export * from "./api-keys/api-key-repository.js";
export * from "./api-keys/key-use-recorder.js";
export * from "./audit/audit-context.js";
export {
  type AuditActor,
  type AuditedObject,
  type AuditEntry,
  type AuditOwner,
  INSTALLATION,
} from "./audit/audit-entry.js";
export * from "./audit/audit-log.js";
export * from "./event-types/event-type.js";
export * from "./event-types/event-type-repository.js";
export * from "./endpoints/endpoint.js";
export * from "./endpoints/endpoint-repository.js";
export * from "./webhooks/webhook.js";
export * from "./webhooks/webhook-repository.js";
export type { ExpectedJourney, JourneyMiss } from "./journeys/journey-collection.js";
export * from "./journeys/journey.js";
export * from "./journeys/journey-points.js";
export * from "./journeys/journey-repository.js";
export * from "./event-partitions/event-partitions.js";
export * from "./partition-loads/partition-loads.js";
export * from "./plans/plan.js";
export * from "./plans/plan-enforcer.js";
export * from "./plans/plan-repository.js";
export * from "./plans/plan-sweeps.js";
export * from "./outbox/outbox.js";
export * from "./idempotency/idempotency-store.js";
export * from "./campaigns/campaign.js";
export * from "./campaigns/campaign-repository.js";
export * from "./campaigns/membership.js";
export * from "./campaigns/touchpoint.js";
export * from "./campaigns/touchpoint-contacts.js";
export * from "./campaigns/touchpoint-outcomes.js";
export * from "./campaigns/touchpoint-repository.js";
export * from "./campaigns/touchpoint-runs.js";
export * from "./campaigns/touchpoint-writer.js";
export * from "./config-copy/config-copy.js";
export { type DeliveryOrigin, toDeliveryId } from "./event-log/delivery-id.js";
export * from "./event-log/event-log.js";
export * from "./event-log/explanation.js";
export {
  type DecidedAgainst,
  type DecidedDelivery,
  type EventDocument,
  type EventPosition,
  type LoggedEvent,
  type NewLoggedEvent,
  resentDeliveryOf,
  type RoutingDecision,
  toEventDocumentId,
} from "./event-log/logged-event.js";
export type { EventFilter, EventPlace } from "./event-log/event-query.js";
export * from "./event-log/event-reader.js";
export * from "./delivery-log/delivery-document.js";
export * from "./delivery-log/delivery-cursor.js";
export type { DeliverySelection } from "./delivery-log/delivery-query.js";
export * from "./delivery-log/delivery-log.js";
export * from "./delivery-log/delivery-statistics.js";
export * from "./delivery-log/delivery-walk.js";
export * from "./delivery-log/logged-delivery.js";
export type { LoggedResults } from "./delivery-log/delivery-change.js";
export * from "./endpoint-queue/endpoint-queue-reader.js";
export { type DurationCounts, percentileOfBins } from "./rollups/duration-bins.js";
export * from "./rollups/rollup-range.js";
export { DeliveryRollups, type PlacedResults } from "./rollups/delivery-rollups.js";
export * from "./rollups/rollup-reader.js";
export * from "./scheduled/scheduled-events.js";
export * from "./resends/resend-order.js";
export * from "./resends/resend-records.js";
export * from "./resends/resend-requests.js";
export {
  type JobStatus,
  JOB_STATUSES,
  newResendJob,
  type NewResendJob,
  RESENDABLE_STATUSES,
  type ResendFilter,
  type ResendJob,
  type ResendSkips,
  type ResendTally,
  toSelection,
} from "./resends/resend-job.js";
export * from "./jobs/job-repository.js";
export {
  CONTACT_IMPORT_PHASES,
  CONTACT_IMPORT_STATUSES,
  type ContactImport,
  type ContactImportOptions,
  type ContactImportPhase,
  type ContactImportStatus,
  type ContactImportTally,
  type NewContactImport,
} from "./contact-imports/contact-import.js";
export * from "./contact-imports/contact-import-repository.js";
export * from "./contact-imports/contact-uploads.js";
export * from "./contact-imports/import-errors.js";
export * from "./contact-imports/import-lines.js";
export * from "./contact-imports/import-writer.js";
export * from "./recoveries/recovery-id.js";
export {
  type CollectCursor,
  type DecidedRecoveryEnd,
  type OwedRecord,
  RECOVERIES,
  type Recovery,
  toRecoveryProgress,
} from "./recoveries/recovery.js";
export * from "./recoveries/recovery-repository.js";
export { OwedEvents, type CollectedPart } from "./recoveries/owed-events.js";
export * from "./trips/disabled-notice.js";
export * from "./trips/promise-queue.js";
export * from "./trips/trip-repository.js";
export * from "./trips/webhook-disabler.js";
export * from "./error-windows/error-window-repository.js";
export * from "./partitions/partition-document.js";
export * from "./partitions/partition-repository.js";
export * from "./partitions/member-repository.js";
export * from "./error-windows/error-count-reader.js";
export * from "./figures/operational-figures.js";
export { type ClusterTime, parseClusterTime, toSeconds } from "./live/cluster-time.js";
export type { LiveChange, LiveFact, LiveWebhook } from "./live/live-change.js";
export * from "./live/live-change-reader.js";
export type { BacklogLane, BacklogPosition } from "./backlog/backlog-id.js";
export type { BacklogRecord, ParkedRecord } from "./backlog/backlog-record.js";
export * from "./backlog/backlog-repository.js";
export type { SentCounts } from "./sent-requests/sent-identity.js";
export * from "./sent-requests/sent-requests.js";
export { type AudienceDocument, AUDIENCES } from "./audiences/audience.js";
export { type DeletedContactDocument, DELETED_CONTACTS } from "./audiences/deleted-contact.js";
export type { SegmentDocument } from "./audiences/segment.js";
export type { TagDocument } from "./audiences/tag.js";
export * from "./audiences/audience-repository.js";
export type { AudienceUse } from "./audiences/audience-use.js";
export * from "./audiences/segment-repository.js";
export * from "./audiences/tag-repository.js";
export { type ContactDocument, CONTACTS, newContactId, toContact } from "./audiences/contact.js";
export * from "./audiences/contact-repository.js";
export * from "./audiences/contact-write.js";
export * from "./audiences/contact-writer.js";
export * from "./audiences/contact-events.js";
