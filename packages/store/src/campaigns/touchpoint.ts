import {
  asAudienceId,
  asCampaignId,
  asContactId,
  asSegmentId,
  asWebhookId,
  asWorkspaceId,
  type AudienceId,
  type CampaignId,
  CLOCK_CHANGES,
  type ClockChange,
  type ContactId,
  NOTHING_SETTLED,
  type SegmentId,
  TOUCHPOINT_CANCEL_REASONS,
  TOUCHPOINT_STATUSES,
  type TouchpointCancelReason,
  type TouchpointStatus,
  type TouchpointTally,
  type WebhookId,
  type WorkspaceId,
} from "@hooklane/core";
import { z } from "zod";
import type { CollectionIndexes } from "../collection-indexes.js";
import type { Lease } from "../lease.js";

export const TOUCHPOINTS = "touchpoints";

/** Whom a touchpoint is for. A segment and a tag exclude each other; neither: all of the audience. */
export interface TouchpointTarget {
  readonly audienceId: AudienceId;
  readonly segmentId?: SegmentId;
  readonly tag?: string;
}

/** When a touchpoint is due. */
export interface TouchpointTime {
  /** YYYY-MM-DD and HH:MM or HH:MM:SS, as given. */
  readonly date: string;
  readonly time: string;
  /** The workspace's when it was given. */
  readonly timeZone: string;
  readonly dueAt: Date;
  readonly clockChange?: ClockChange;
}

/** What of a walk is decided and stands in line, or not yet: whoever takes it up puts in line just that. */
export interface TouchpointPage {
  /** The walk is through with everyone up to this one. Absent: there was nobody. */
  readonly through?: ContactId;
  readonly entering: readonly ContactId[];
  /** Contacts deleted between the due time and their turn. */
  readonly deleted: number;
  /** There is nobody behind it. */
  readonly isLast: boolean;
}

/** How far a touchpoint is that runs or ran. */
export interface TouchpointRun {
  /** Raised by every advance, from 0: what is compared before it is set. */
  readonly step: number;
  readonly startedAt: Date;
  /** The segment's when it started: a filter over `Subscriber`, as text. */
  readonly conditionsJson?: string;
  /** Everyone up to there was put in line, and was routed. */
  readonly walkedThrough?: ContactId;
  readonly page?: TouchpointPage;
  readonly isWalked: boolean;
  readonly entered: number;
  readonly deleted: number;
  /** Everyone up to there is counted in `settled`. */
  readonly settledThrough?: ContactId;
  readonly settled: TouchpointTally;
  /** Generation of the webhook then: with another one, a recovery may have sent to those counted as skipped. */
  readonly settledIn?: number;
  /** When it came forward last. */
  readonly movedAt: Date;
}

/** A document of `touchpoints`: when and for whom. What it sends and where is its webhook's, which has its id. */
export interface TouchpointDocument extends TouchpointTarget, TouchpointTime {
  readonly _id: WebhookId;
  readonly workspaceId: WorkspaceId;
  readonly campaignId: CampaignId;
  readonly status: TouchpointStatus;
  readonly cancelReason?: TouchpointCancelReason;
  readonly run?: TouchpointRun;
  readonly finishedAt?: Date;
  /** Of a completed one: its webhook is switched off then. Until then what failed can be resent. */
  readonly retiresAt?: Date;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  /** While scheduled or running; so that the index of what is to be done holds nothing else. */
  readonly open?: true;
  /** Who works on it, until when by the database's clock. */
  readonly lease?: Lease;
}

export const touchpointIndexes: CollectionIndexes = {
  collection: TOUCHPOINTS,
  indexes: [
    { name: "campaign", key: { campaignId: 1, _id: 1 } },
    { name: "calendar", key: { workspaceId: 1, dueAt: 1, _id: 1 } },
    { name: "open", key: { dueAt: 1 }, partialFilterExpression: { open: true } },
    {
      name: "begun_for_audience",
      key: { audienceId: 1 },
      partialFilterExpression: { run: { $exists: true } },
    },
    {
      name: "retiring",
      key: { retiresAt: 1 },
      partialFilterExpression: { retiresAt: { $exists: true } },
    },
  ],
};

const contactId = z.string().transform(asContactId);
const count = z.number().int().nonnegative();

const page: z.ZodType<TouchpointPage> = z.object({
  through: contactId.exactOptional(),
  entering: z.array(contactId),
  deleted: count,
  isLast: z.boolean(),
});

const run: z.ZodType<TouchpointRun> = z.object({
  step: count,
  startedAt: z.date(),
  conditionsJson: z.string().exactOptional(),
  walkedThrough: contactId.exactOptional(),
  page: page.exactOptional(),
  isWalked: z.boolean(),
  entered: count,
  deleted: count,
  settledThrough: contactId.exactOptional(),
  settled: z.object({ sent: count, failed: count, skipped: count, cancelled: count }),
  settledIn: count.exactOptional(),
  movedAt: z.date(),
});

/** Parses a document as it is read. */
export const touchpointParser: z.ZodType<TouchpointDocument> = z.object({
  _id: z.string().transform(asWebhookId),
  workspaceId: z.string().transform(asWorkspaceId),
  campaignId: z.string().transform(asCampaignId),
  audienceId: z.string().transform(asAudienceId),
  segmentId: z.string().transform(asSegmentId).exactOptional(),
  tag: z.string().exactOptional(),
  date: z.string(),
  time: z.string(),
  timeZone: z.string(),
  dueAt: z.date(),
  clockChange: z.enum(CLOCK_CHANGES).exactOptional(),
  status: z.enum(TOUCHPOINT_STATUSES),
  cancelReason: z.enum(TOUCHPOINT_CANCEL_REASONS).exactOptional(),
  run: run.exactOptional(),
  finishedAt: z.date().exactOptional(),
  retiresAt: z.date().exactOptional(),
  createdAt: z.date(),
  updatedAt: z.date(),
  open: z.literal(true).exactOptional(),
  lease: z.object({ owner: z.string(), until: z.date() }).exactOptional(),
});

/** A run of which nothing is done yet. */
export const newTouchpointRun = (startedAt: Date, conditionsJson?: string): TouchpointRun => ({
  step: 0,
  startedAt,
  ...(conditionsJson !== undefined && { conditionsJson }),
  isWalked: false,
  entered: 0,
  deleted: 0,
  settled: NOTHING_SETTLED,
  movedAt: startedAt,
});
