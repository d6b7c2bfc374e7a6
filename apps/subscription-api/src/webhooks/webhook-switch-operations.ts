import { activateWebhook, emptyBody, webhook as webhookSchema } from "@hooklane/contracts";
import { asWebhookId, type WorkspaceId } from "@hooklane/core";
import { isSendable, type JourneyRepository, type WebhookRepository } from "@hooklane/store";
import { type Operation, workspaceOperation } from "../http/operation.js";
import type { PlanGate } from "../plans/plan-gate.js";
import { findWebhook } from "./find-webhook.js";
import { whileOwnerIsOn, whyNotHere } from "./triggered-guard.js";
import { withStatus } from "./webhook-edit.js";
import { toAnswer } from "./webhook-outcome.js";

const tag = "Webhooks";

export interface WebhookSwitchOptions {
  readonly webhooks: WebhookRepository;
  readonly journeys: Pick<JourneyRepository, "whileActive">;
  readonly plans: Pick<PlanGate, "whyNotActivated">;
  readonly now: () => Date;
}

export function webhookSwitchOperations(options: WebhookSwitchOptions): readonly Operation[] {
  return [activate(options), deactivate(options)];
}

/** Of a webhook that is sent to already it changes nothing, a recovery goes on: it is answered alike. */
function activate({ webhooks, journeys, plans, now }: WebhookSwitchOptions): Operation {
  return workspaceOperation({
    method: "post",
    path: "/v1/webhooks/{id}/activate",
    operationId: "activateWebhook",
    tag,
    summary:
      "Switch a webhook on, also one that was disabled; old errors do not count. What it did not get is skipped, or sent first with `recover`",
    access: "write",
    body: activateWebhook,
    isConditional: true,
    success: {
      status: 200,
      description:
        "The webhook as it is now; `recovering` until what it did not get stands in line, see the job `recoveryJobId`",
      body: webhookSchema,
    },
    problems: ["not_found", "plan_upgrade_required", "conflict", "journey_not_active", "precondition_failed"],
    handle: async ({ workspaceId, params, body, expectedVersion }) => {
      const current = await findWebhook(webhooks, workspaceId, params.id);
      const refused = current && (await plans.whyNotActivated(current));
      if (refused) return refused;
      const status = body.recover ? "recovering" : "active";
      const at = now();
      return whileOwnerIsOn(journeys, current, async () => {
        const outcome = await webhooks.change(
          asWebhookId(params.id ?? ""),
          toExpected(workspaceId, expectedVersion),
          (webhook) => (isSendable(webhook.status) ? undefined : { webhook: withStatus(webhook, status) }),
          at,
        );
        return toAnswer(outcome, at);
      });
    },
  });
}

/** Of a webhook that is off it changes nothing and is answered alike. */
function deactivate({ webhooks, now }: WebhookSwitchOptions): Operation {
  return workspaceOperation({
    method: "post",
    path: "/v1/webhooks/{id}/deactivate",
    operationId: "deactivateWebhook",
    tag,
    summary: "Switch a webhook off; what is queued is skipped, a recovery ends",
    access: "write",
    body: emptyBody,
    isConditional: true,
    success: { status: 200, description: "The webhook as it is now", body: webhookSchema },
    problems: ["not_found", "conflict", "precondition_failed"],
    handle: async ({ workspaceId, params, expectedVersion }) => {
      const current = await findWebhook(webhooks, workspaceId, params.id);
      const elsewhere = current && whyNotHere(current);
      if (elsewhere) return elsewhere;
      const at = now();
      const outcome = await webhooks.change(
        asWebhookId(params.id ?? ""),
        toExpected(workspaceId, expectedVersion),
        (webhook) =>
          webhook.status === "inactive" ? undefined : { webhook: withStatus(webhook, "inactive") },
        at,
      );
      return toAnswer(outcome, at);
    },
  });
}

const toExpected = (workspaceId: WorkspaceId, version: number | undefined) => ({
  workspaceId,
  ...(version !== undefined && { version }),
});
