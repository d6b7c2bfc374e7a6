import type { JourneyId, JourneyStatus, JourneyStep, WorkspaceId } from "@hooklane/core";
import type { CollectionIndexes } from "../collection-indexes.js";

/** The path of contacts (product.md W4). Its points are webhooks that name it. */
export interface JourneyDocument {
  readonly _id: JourneyId;
  readonly workspaceId: WorkspaceId;
  readonly name: string;
  readonly status: JourneyStatus;
  /** The map: it is drawn, not carried out. */
  readonly steps: readonly JourneyStep[];
  readonly pointCount: number;
  /**
   * Raised by everything that changes a point and goes by the journey's status: written to by both, that and a start or
   * pause at the same moment come one after the other.
   */
  readonly pointsVersion: number;
  /** Raised by every change of the journey itself, from 1. */
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  /** A tombstone: who deletes it again, as the first answer was lost, is answered alike. */
  readonly deletedAt?: Date;
}

export const JOURNEYS = "journeys";

export const journeyIndexes: CollectionIndexes = {
  collection: JOURNEYS,
  indexes: [{ name: "workspace", key: { workspaceId: 1, _id: 1 } }],
};
