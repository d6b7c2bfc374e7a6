import type { WorkspaceId } from "@hooklane/core";
import { recordChange } from "../audit/record-change.js";
import { modelOf } from "../model-options.js";
import type { Page } from "../page.js";
import { retryDuplicateKey } from "../retry-duplicate-key.js";
import type { Store } from "../store.js";
import { isDuplicateKey } from "../store-error.js";
import { runTransaction, type Session } from "../transaction.js";
import { writeChanges } from "../write-changes.js";
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
      await runTransaction(this.#store, async (session) => {
        await this.#model().insertOne(eventType, { session });
        await recordChange(
          this.#store,
          { ...toAudited(eventType), after: eventType, at: eventType.createdAt },
          session,
        );
      });
      return true;
    } catch (error) {
      if (isDuplicateKey(error)) return false;
      throw error;
    }
  }

  /** Adds the types the workspace does not have and leaves those it has as they are. @returns names of those added */
  async insertMissing(eventTypes: readonly EventTypeDocument[]): Promise<string[]> {
    return retryDuplicateKey(() =>
      runTransaction(this.#store, async (session) => {
        const ids = eventTypes.map(({ _id }) => _id);
        const found = await this.#model()
          .find({ _id: { $in: ids } }, { _id: 1 }, { session })
          .lean<{ _id: string }[]>();
        const known = new Set(found.map(({ _id }) => _id));
        const missing = eventTypes.filter(({ _id }) => !known.has(_id));
        if (missing.length > 0) await this.#model().insertMany([...missing], { session });
        for (const eventType of missing) {
          await recordChange(
            this.#store,
            { ...toAudited(eventType), after: eventType, at: eventType.createdAt },
            session,
          );
        }
        return missing.map(({ type }) => type);
      }),
    );
  }

  async find(
    workspaceId: WorkspaceId,
    type: string,
    session?: Session,
  ): Promise<EventTypeDocument | undefined> {
    const found = await this.#model()
      .findById(toEventTypeId(workspaceId, type), null, session ? { session } : {})
      .lean<EventTypeDocument>();
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

  /**
   * Changes a type that is at the expected version, or whatever version it is at. Of two changes at the same time one
   * begins again.
   *
   * @param edit runs again when the transaction does: no effects outside
   */
  async change(
    workspaceId: WorkspaceId,
    type: string,
    expectedVersion: number | undefined,
    edit: (current: EventTypeDocument) => EventTypeDocument,
    at: Date,
  ): Promise<EventTypeChange> {
    return runTransaction(this.#store, async (session): Promise<EventTypeChange> => {
      const current = await this.find(workspaceId, type, session);
      if (!current) return { kind: "not_found" };
      if (expectedVersion !== undefined && current.version !== expectedVersion) {
        return { kind: "moved", eventType: current };
      }
      const eventType: EventTypeDocument = {
        ...edit(current),
        version: current.version + 1,
        updatedAt: at,
      };
      const states = { before: current, after: eventType };
      await writeChanges(this.#store.db.collection<EventTypeDocument>(EVENT_TYPES), states, session);
      await recordChange(
        this.#store,
        { ...toAudited(current), before: current, after: eventType, at },
        session,
      );
      return { kind: "changed", eventType };
    });
  }

  /** @returns false when there is no such type */
  async delete(workspaceId: WorkspaceId, type: string, at: Date): Promise<boolean> {
    return runTransaction(this.#store, async (session) => {
      const current = await this.find(workspaceId, type, session);
      if (!current) return false;
      await this.#model().deleteOne({ _id: current._id }, { session });
      await recordChange(this.#store, { ...toAudited(current), before: current, at }, session);
      return true;
    });
  }

  #model() {
    return modelOf(this.#store, EVENT_TYPES, eventTypeSchema);
  }
}

const toAudited = ({ workspaceId, type }: EventTypeDocument) =>
  ({ owner: workspaceId, object: { kind: "event_type", id: type } }) as const;
