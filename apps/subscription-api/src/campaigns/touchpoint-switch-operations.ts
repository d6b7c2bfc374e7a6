import { emptyBody, touchpoint as touchpointSchema } from "@hooklane/contracts";
import { asCampaignId, asWebhookId, TRIGGER_OF } from "@hooklane/core";
import type { TouchpointOutcome } from "@hooklane/store";
import { type Answer, notFound, refusal } from "../http/answer.js";
import { type Operation, type WorkspaceCall, workspaceOperation } from "../http/operation.js";
import { findTouchpoint } from "./find-touchpoint.js";
import type { TouchpointOperationsOptions } from "./touchpoint-options.js";
import { missed, shownTouchpoint } from "./touchpoint-outcome.js";

const tag = "Campaigns";
const success = { status: 200, description: "The touchpoint as it is now", body: touchpointSchema } as const;

/** A draft that is to be sent, and one that is not to be sent after all. */
export const touchpointSwitchOperations = (options: TouchpointOperationsOptions): readonly Operation[] => [
  workspaceOperation({
    method: "post",
    path: "/v1/campaigns/{id}/touchpoints/{touchpointId}/schedule",
    operationId: "scheduleTouchpoint",
    tag,
    summary: "Schedule a draft for its time; one that is scheduled is answered alike",
    access: "write",
    body: emptyBody.optional(),
    isConditional: true,
    success,
    problems: ["not_found", "plan_upgrade_required", "conflict", "precondition_failed"],
    handle: (call) => schedule(options, call),
  }),
  workspaceOperation({
    method: "post",
    path: "/v1/campaigns/{id}/touchpoints/{touchpointId}/cancel",
    operationId: "cancelTouchpoint",
    tag,
    summary:
      "Cancel a scheduled touchpoint before it is due, for good; one that is cancelled is answered alike",
    access: "write",
    body: emptyBody.optional(),
    isConditional: true,
    success,
    problems: ["not_found", "conflict", "precondition_failed"],
    handle: (call) => change(options, call, "cancel"),
  }),
];

async function schedule(
  options: TouchpointOperationsOptions,
  call: WorkspaceCall<unknown, unknown>,
): Promise<Answer> {
  const found = await findTouchpoint(options, call.workspaceId, call.params);
  if (!found) return notFound("touchpoint");
  const wanted = { kind: "touchpoint", eventTypes: [TRIGGER_OF.touchpoint], status: "active" } as const;
  const refused = await options.plans.whyNotMade(call.workspaceId, wanted);
  return refused ?? change(options, call, "schedule");
}

async function change(
  { writer, now }: TouchpointOperationsOptions,
  { workspaceId, params, expectedVersion }: WorkspaceCall<unknown, unknown>,
  wanted: "schedule" | "cancel",
): Promise<Answer> {
  const at = now();
  const key = {
    workspaceId,
    campaignId: asCampaignId(params.id ?? ""),
    id: asWebhookId(params.touchpointId ?? ""),
    version: expectedVersion,
  };
  const outcome: TouchpointOutcome = await writer.change(key, wanted, () => ({}), at);
  switch (outcome.kind) {
    case "done":
      return shownTouchpoint(outcome, at);
    case "past":
      return refusal("conflict", "Its time is over: give it another one before.");
    default:
      return missed(outcome);
  }
}
