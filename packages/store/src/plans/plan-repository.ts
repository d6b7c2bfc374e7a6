import { byRank, type Plan, SELF_HOSTED } from "@hooklane/core";
import { INSTALLATION } from "../audit/audit-entry.js";
import { recordChange } from "../audit/record-change.js";
import { modelOf } from "../model-options.js";
import { retryDuplicateKey } from "../retry-duplicate-key.js";
import type { Store } from "../store.js";
import { isDuplicateKey } from "../store-error.js";
import { runTransaction, type Session } from "../transaction.js";
import { workspaceSchema, WORKSPACES } from "../workspaces/workspace.js";
import { writeChanges } from "../write-changes.js";
import { type PlanDocument, PLANS, planSchema, toPlan } from "./plan.js";
import { PlanSweeps } from "./plan-sweeps.js";
import { readPlan } from "./read-plan.js";

export type PlanChange =
  | { readonly kind: "changed"; readonly plan: PlanDocument }
  | { readonly kind: "not_found" }
  | { readonly kind: "moved"; readonly plan: PlanDocument };

export type PlanDeletion =
  | { readonly kind: "deleted" | "not_found" | "in_use" }
  | { readonly kind: "moved"; readonly plan: PlanDocument };

/** Plans. A change, which may lock or unlock webhooks, promises in its transaction that they follow: `PlanEnforcer`. */
export class PlanRepository {
  readonly #store: Store;
  readonly #sweeps: PlanSweeps;

  constructor(store: Store) {
    this.#store = store;
    this.#sweeps = new PlanSweeps(store);
  }

  /** Stored ones, families by name, each from the cheapest on. */
  async list(): Promise<PlanDocument[]> {
    return this.#model().find().sort({ family: 1, rank: 1, _id: 1 }).lean<PlanDocument[]>();
  }

  /** The plans of a family, cheapest first; the built-in one is a family of its own. */
  async listFamily(family: string): Promise<readonly Plan[]> {
    if (family === SELF_HOSTED.family) return [SELF_HOSTED];
    const found = await this.#model().find({ family }).lean<PlanDocument[]>();
    return found.map(toPlan).sort(byRank);
  }

  async find(id: string): Promise<PlanDocument | undefined> {
    return (await this.#model().findById(id).lean<PlanDocument>()) ?? undefined;
  }

  /** By its id, the built-in one included. */
  read(id: string): Promise<Plan | undefined> {
    return readPlan(this.#store, id);
  }

  /** @returns false when there is a plan of that id */
  async insert(plan: PlanDocument): Promise<boolean> {
    try {
      await runTransaction(this.#store, async (session) => {
        await this.#model().insertOne(plan, { session });
        await this.#record(undefined, plan, plan.createdAt, session);
      });
      return true;
    } catch (error) {
      if (isDuplicateKey(error)) return false;
      throw error;
    }
  }

  /** Adds those there are not and leaves the others as they are. @returns those added */
  async insertMissing(plans: readonly PlanDocument[]): Promise<readonly PlanDocument[]> {
    return retryDuplicateKey(() =>
      runTransaction(this.#store, async (session) => {
        const ids = plans.map(({ _id }) => _id);
        const found = await this.#model()
          .find({ _id: { $in: ids } }, { _id: 1 }, { session })
          .lean<{ _id: string }[]>();
        const known = new Set(found.map(({ _id }) => _id));
        const missing = plans.filter(({ _id }) => !known.has(_id));
        for (const plan of missing) {
          await this.#model().insertOne(plan, { session });
          await this.#record(undefined, plan, plan.createdAt, session);
        }
        return missing;
      }),
    );
  }

  /** @param expectedVersion absent: whatever it is */
  async change(
    id: string,
    expectedVersion: number | undefined,
    edit: (current: PlanDocument) => PlanDocument,
    at: Date,
  ): Promise<PlanChange> {
    return runTransaction(this.#store, async (session): Promise<PlanChange> => {
      const current = await this.#model().findById(id, null, { session }).lean<PlanDocument>();
      if (!current) return { kind: "not_found" };
      if (expectedVersion !== undefined && current.version !== expectedVersion) {
        return { kind: "moved", plan: current };
      }
      const plan = { ...edit(current), version: current.version + 1, updatedAt: at };
      await writeChanges(
        this.#store.db.collection<PlanDocument>(PLANS),
        { before: current, after: plan },
        session,
      );
      await this.#record(current, plan, at, session);
      await this.#sweeps.add({ kind: "plan", planId: id }, at, session);
      return { kind: "changed", plan };
    });
  }

  /** Deletes a plan no workspace has. */
  async delete(id: string, expectedVersion: number | undefined, at: Date): Promise<PlanDeletion> {
    return runTransaction(this.#store, async (session): Promise<PlanDeletion> => {
      const current = await this.#model().findById(id, null, { session }).lean<PlanDocument>();
      if (!current) return { kind: "not_found" };
      if (expectedVersion !== undefined && current.version !== expectedVersion) {
        return { kind: "moved", plan: current };
      }
      if (await this.#isInUse(id, session)) return { kind: "in_use" };
      await this.#model().deleteOne({ _id: id }, { session });
      await this.#record(current, undefined, at, session);
      return { kind: "deleted" };
    });
  }

  async #record(
    before: PlanDocument | undefined,
    after: PlanDocument | undefined,
    at: Date,
    session: Session,
  ): Promise<void> {
    const id = after?._id ?? before?._id ?? "";
    await recordChange(
      this.#store,
      {
        owner: INSTALLATION,
        object: { kind: "plan", id },
        ...(before && { before }),
        ...(after && { after }),
        at,
      },
      session,
    );
  }

  async #isInUse(id: string, session: Session): Promise<boolean> {
    const workspaces = modelOf(this.#store, WORKSPACES, workspaceSchema);
    return (await workspaces.findOne({ plan: id }, { _id: 1 }, { session }).lean()) !== null;
  }

  #model() {
    return modelOf(this.#store, PLANS, planSchema);
  }
}
