import type { ApiKeyId, WorkspaceId } from "@hooklane/core";
import { modelOf } from "../model-options.js";
import type { Page } from "../page.js";
import type { Store } from "../store.js";
import { API_KEYS, type ApiKeyDocument, apiKeySchema } from "./api-key.js";

export class ApiKeyRepository {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  async insert(key: ApiKeyDocument): Promise<void> {
    await this.#model().insertOne(key);
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
    await this.#model().updateOne(
      { _id: id, workspaceId, revokedAt: { $exists: false } },
      { $set: { revokedAt: at } },
    );
    return (await this.#model().findOne({ _id: id, workspaceId }).lean<ApiKeyDocument>()) ?? undefined;
  }

  #model() {
    return modelOf(this.#store, API_KEYS, apiKeySchema);
  }
}
