import type { WorkspaceId } from "@hooklane/core";
import { API_KEYS, type ApiKeyDocument, apiKeySchema } from "../api-keys/api-key.js";
import { EVENT_TYPES, type EventTypeDocument, eventTypeSchema } from "../event-types/event-type.js";
import { modelOf } from "../model-options.js";
import { PartitionLoads } from "../partition-loads/partition-loads.js";
import type { Page } from "../page.js";
import type { Store } from "../store.js";
import { runTransaction } from "../transaction.js";
import { type WorkspaceDocument, workspaceSchema, WORKSPACES } from "./workspace.js";

/** A workspace to be made; partition and version are given here. */
export type NewWorkspace = Omit<WorkspaceDocument, "eventsPartition" | "version" | "updatedAt">;

export type WorkspaceChange =
  | { readonly kind: "changed"; readonly workspace: WorkspaceDocument }
  | { readonly kind: "not_found" }
  | { readonly kind: "moved"; readonly workspace: WorkspaceDocument };

export class WorkspaceRepository {
  readonly #store: Store;
  readonly #loads: PartitionLoads;

  constructor(store: Store) {
    this.#store = store;
    this.#loads = new PartitionLoads(store);
  }

  /** Makes a workspace with its first key and its event types, all or nothing. */
  async create(
    workspace: NewWorkspace,
    apiKey: ApiKeyDocument,
    eventTypes: readonly EventTypeDocument[],
  ): Promise<WorkspaceDocument> {
    return runTransaction(this.#store, async (session) => {
      const eventsPartition = await this.#loads.take("events.v1", session);
      const made: WorkspaceDocument = {
        ...workspace,
        eventsPartition,
        version: 1,
        updatedAt: workspace.createdAt,
      };
      await this.#model().insertOne(made, { session });
      await modelOf(this.#store, API_KEYS, apiKeySchema).insertOne(apiKey, { session });
      if (eventTypes.length > 0) {
        await modelOf(this.#store, EVENT_TYPES, eventTypeSchema).insertMany([...eventTypes], { session });
      }
      return made;
    });
  }

  async find(id: WorkspaceId): Promise<WorkspaceDocument | undefined> {
    return (await this.#model().findById(id).lean<WorkspaceDocument>()) ?? undefined;
  }

  /** Oldest first, from after `after`. */
  async list(page: Page<WorkspaceId>): Promise<WorkspaceDocument[]> {
    return this.#model()
      .find(page.after === undefined ? {} : { _id: { $gt: page.after } })
      .sort({ _id: 1 })
      .limit(page.limit)
      .lean<WorkspaceDocument[]>();
  }

  /**
   * Changes a workspace by compare-and-set on its version.
   *
   * @param expectedVersion absent: whatever it is; a race is tried again
   */
  async change(
    id: WorkspaceId,
    expectedVersion: number | undefined,
    edit: (current: WorkspaceDocument) => WorkspaceDocument,
    at: Date,
  ): Promise<WorkspaceChange> {
    for (;;) {
      const current = await this.find(id);
      if (!current) return { kind: "not_found" };
      if (expectedVersion !== undefined && current.version !== expectedVersion) {
        return { kind: "moved", workspace: current };
      }
      const workspace = { ...edit(current), version: current.version + 1, updatedAt: at };
      const written = await this.#model().replaceOne({ _id: id, version: current.version }, workspace);
      if (written.matchedCount === 1) return { kind: "changed", workspace };
    }
  }

  #model() {
    return modelOf(this.#store, WORKSPACES, workspaceSchema);
  }
}
