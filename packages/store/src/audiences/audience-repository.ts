import type { AudienceId, WorkspaceId } from "@hooklane/core";
import { recordChange } from "../audit/record-change.js";
import type { Page } from "../page.js";
import type { Store } from "../store.js";
import { runTransaction, type Session } from "../transaction.js";
import { writeChanges } from "../write-changes.js";
import { type AudienceDocument, audienceParser, AUDIENCES } from "./audience.js";
import { type AudienceUse, findAudienceUse } from "./audience-use.js";

export type AudienceChange =
  | { readonly kind: "changed"; readonly audience: AudienceDocument }
  | { readonly kind: "not_found" }
  | { readonly kind: "moved"; readonly audience: AudienceDocument };

export type AudienceDeletion =
  | Exclude<AudienceChange, { kind: "changed" }>
  | { readonly kind: "deleted" }
  /** It stays: something needs it. */
  | { readonly kind: "used"; readonly by: AudienceUse };

const isThere = { deletedAt: { $exists: false } };

/** Audiences kept here. One that is being deleted is not found any more, but by who takes away what it has. */
export class AudienceRepository {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  async insert(audience: AudienceDocument): Promise<void> {
    await runTransaction(this.#store, async (session) => {
      await this.#audiences().insertOne(audience, { session });
      await recordChange(
        this.#store,
        { ...toAudited(audience), after: audience, at: audience.createdAt },
        session,
      );
    });
  }

  /** Another workspace's is not found. */
  async find(
    workspaceId: WorkspaceId,
    id: AudienceId,
    session?: Session,
  ): Promise<AudienceDocument | undefined> {
    const found = await this.#audiences().findOne(
      { _id: id, workspaceId, ...isThere },
      session && { session },
    );
    return found ? audienceParser.parse(found) : undefined;
  }

  /** Oldest first, from after `after`. */
  async list(workspaceId: WorkspaceId, page: Page<AudienceId>): Promise<readonly AudienceDocument[]> {
    const found = await this.#audiences()
      .find({ workspaceId, ...isThere, ...(page.after !== undefined && { _id: { $gt: page.after } }) })
      .sort({ _id: 1 })
      .limit(page.limit)
      .toArray();
    return found.map((document) => audienceParser.parse(document));
  }

  /** @param edit runs again when the transaction does: no effects outside */
  async change(
    workspaceId: WorkspaceId,
    id: AudienceId,
    expectedVersion: number | undefined,
    edit: (current: AudienceDocument) => AudienceDocument,
    at: Date,
  ): Promise<AudienceChange> {
    return runTransaction(this.#store, async (session): Promise<AudienceChange> => {
      const current = await this.find(workspaceId, id, session);
      if (!current) return { kind: "not_found" };
      if (expectedVersion !== undefined && current.version !== expectedVersion)
        return { kind: "moved", audience: current };
      const audience = { ...edit(current), version: current.version + 1, updatedAt: at };
      await writeChanges(this.#audiences(), { before: current, after: audience }, session);
      await recordChange(
        this.#store,
        { ...toAudited(current), before: current, after: audience, at },
        session,
      );
      return { kind: "changed", audience };
    });
  }

  /**
   * From now on nobody finds it; what it has is taken away afterwards ({@link listBeingDeleted}), and no event tells of
   * it. What begins to use it at the same moment finds it empty.
   */
  async delete(
    workspaceId: WorkspaceId,
    id: AudienceId,
    expectedVersion: number | undefined,
    at: Date,
  ): Promise<AudienceDeletion> {
    return runTransaction(this.#store, async (session): Promise<AudienceDeletion> => {
      const current = await this.find(workspaceId, id, session);
      if (!current) return { kind: "not_found" };
      if (expectedVersion !== undefined && current.version !== expectedVersion)
        return { kind: "moved", audience: current };
      const by = await findAudienceUse(this.#store, workspaceId, id, session);
      if (by) return { kind: "used", by };
      await this.#audiences().updateOne({ _id: id }, { $set: { deletedAt: at } }, { session });
      await recordChange(this.#store, { ...toAudited(current), before: current, at }, session);
      return { kind: "deleted" };
    });
  }

  /** Those whose contacts, segments and tags are still to be taken away, the first deleted first. */
  async listBeingDeleted(limit: number): Promise<readonly AudienceDocument[]> {
    const found = await this.#audiences()
      .find({ deletedAt: { $exists: true } })
      .sort({ deletedAt: 1 })
      .limit(limit)
      .toArray();
    return found.map((document) => audienceParser.parse(document));
  }

  /** Nothing is left of it. */
  async remove(id: AudienceId): Promise<void> {
    await this.#audiences().deleteOne({ _id: id, deletedAt: { $exists: true } });
  }

  #audiences() {
    return this.#store.db.collection<AudienceDocument>(AUDIENCES);
  }
}

const toAudited = ({ workspaceId, _id }: AudienceDocument) =>
  ({ owner: workspaceId, object: { kind: "audience", id: _id } }) as const;
