import { type Plan, SELF_HOSTED, type WorkspaceId } from "@hooklane/core";
import { modelOf } from "../model-options.js";
import type { Store } from "../store.js";
import type { Session } from "../transaction.js";
import { type WorkspaceDocument, WORKSPACES } from "../workspaces/workspace.js";
import { type PlanDocument, PLANS, planSchema, toPlan } from "./plan.js";

/**
 * A plan by its id, the built-in one included.
 *
 * @returns undefined when there is none; a plan that a workspace has cannot be deleted
 */
export async function readPlan(store: Store, id: string, session?: Session): Promise<Plan | undefined> {
  if (id === SELF_HOSTED.id) return SELF_HOSTED;
  const found = await modelOf(store, PLANS, planSchema)
    .findById(id, null, session ? { session } : {})
    .lean<PlanDocument>();
  return found ? toPlan(found) : undefined;
}

/**
 * Reads a plan a workspace is about to get, and keeps it from being deleted until the transaction ends.
 *
 * @returns undefined when there is none
 */
export async function holdPlan(
  store: Store,
  id: string,
  at: Date,
  session: Session,
): Promise<Plan | undefined> {
  if (id === SELF_HOSTED.id) return SELF_HOSTED;
  const held = await modelOf(store, PLANS, planSchema)
    .findOneAndUpdate({ _id: id }, { $set: { assignedAt: at } }, { session, returnDocument: "after" })
    .lean<PlanDocument>();
  return held ? toPlan(held) : undefined;
}

/**
 * The plan a workspace has. Where it cannot be found nobody is locked out: that would be a fault of ours.
 *
 * @param session the transaction that goes by it
 */
export async function readPlanOf(store: Store, workspaceId: WorkspaceId, session: Session): Promise<Plan> {
  const workspace = await store.db
    .collection<WorkspaceDocument>(WORKSPACES)
    .findOne({ _id: workspaceId }, { session, projection: { plan: 1 } });
  const plan = workspace && (await readPlan(store, workspace.plan, session));
  return plan ?? SELF_HOSTED;
}
