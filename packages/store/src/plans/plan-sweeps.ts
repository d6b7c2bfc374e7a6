import type { WorkspaceId } from "@hooklane/core";
import type { CollectionIndexes } from "../collection-indexes.js";
import type { Store } from "../store.js";
import type { Session } from "../transaction.js";

const COLLECTION = "planSweeps";

/** Whose webhooks are to be brought under their plan. */
export type PlanScope =
  | { readonly kind: "workspace"; readonly workspaceId: WorkspaceId }
  /** All workspaces that have the plan. */
  | { readonly kind: "plan"; readonly planId: string };

/** A promise, made with a change of plan: webhooks follow, whoever crashes. */
export interface PlanSweep {
  readonly scope: PlanScope;
  readonly changedAt: Date;
}

interface SweepDocument {
  /** `workspace:<id>` or `plan:<id>`. */
  readonly _id: string;
  readonly scope: PlanScope;
  readonly changedAt: Date;
  readonly dueAt: Date;
}

export const planSweepIndexes: CollectionIndexes = {
  collection: COLLECTION,
  indexes: [{ name: "due", key: { dueAt: 1 } }],
};

/** Left to who made the change; from then on anybody may take it up. */
const FIRST_AFTER_MS = 5_000;

/**
 * A webhook saved by a transaction that began before the change may be committed after everything was looked at. Such a
 * transaction ends within 10 s, so a look that begins this long after the change sees all of them. Clocks may differ.
 */
const SETTLED_AFTER_MS = 30_000;

/** What is left to do after changes of plans. */
export class PlanSweeps {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  /** Promises a sweep as a part of the transaction that changes a plan. */
  async add(scope: PlanScope, at: Date, session: Session): Promise<void> {
    await this.#collection().updateOne(
      { _id: toId(scope) },
      { $set: { scope, changedAt: at, dueAt: new Date(at.getTime() + FIRST_AFTER_MS) } },
      { upsert: true, session },
    );
  }

  /** Sweeps to make now, oldest first. */
  async listDue(now: Date, limit: number): Promise<PlanSweep[]> {
    return this.#collection()
      .find({ dueAt: { $lte: now } })
      .sort({ dueAt: 1 })
      .limit(limit)
      .toArray();
  }

  /**
   * Says that everything was looked at. Idempotent; a change made since is not affected.
   *
   * @param startedAt when the look began: too early, it is repeated once
   */
  async settle({ scope, changedAt }: PlanSweep, startedAt: Date): Promise<void> {
    const settledAt = new Date(changedAt.getTime() + SETTLED_AFTER_MS);
    const same = { _id: toId(scope), changedAt };
    if (startedAt >= settledAt) await this.#collection().deleteOne(same);
    else await this.#collection().updateOne(same, { $set: { dueAt: settledAt } });
  }

  #collection() {
    return this.#store.db.collection<SweepDocument>(COLLECTION);
  }
}

const toId = (scope: PlanScope): string =>
  scope.kind === "workspace" ? `workspace:${scope.workspaceId}` : `plan:${scope.planId}`;
