import type { WorkspaceId } from "@hooklane/core";
import { modelOf } from "../model-options.js";
import type { Page } from "../page.js";
import type { Store } from "../store.js";
import { isDuplicateKey } from "../store-error.js";
import { EVENT_TYPES, type EventTypeDocument, eventTypeSchema, toEventTypeId } from "./event-type.js";

export type EventTypeChange =
  | { readonly kind: "changed"; readonly eventType: EventTypeDocument }
  | { readonly kind: "not_found" }
  | { readonly kind: "moved"; readonly eventType: EventTypeDocument };

export class EventTypeRepository {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  /** @returns false when the workspace has a type of that name */
  async insert(eventType: EventTypeDocument): Promise<boolean> {
    try {
      await this.#model().insertOne(eventType);
      return true;
    } catch (error) {
      if (isDuplicateKey(error)) return false;
      throw error;
    }
  }

  /** Adds the types the workspace does not have and leaves those it has as they are. @returns names of those added */
  async insertMissing(eventTypes: readonly EventTypeDocument[]): Promise<string[]> {
    const added: string[] = [];
    for (const eventType of eventTypes) {
      if (await this.insert(eventType)) added.push(eventType.type);
    }
    return added;
  }

  async find(workspaceId: WorkspaceId, type: string): Promise<EventTypeDocument | undefined> {
    const found = await this.#model().findById(toEventTypeId(workspaceId, type)).lean<EventTypeDocument>();
    return found ?? undefined;
  }

  /** Which of these names the workspace knows. */
  async findKnown(workspaceId: WorkspaceId, types: readonly string[]): Promise<Set<string>> {
    const found = await this.#model()
      .find({ workspaceId, type: { $in: types } }, { type: 1 })
      .lean<{ type: string }[]>();
    return new Set(found.map(({ type }) => type));
  }

  /** By name, from after `after`. */
  async list(workspaceId: WorkspaceId, page: Page): Promise<EventTypeDocument[]> {
    return this.#model()
      .find({ workspaceId, ...(page.after !== undefined && { type: { $gt: page.after } }) })
      .sort({ type: 1 })
      .limit(page.limit)
      .lean<EventTypeDocument[]>();
  }

  /** Changes a type by compare-and-set on its version; without an expected one a race is tried again. */
  async change(
    workspaceId: WorkspaceId,
    type: string,
    expectedVersion: number | undefined,
    edit: (current: EventTypeDocument) => EventTypeDocument,
    at: Date,
  ): Promise<EventTypeChange> {
    for (;;) {
      const current = await this.find(workspaceId, type);
      if (!current) return { kind: "not_found" };
      if (expectedVersion !== undefined && current.version !== expectedVersion) {
        return { kind: "moved", eventType: current };
      }
      const eventType = { ...edit(current), version: current.version + 1, updatedAt: at };
      const written = await this.#model().replaceOne(
        { _id: current._id, version: current.version },
        eventType,
      );
      if (written.matchedCount === 1) return { kind: "changed", eventType };
    }
  }

  /** @returns false when there is no such type */
  async delete(workspaceId: WorkspaceId, type: string): Promise<boolean> {
    const deleted = await this.#model().deleteOne({ _id: toEventTypeId(workspaceId, type) });
    return deleted.deletedCount === 1;
  }

  #model() {
    return modelOf(this.#store, EVENT_TYPES, eventTypeSchema);
  }
}
