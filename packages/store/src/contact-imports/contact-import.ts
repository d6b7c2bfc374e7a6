import type { AudienceId, WorkspaceId } from "@hooklane/core";
import type { CollectionIndexes } from "../collection-indexes.js";
import type { Lease } from "../lease.js";

/** How an import ended, or that it has not. */
export const CONTACT_IMPORT_STATUSES = ["running", "completed", "failed", "cancelled"] as const;
export type ContactImportStatus = (typeof CONTACT_IMPORT_STATUSES)[number];

/** `ending`: nothing more is written, and the event that tells so is on its way. */
export const CONTACT_IMPORT_PHASES = ["writing", "ending", "done"] as const;
export type ContactImportPhase = (typeof CONTACT_IMPORT_PHASES)[number];

/** What an import is to do with its lines. */
export interface ContactImportOptions {
  /** Contacts the audience has are changed; otherwise they are left as they are. */
  readonly update: boolean;
  /** Every contact gets them. */
  readonly tags: readonly string[];
}

/** What came of the lines so far. */
export interface ContactImportTally {
  readonly added: number;
  readonly updated: number;
  /** Among them those that were left as they are. */
  readonly unchanged: number;
  readonly rejected: number;
}

/** What has to be known to make one. */
export interface NewContactImport extends ContactImportOptions {
  /** `job_…` */
  readonly id: string;
  readonly workspaceId: WorkspaceId;
  readonly audienceId: AudienceId;
}

/** An import whose upload is complete, and how far it is. */
export interface ContactImport extends NewContactImport, ContactImportTally {
  readonly status: ContactImportStatus;
  readonly phase: ContactImportPhase;
  /** When its upload was complete. */
  readonly createdAt: Date;
  /** Lines with something in them. */
  readonly total: number;
  readonly chunks: number;
  /** The next chunk, from 0. */
  readonly cursor: number;
  /** Why it failed; read by clients. */
  readonly error?: string;
  /** When it was decided that nothing more is written. */
  readonly decidedAt?: Date;
  readonly finishedAt?: Date;
}

/** An upload in progress, or one that broke off and is being cleared away. */
export interface ContactUploadDocument extends Omit<NewContactImport, "id"> {
  readonly _id: string;
  readonly status: "uploading" | "discarded";
  readonly startedAt: Date;
}

/** A document of `contactImports` whose upload is complete. */
export interface ContactImportDocument extends Omit<ContactImport, "id"> {
  readonly _id: string;
  readonly startedAt: Date;
  /** Until its end was told; so that the index of what is to be done holds nothing else. */
  readonly open?: true;
  /** Who works on it, until when by the database's clock. */
  readonly lease?: Lease;
}

export const CONTACT_IMPORTS = "contactImports";

/** As long as other jobs. */
export const KEPT_ENDED_SECONDS = 30 * 24 * 3600;

export const contactImportIndexes: CollectionIndexes = {
  collection: CONTACT_IMPORTS,
  indexes: [
    {
      name: "open",
      key: { workspaceId: 1, createdAt: 1, _id: 1 },
      partialFilterExpression: { open: true },
    },
    { name: "newest_of_audience", key: { audienceId: 1, _id: -1 } },
    {
      name: "uploads",
      key: { startedAt: 1 },
      partialFilterExpression: { status: { $in: ["uploading", "discarded"] } },
    },
    {
      name: "ended_ttl",
      key: { finishedAt: 1 },
      expireAfterSeconds: KEPT_ENDED_SECONDS,
      partialFilterExpression: { finishedAt: { $exists: true } },
    },
  ],
};

export function toContactImport({
  _id,
  open: _,
  lease: __,
  startedAt: ___,
  ...rest
}: ContactImportDocument): ContactImport {
  return { id: _id, ...rest };
}
