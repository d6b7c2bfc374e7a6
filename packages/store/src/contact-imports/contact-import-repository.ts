import type { AudienceId, WorkspaceId } from "@hooklane/core";
import { recordChange } from "../audit/record-change.js";
import type { Page } from "../page.js";
import { isFreeFor, takeLease } from "../lease.js";
import type { Store } from "../store.js";
import { runTransaction, type Session } from "../transaction.js";
import {
  CONTACT_IMPORTS,
  type ContactImport,
  type ContactImportDocument,
  type ContactUploadDocument,
  toContactImport,
} from "./contact-import.js";

/** The right to go on with an import. */
export interface ClaimedImport {
  readonly job: ContactImport;
  /** It was this owner's before, too, and nobody's in between. */
  readonly isHeld: boolean;
}

/** How an import ends that is not cancelled. */
export type ContactImportEnd =
  | { readonly status: "completed" }
  /** `error` is read by clients. */
  | { readonly status: "failed"; readonly error: string };

const isOpen = { open: true } as const;

/** Imports of contacts: made by the API once an upload is complete, worked on by one health-monitor at a time. */
export class ContactImportRepository {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  /** Makes an import of an upload. @returns undefined when there is no such upload any more */
  async start(
    id: string,
    upload: { readonly total: number; readonly chunks: number },
    at: Date,
  ): Promise<ContactImport | undefined> {
    return runTransaction(this.#store, async (session) => {
      const found = await this.#store.db
        .collection<ContactUploadDocument>(CONTACT_IMPORTS)
        .findOne({ _id: id, status: "uploading" }, { session });
      if (!found) return undefined;
      const document: ContactImportDocument = {
        ...found,
        status: "running",
        phase: "writing",
        open: true,
        createdAt: at,
        ...upload,
        cursor: 0,
        added: 0,
        updated: 0,
        unchanged: 0,
        rejected: 0,
      };
      await this.#collection().replaceOne({ _id: id }, document, { session });
      await this.#record(undefined, document, at, session);
      return toContactImport(document);
    });
  }

  async find(workspaceId: WorkspaceId, id: string): Promise<ContactImport | undefined> {
    const found = await this.#collection().findOne({ _id: id, workspaceId, createdAt: { $exists: true } });
    return found ? toContactImport(found) : undefined;
  }

  /** Newest first, from before `after`. */
  async list(audienceId: AudienceId, { after, limit }: Page): Promise<readonly ContactImport[]> {
    const found = await this.#collection()
      .find({
        audienceId,
        createdAt: { $exists: true },
        ...(after !== undefined && { _id: { $lt: after } }),
      })
      .sort({ _id: -1 })
      .limit(limit)
      .toArray();
    return found.map(toContactImport);
  }

  /** Ends it behind the chunk that is being written; what is written stays. @returns it as it is now, ended either way */
  async cancel(workspaceId: WorkspaceId, id: string): Promise<ContactImport | undefined> {
    return runTransaction(this.#store, async (session) => {
      const before = await this.#collection().findOne(
        { _id: id, workspaceId, phase: "writing" },
        { session },
      );
      if (!before) return this.find(workspaceId, id);
      const cancelled = await this.#collection().findOneAndUpdate(
        { _id: id },
        [{ $set: { status: "cancelled", phase: "ending", decidedAt: "$$NOW", finishedAt: "$$NOW" } }],
        { session, returnDocument: "after" },
      );
      if (!cancelled) return undefined;
      await this.#record(before, cancelled, cancelled.decidedAt ?? cancelled.createdAt, session);
      return toContactImport(cancelled);
    });
  }

  /** The oldest open one of each workspace: a workspace's imports are worked on one after the other. */
  async listNext(limit: number): Promise<readonly string[]> {
    const found = await this.#collection()
      .aggregate<{ readonly job: string }>(
        [
          { $match: isOpen },
          { $sort: { workspaceId: 1, createdAt: 1, _id: 1 } },
          { $group: { _id: "$workspaceId", job: { $first: "$_id" }, createdAt: { $first: "$createdAt" } } },
          { $sort: { createdAt: 1 } },
          { $limit: limit },
        ],
        { hint: "open" },
      )
      .toArray();
    return found.map(({ job }) => job);
  }

  /** Takes it up, or goes on with it. @returns undefined when another process has it, or its end is told */
  async claim(id: string, owner: string, leaseMs: number): Promise<ClaimedImport | undefined> {
    const before = await this.#collection().findOneAndUpdate(
      {
        _id: id,
        ...isOpen,
        ...isFreeFor(owner),
      },
      takeLease(owner, leaseMs),
      { returnDocument: "before" },
    );
    return before ? { job: toContactImport(before), isHeld: before.lease?.owner === owner } : undefined;
  }

  /** Lets another process take it up at once. */
  async release(id: string, owner: string): Promise<void> {
    await this.#collection().updateOne({ _id: id, "lease.owner": owner }, { $unset: { lease: "" } });
  }

  /**
   * Decides how it ends; once. What was decided before, by a cancellation too, stays.
   *
   * @returns it with its end; undefined when it is another's by now
   */
  async decide(id: string, owner: string, end: ContactImportEnd): Promise<ContactImport | undefined> {
    const mine = { _id: id, "lease.owner": owner };
    await this.#collection().updateOne({ ...mine, phase: "writing" }, [
      {
        $set: {
          phase: "ending",
          decidedAt: "$$NOW",
          ...(end.status === "failed" && { error: { $literal: end.error } }),
        },
      },
    ]);
    const found = await this.#collection().findOne({ ...mine, phase: "ending" });
    return found ? toContactImport(found) : undefined;
  }

  /** Its end is told. @returns how it ended; undefined when that was told before */
  async finish(id: string): Promise<ContactImport | undefined> {
    const finished = await this.#collection().findOneAndUpdate(
      { _id: id, ...isOpen, phase: "ending" },
      [
        {
          $set: {
            phase: "done",
            finishedAt: { $ifNull: ["$finishedAt", "$$NOW"] },
            status: {
              $cond: [
                { $eq: ["$status", "cancelled"] },
                "cancelled",
                { $cond: [{ $eq: [{ $type: "$error" }, "missing"] }, "completed", "failed"] },
              ],
            },
          },
        },
        { $unset: ["open", "lease"] },
      ],
      { returnDocument: "after" },
    );
    return finished ? toContactImport(finished) : undefined;
  }

  /** How far it is changes all the time and is no change by anybody. */
  async #record(
    before: ContactImportDocument | undefined,
    after: ContactImportDocument,
    at: Date,
    session: Session,
  ): Promise<void> {
    await recordChange(
      this.#store,
      {
        owner: after.workspaceId,
        object: { kind: "contact_import", id: after._id },
        ...(before && { before: withoutWork(before) }),
        after: withoutWork(after),
        at,
      },
      session,
    );
  }

  #collection() {
    return this.#store.db.collection<ContactImportDocument>(CONTACT_IMPORTS);
  }
}

const withoutWork = ({ lease: _, open: __, cursor: ___, chunks: ____, ...shown }: ContactImportDocument) =>
  shown;
