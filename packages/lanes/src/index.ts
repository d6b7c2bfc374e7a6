export * from "./decision.js";
export type { Intake } from "./intake.js";
export type { ConfigurationView, WebhookFacts } from "./judge.js";
export type { BacklogPage } from "./durable-lanes.js";
export type { Knowledge } from "./lane-move.js";
export type { DeliveryFacts, LaneRecord, StoredDelivery } from "./lane-record.js";
export type { LaneState } from "./lane-state.js";
export type { ResolvedOffsets } from "./offset-ledger.js";
export type { LaneCensus } from "./lane-map.js";
export * from "./partition-lanes.js";
export type { PartitionCheckpoint } from "./partition-checkpoint.js";
export { type Position, toLogPlace, toPosition } from "./position.js";
export type { LaneSettings } from "./settings.js";
export type { SourceMarks, SourcePosition } from "./source-marks.js";
export type { StoredLane } from "./stored-lane.js";
export { TrippedWebhooks } from "./tripped-webhooks.js";
export * from "./ownership/claim-decision.js";
export {
  elapsedMs,
  type Instant,
  LEASE_GUARD_MS,
  LEASE_MS,
  leaseLeftMs,
  mayStartRequest,
} from "./ownership/lease.js";
export * from "./ownership/lease-decision.js";
export { type LeaseEvents, tellLease } from "./ownership/lease-events.js";
export { LeaseKeeper } from "./ownership/lease-keeper.js";
export { OWNERSHIP_TIMES, type OwnershipTimes } from "./ownership/ownership-times.js";
export { fairShare, PartitionClaimer } from "./ownership/partition-claimer.js";
export * from "./ownership/resume-point.js";
