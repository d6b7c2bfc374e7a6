import type { CreateWebhook } from "@hooklane/contracts";
import type { WorkspaceId } from "@hooklane/core";
import type { PlanGate } from "../plans/plan-gate.js";
import type { WantedStatus } from "./webhook-edit.js";

/** What a new webhook begins with: an audience webhook is on once it is saved, where the plan allows it (product.md W1). */
export async function toInitialStatus(
  plans: Pick<PlanGate, "whyNotMade">,
  workspaceId: WorkspaceId,
  body: CreateWebhook,
): Promise<WantedStatus> {
  if (body.status !== undefined) return body.status;
  if (body.kind !== "audience") return "inactive";
  return (await plans.whyNotMade(workspaceId, { ...body, status: "active" })) ? "inactive" : "active";
}
