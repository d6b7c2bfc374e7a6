import {
  asAudienceId,
  asWorkspaceId,
  type AudienceId,
  EVENT_SOURCES,
  type EventSource,
  type WorkspaceId,
} from "@hooklane/core";
import { z } from "zod";
import type { CollectionIndexes } from "../collection-indexes.js";

/** A name contacts of an audience can have. */
export interface TagDocument {
  /** `<audience>:<name>` */
  readonly _id: string;
  readonly workspaceId: WorkspaceId;
  readonly audienceId: AudienceId;
  readonly name: string;
  readonly createdAt: Date;
  /** No contact gets it any more, and it is being taken from those that have it; until then its name stays taken. */
  readonly deletedAt?: Date;
  /** Of a deleted one: the source of the events that tell of the contacts' change. */
  readonly deletedBy?: EventSource;
}

export const TAGS = "tags";

/** `_id` of a tag of an audience. */
export const toTagId = (audienceId: AudienceId, name: string): string => `${audienceId}:${name}`;

export const tagIndexes: CollectionIndexes = {
  collection: TAGS,
  indexes: [
    { name: "audience", key: { audienceId: 1, name: 1 }, unique: true },
    {
      name: "being_deleted",
      key: { deletedAt: 1 },
      partialFilterExpression: { deletedAt: { $exists: true } },
    },
  ],
};

/** Parses a document as it is read. */
export const tagParser: z.ZodType<TagDocument> = z.object({
  _id: z.string(),
  workspaceId: z.string().transform(asWorkspaceId),
  audienceId: z.string().transform(asAudienceId),
  name: z.string(),
  createdAt: z.date(),
  deletedAt: z.date().exactOptional(),
  deletedBy: z.enum(EVENT_SOURCES).exactOptional(),
});
