import type { ApiKeyId, WorkspaceId } from "@hooklane/core";
import { recordChange } from "../audit/record-change.js";
import { modelOf } from "../model-options.js";
import type { Page } from "../page.js";
import type { Store } from "../store.js";
import { runTransaction } from "../transaction.js";
import { API_KEYS, type ApiKeyDocument, apiKeySchema } from "./api-key.js";

export class ApiKeyRepository {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  async insert(key: ApiKeyDocument): Promise<void> {
    const { _id: id, workspaceId, createdAt: at } = key;
    await runTransaction(this.#store, async (session) => {
      await this.#model().insertOne(key, { session });
      await recordChange(
        this.#store,
        { owner: workspaceId, object: { kind: "api_key", id }, after: key, at },
        session,
      );
    });
  }

  /** @param hash SHA-256 of the whole key, lower-case hex */
  async findByHash(hash: string): Promise<ApiKeyDocument | undefined> {
    return (await this.#model().findOne({ hash }).lean<ApiKeyDocument>()) ?? undefined;
  }

  /** Keys of a workspace, revoked ones too, oldest first, from after `after`. */
  async list(workspaceId: WorkspaceId, page: Page<ApiKeyId>): Promise<ApiKeyDocument[]> {
    return this.#model()
      .find({ workspaceId, ...(page.after !== undefined && { _id: { $gt: page.after } }) })
      .sort({ _id: 1 })
      .limit(page.limit)
      .lean<ApiKeyDocument[]>();
  }

  /** Revokes for good; a second time changes nothing. @returns undefined when the workspace has no such key */
  async revoke(workspaceId: WorkspaceId, id: ApiKeyId, at: Date): Promise<ApiKeyDocument | undefined> {
    return runTransaction(this.#store, async (session) => {
      const found = await this.#model()
        .findOne({ _id: id, workspaceId }, null, { session })
        .lean<ApiKeyDocument>();
      if (!found) return undefined;
      if (found.revokedAt) return found;
      const revoked: ApiKeyDocument = { ...found, revokedAt: at };
      await this.#model().updateOne({ _id: id }, { $set: { revokedAt: at } }, { session });
      await recordChange(
        this.#store,
        { owner: workspaceId, object: { kind: "api_key", id }, before: found, after: revoked, at },
        session,
      );
      return revoked;
    });
  }

  /** Notes a use, unless one was noted less than `resolutionMs` before. A use is no change of the key. */
  async noteUse(id: ApiKeyId, at: Date, resolutionMs: number): Promise<void> {
    const before = new Date(at.getTime() - resolutionMs);
    await this.#model().updateOne(
      { _id: id, $or: [{ lastUsedAt: { $exists: false } }, { lastUsedAt: { $lte: before } }] },
      { $set: { lastUsedAt: at } },
    );
  }

  #model() {
    return modelOf(this.#store, API_KEYS, apiKeySchema);
  }
}
