import {
  asAudienceId,
  asCampaignId,
  asWorkspaceId,
  type AudienceId,
  type CampaignId,
  type WorkspaceId,
} from "@hooklane/core";
import { z } from "zod";
import type { CollectionIndexes } from "../collection-indexes.js";

export const CAMPAIGNS = "campaigns";

/** Touchpoints of a campaign: it is deleted with all of them in one transaction. */
export const TOUCHPOINTS_MAX = 100;

/** What touchpoints belong to (product.md W5). */
export interface CampaignDocument {
  readonly _id: CampaignId;
  readonly workspaceId: WorkspaceId;
  readonly name: string;
  /** Its touchpoints' unless they name another. */
  readonly audienceId: AudienceId;
  /** What it is to reach, in its owner's words. */
  readonly goal?: string;
  /** How many it has, at most {@link TOUCHPOINTS_MAX}. */
  readonly touchpoints: number;
  /** Raised by every change, from 1. */
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

export const campaignIndexes: CollectionIndexes = {
  collection: CAMPAIGNS,
  indexes: [{ name: "workspace", key: { workspaceId: 1, _id: 1 } }],
};

/** Parses a document as it is read. */
export const campaignParser: z.ZodType<CampaignDocument> = z.object({
  _id: z.string().transform(asCampaignId),
  workspaceId: z.string().transform(asWorkspaceId),
  name: z.string(),
  audienceId: z.string().transform(asAudienceId),
  goal: z.string().exactOptional(),
  touchpoints: z.number().int(),
  version: z.number().int(),
  createdAt: z.date(),
  updatedAt: z.date(),
});
