import type { WorkspaceId } from "@hooklane/core";
import { API_KEYS, type ApiKeyDocument, apiKeySchema } from "../api-keys/api-key.js";
import { recordChange } from "../audit/record-change.js";
import { EVENT_TYPES, type EventTypeDocument, eventTypeSchema } from "../event-types/event-type.js";
import { modelOf } from "../model-options.js";
import { PartitionLoads } from "../partition-loads/partition-loads.js";
import type { Page } from "../page.js";
import { PlanSweeps } from "../plans/plan-sweeps.js";
import { holdPlan } from "../plans/read-plan.js";
import type { Store } from "../store.js";
import { runTransaction, type Session } from "../transaction.js";
import { writeChanges } from "../write-changes.js";
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

  /** Makes a workspace with its first key and its event types, all or nothing. @throws when there is no such plan */
  async create(
    workspace: NewWorkspace,
    apiKey: ApiKeyDocument,
    eventTypes: readonly EventTypeDocument[],
  ): Promise<WorkspaceDocument> {
    return runTransaction(this.#store, async (session) => {
      if (!(await holdPlan(this.#store, workspace.plan, workspace.createdAt, session))) {
        throw new Error(`Plan ${workspace.plan} does not exist`);
      }
      const eventsPartition = await this.#loads.take("events.v1");
      const made: WorkspaceDocument = {
        ...workspace,
        eventsPartition,
        version: 1,
        updatedAt: workspace.createdAt,
      };
      await this.#model().insertOne(this.#store.secrets.seal(WORKSPACES, made), { session });
      await modelOf(this.#store, API_KEYS, apiKeySchema).insertOne(apiKey, { session });
      if (eventTypes.length > 0) {
        await modelOf(this.#store, EVENT_TYPES, eventTypeSchema).insertMany([...eventTypes], { session });
      }
      await this.#record(undefined, made, session);
      const object = { kind: "api_key", id: apiKey._id } as const;
      const { workspaceId, createdAt: at } = apiKey;
      await recordChange(this.#store, { owner: workspaceId, object, after: apiKey, at }, session);
      return made;
    });
  }

  async find(id: WorkspaceId, session?: Session): Promise<WorkspaceDocument | undefined> {
    const found = await this.#model()
      .findById(id, null, session ? { session } : {})
      .lean<WorkspaceDocument>();
    return found ? this.#store.secrets.open(WORKSPACES, found) : undefined;
  }

  /** Oldest first, from after `after`. */
  async list(page: Page<WorkspaceId>): Promise<WorkspaceDocument[]> {
    const found = await this.#model()
      .find(page.after === undefined ? {} : { _id: { $gt: page.after } })
      .sort({ _id: 1 })
      .limit(page.limit)
      .lean<WorkspaceDocument[]>();
    return found.map((workspace) => this.#store.secrets.open(WORKSPACES, workspace));
  }

  /** Ids of those that have a plan, from after `after`. */
  async listOfPlan(plan: string, page: Page<WorkspaceId>): Promise<WorkspaceId[]> {
    const found = await this.#model()
      .find({ plan, ...(page.after !== undefined && { _id: { $gt: page.after } }) }, { _id: 1 })
      .sort({ _id: 1 })
      .limit(page.limit)
      .lean<Pick<WorkspaceDocument, "_id">[]>();
    return found.map(({ _id }) => _id);
  }

  /**
   * Changes a workspace that is at the expected version. Of two changes at the same time one begins again.
   *
   * @param expectedVersion absent: whatever it is
   * @param edit runs again when the transaction does: no effects outside
   */
  async change(
    id: WorkspaceId,
    expectedVersion: number | undefined,
    edit: (current: WorkspaceDocument) => WorkspaceDocument,
    at: Date,
  ): Promise<WorkspaceChange> {
    return runTransaction(this.#store, async (session): Promise<WorkspaceChange> => {
      const current = await this.find(id, session);
      if (!current) return { kind: "not_found" };
      if (expectedVersion !== undefined && current.version !== expectedVersion) {
        return { kind: "moved", workspace: current };
      }
      return { kind: "changed", workspace: await this.#replace(current, edit(current), at, session) };
    });
  }

  /** Gives a workspace a plan, or promises once more that webhooks follow the one it has: see `PlanEnforcer`. */
  async changePlan(
    id: WorkspaceId,
    plan: string,
    expectedVersion: number | undefined,
    at: Date,
  ): Promise<WorkspaceChange | { readonly kind: "unknown_plan" }> {
    return runTransaction(this.#store, async (session) => {
      const current = await this.find(id, session);
      if (!current) return { kind: "not_found" };
      if (expectedVersion !== undefined && current.version !== expectedVersion) {
        return { kind: "moved", workspace: current };
      }
      if (!(await holdPlan(this.#store, plan, at, session))) return { kind: "unknown_plan" };
      await new PlanSweeps(this.#store).add({ kind: "workspace", workspaceId: id }, at, session);
      if (current.plan === plan) return { kind: "changed", workspace: current };
      return {
        kind: "changed",
        workspace: await this.#replace(current, { ...current, plan }, at, session),
      };
    });
  }

  async #replace(
    current: WorkspaceDocument,
    next: WorkspaceDocument,
    at: Date,
    session: Session,
  ): Promise<WorkspaceDocument> {
    const workspace: WorkspaceDocument = { ...next, version: current.version + 1, updatedAt: at };
    const stored = this.#store.secrets.seal(WORKSPACES, workspace);
    const states = { before: current, after: workspace, stored };
    await writeChanges(this.#store.db.collection<WorkspaceDocument>(WORKSPACES), states, session);
    await this.#record(current, workspace, session);
    return workspace;
  }

  async #record(
    before: WorkspaceDocument | undefined,
    after: WorkspaceDocument,
    session: Session,
  ): Promise<void> {
    const object = { kind: "workspace", id: after._id } as const;
    await recordChange(
      this.#store,
      { owner: after._id, object, ...(before && { before }), after, at: after.updatedAt },
      session,
    );
  }

  #model() {
    return modelOf(this.#store, WORKSPACES, workspaceSchema);
  }
}
