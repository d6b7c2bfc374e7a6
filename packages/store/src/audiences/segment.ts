import {
  asAudienceId,
  asSegmentId,
  asWorkspaceId,
  type AudienceId,
  type SegmentId,
  type WorkspaceId,
} from "@hooklane/core";
import { z } from "zod";
import type { CollectionIndexes } from "../collection-indexes.js";

/** The contacts of an audience that meet conditions, whoever they are at the time. */
export interface SegmentDocument {
  readonly _id: SegmentId;
  readonly workspaceId: WorkspaceId;
  readonly audienceId: AudienceId;
  readonly name: string;
  /** A filter over `Subscriber`. Kept as text: MongoDB has its own ideas of names with `$` and dots. */
  readonly conditionsJson: string;
  /** Raised by every change, from 1. */
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

export const SEGMENTS = "segments";

export const segmentIndexes: CollectionIndexes = {
  collection: SEGMENTS,
  indexes: [{ name: "audience", key: { audienceId: 1, _id: 1 } }],
};

/** Parses a document as it is read. */
export const segmentParser: z.ZodType<SegmentDocument> = z.object({
  _id: z.string().transform(asSegmentId),
  workspaceId: z.string().transform(asWorkspaceId),
  audienceId: z.string().transform(asAudienceId),
  name: z.string(),
  conditionsJson: z.string(),
  version: z.number().int(),
  createdAt: z.date(),
  updatedAt: z.date(),
});
