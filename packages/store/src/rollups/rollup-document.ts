import type { WebhookId, WorkspaceId } from "@hooklane/core";
import type { CollectionIndexes } from "../collection-indexes.js";

/** What was counted of some requests. A number that is 0 is absent. */
interface RollupCounts {
  /** Requests that were answered as wanted. */
  readonly delivered?: number;
  readonly failed?: number;
  /** Deliveries given up. */
  readonly deadLetters?: number;
  /** Requests by how long they took: {@link toDurationBin}. */
  readonly durations?: Readonly<Record<string, number>>;
  /** Failed requests by why, as {@link toReasonKey} says it. */
  readonly reasons?: Readonly<Record<string, number>>;
}

/** A document of `deliveryRollups`: one webhook, or a whole workspace, in one hour; all of it and by twelfths. */
export interface RollupDocument extends RollupCounts {
  readonly _id: string;
  readonly workspaceId: WorkspaceId;
  /** Absent: the whole workspace. */
  readonly webhookId?: WebhookId;
  /** Its beginning, UTC. */
  readonly hour: Date;
  /** By the number of the five minutes, from 0. */
  readonly slots?: Readonly<Record<string, RollupCounts>>;
  /** MongoDB removes the document then. */
  readonly expiresAt: Date;
}

/** A document of `rollupMarks`: how far a partition of `attempts.v1` was counted. */
export interface RollupMark {
  /** `<topic>/<partition>` */
  readonly _id: string;
  readonly offset: number;
  /** The latest time any record up to there has, milliseconds since 1970: a later one in a lower place is of another log. */
  readonly at: number;
}

export const DELIVERY_ROLLUPS = "deliveryRollups";
export const ROLLUP_MARKS = "rollupMarks";

export const HOUR_MS = 3_600_000;
export const SLOT_MS = 300_000;

/** @param hour its beginning, milliseconds since 1970 */
export const toRollupId = (owner: WebhookId | WorkspaceId, hour: number): string =>
  `${owner}:${hour / HOUR_MS}`;

export const rollupIndexes: CollectionIndexes = {
  collection: DELIVERY_ROLLUPS,
  indexes: [
    // Neither is written to by what is counted after the first of an hour.
    { name: "newest_hours", key: { workspaceId: 1, hour: -1 } },
    { name: "retention_ttl", key: { expiresAt: 1 }, expireAfterSeconds: 0 },
  ],
};
