import type {
  ContactId,
  DeliveryId,
  EventId,
  EventSource,
  LinePlace,
  OwedEvent,
  RecordId,
  RecoveryEnd,
  RecoveryProgress,
  RecoveryTask,
  WorkspaceId,
} from "@hooklane/core";
import type { CollectionIndexes } from "../collection-indexes.js";
import type { Lease } from "../lease.js";
import type { EventPosition } from "../event-log/logged-event.js";
import type { JobStatus } from "../resends/resend-job.js";
import type { WebhookDocument } from "../webhooks/webhook.js";
import { toRecoveryId } from "./recovery-id.js";

export const RECOVERIES = "recoveries";

/** Where the look at what was decided for a webhook is. */
export interface CollectCursor {
  readonly acceptedAt: Date;
  /** `_id` in the event log. */
  readonly id: string;
}

/** A recovery as it is stored, and how far it is (docs/adr/0019). */
export interface Recovery extends RecoveryTask {
  /** `job_…` */
  readonly id: string;
  readonly workspaceId: WorkspaceId;
  /** Of the webhook as the recovery began. */
  readonly version: number;
  readonly status: JobStatus;
  readonly createdAt: Date;
  readonly finishedAt?: Date;
  readonly begunAt?: LinePlace;
  readonly isCollected: boolean;
  readonly collectedUpTo?: CollectCursor;
  /** Deliveries of older generations that had no end yet at the last look. */
  readonly waitingFor: number;
  readonly sentThrough?: LinePlace;
  /** As `sentThrough` was before it put the last in line. */
  readonly sentBefore?: LinePlace;
  readonly routedThrough?: LinePlace;
  /** The last it put in line, while the router has not come to it. */
  readonly unrouted?: RecordId;
  readonly ends: number;
  readonly lastEnd?: RecoveryEnd["kind"];
  /** Events put in line, those among them that entered with its end. */
  readonly sent: number;
}

/** A document of `recoveries`. */
export interface RecoveryDocument extends Omit<Recovery, "id"> {
  readonly _id: string;
  /** Until it ended; so that the index of what is to be done holds nothing else. */
  readonly open?: true;
  /** Who works on it, until when by the database's clock. */
  readonly lease?: Lease;
}

const KEPT_ENDED_SECONDS = 30 * 24 * 3600;

export const recoveryIndexes: CollectionIndexes = {
  collection: RECOVERIES,
  indexes: [
    { name: "open", key: { createdAt: 1 }, partialFilterExpression: { open: true } },
    {
      name: "ended_ttl",
      key: { finishedAt: 1 },
      expireAfterSeconds: KEPT_ENDED_SECONDS,
      partialFilterExpression: { finishedAt: { $exists: true } },
    },
  ],
};

/** The recovery of a webhook that has just become `recovering`. */
export function toRecoveryDocument(
  { _id: webhookId, workspaceId, generation, version, owedSince = generation }: WebhookDocument,
  at: Date,
): RecoveryDocument {
  return {
    _id: toRecoveryId(webhookId, generation),
    workspaceId,
    webhookId,
    generation,
    version,
    owedSince,
    status: "running",
    open: true,
    createdAt: at,
    isCollected: false,
    waitingFor: 0,
    ends: 0,
    sent: 0,
  };
}

export function toRecovery({ _id, open: _, lease: __, ...recovery }: RecoveryDocument): Recovery {
  return { id: _id, ...recovery };
}

/** What the next step is decided by. */
export const toRecoveryProgress = (recovery: Recovery): RecoveryProgress => ({
  begunAt: recovery.begunAt,
  isCollected: recovery.isCollected,
  sentThrough: recovery.sentThrough,
  routedThrough: recovery.routedThrough,
  isUnrouted: recovery.unrouted !== undefined,
  ends: recovery.ends,
  lastEnd: recovery.lastEnd,
});

/** An event owed to a webhook, with what its record in line takes over. */
export interface OwedRecord extends OwedEvent {
  /** The record of the event log that has the bytes. */
  readonly recordId: RecordId;
  readonly eventId: EventId;
  readonly type: string;
  readonly source: EventSource;
  /** The contact of ours it is about. */
  readonly contactId?: ContactId;
  /** The delivery the webhook did not get; of an event that was never decided for it, the one it would have been. */
  readonly deliveryId: DeliveryId;
  readonly isFirst: boolean;
}

export const RECOVERY_ENDS = "recoveryEnds";

/** What the router decided at a record that ends a recovery. */
export interface DecidedRecoveryEnd {
  readonly position: EventPosition;
  readonly kind: RecoveryEnd["kind"];
  /** What enters the line there, in order. */
  readonly entering: readonly OwedRecord[];
}

/** A document of `recoveryEnds`: `_id` is the record's id. */
export interface RecoveryEndDocument extends DecidedRecoveryEnd {
  readonly _id: RecordId;
  readonly decidedAt: Date;
}

export const recoveryEndIndexes: CollectionIndexes = {
  collection: RECOVERY_ENDS,
  indexes: [{ name: "decided_ttl", key: { decidedAt: 1 }, expireAfterSeconds: KEPT_ENDED_SECONDS }],
};
