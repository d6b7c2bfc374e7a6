import { asAudienceId, asWorkspaceId, type AudienceId, type WorkspaceId } from "@hooklane/core";
import { z } from "zod";
import type { CollectionIndexes } from "../collection-indexes.js";

/** A list of contacts kept here (product.md W3, W6b). */
export interface AudienceDocument {
  readonly _id: AudienceId;
  readonly workspaceId: WorkspaceId;
  readonly name: string;
  /** Raised by every change, from 1. */
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  /** Nobody finds it any more; what it has is being taken away. */
  readonly deletedAt?: Date;
}

export const AUDIENCES = "audiences";

export const audienceIndexes: CollectionIndexes = {
  collection: AUDIENCES,
  indexes: [
    { name: "workspace", key: { workspaceId: 1, _id: 1 } },
    {
      name: "being_deleted",
      key: { deletedAt: 1 },
      partialFilterExpression: { deletedAt: { $exists: true } },
    },
  ],
};

/** Parses a document as it is read. */
export const audienceParser: z.ZodType<AudienceDocument> = z.object({
  _id: z.string().transform(asAudienceId),
  workspaceId: z.string().transform(asWorkspaceId),
  name: z.string(),
  version: z.number().int(),
  createdAt: z.date(),
  updatedAt: z.date(),
  deletedAt: z.date().exactOptional(),
});
