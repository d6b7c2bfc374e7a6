import { emptyBody, resendAccepted, resendEvent } from "@hooklane/contracts";
import { asDeliveryId, asEventId, asWebhookId, type WorkspaceId } from "@hooklane/core";
import type { ResendRequests } from "@hooklane/store";
import { acceptedAnswer, type Answer, notFound, refusal } from "../http/answer.js";
import { type Operation, workspaceOperation } from "../http/operation.js";
import type { ResendPlan, ResendPlanner } from "./resend-planner.js";

const success = {
  status: 202,
  description:
    "The new deliveries, at the end of their endpoints' lines. Without an `Idempotency-Key`, a repeated call resends once more",
  body: resendAccepted,
} as const;

const problems = ["not_found", "webhook_not_active", "event_expired"] as const;

export interface ResendOperationsOptions {
  readonly planner: ResendPlanner;
  readonly requests: Pick<ResendRequests, "record">;
  readonly now: () => Date;
}

export function resendOperations(options: ResendOperationsOptions): readonly Operation[] {
  return [ofDelivery(options), ofEvent(options)];
}

function ofDelivery(options: ResendOperationsOptions): Operation {
  return workspaceOperation({
    method: "post",
    path: "/v1/deliveries/{id}/resend",
    operationId: "resendDelivery",
    tag: "Deliveries",
    summary:
      "Send a delivery once more, behind what is queued for its endpoint; answered once the broker has it",
    access: "write",
    body: emptyBody,
    success,
    problems,
    handle: async ({ workspaceId, params }) => {
      const id = params.id ?? "";
      if (!id.startsWith("dl_")) return notFound("delivery");
      const plan = await options.planner.ofDelivery(workspaceId, asDeliveryId(id));
      return resend(options, plan, { workspaceId, id, what: "delivery" });
    },
  });
}

function ofEvent(options: ResendOperationsOptions): Operation {
  return workspaceOperation({
    method: "post",
    path: "/v1/events/{id}/resend",
    operationId: "resendEvent",
    tag: "Events",
    summary: "Send an event once more to the webhooks it matched, or to one of them, behind what is queued",
    access: "write",
    body: resendEvent,
    success,
    problems: [...problems, "conflict"],
    handle: async ({ workspaceId, params, body }) => {
      const webhookId = body.webhookId === undefined ? undefined : asWebhookId(body.webhookId);
      const id = params.id ?? "";
      const plan = await options.planner.ofEvent(workspaceId, asEventId(id), webhookId);
      return resend(options, plan, { workspaceId, id, what: "event" });
    },
  });
}

async function resend(
  { requests, now }: ResendOperationsOptions,
  plan: ResendPlan,
  of: { readonly workspaceId: WorkspaceId; readonly id: string; readonly what: "delivery" | "event" },
): Promise<Answer> {
  switch (plan.kind) {
    case "planned":
      await requests.record(of.workspaceId, of.id, plan.resends, now());
      return { ...acceptedAnswer(plan.answer), resends: plan.orders };
    case "not_found":
      return notFound(of.what);
    case "expired":
      return eventExpired();
    case "scheduled":
      return refusal(
        "conflict",
        `The event is scheduled for ${plan.until.toISOString()} and was sent to nobody yet.`,
      );
    case "is_test":
      return refusal("conflict", "It is a test: send another one with the webhook's `test` call.");
    case "not_matched":
      return refusal("conflict", "The event was not sent to this webhook, or to none at all. See `explain`.");
    case "not_active":
      return refusal(
        "webhook_not_active",
        `Nothing is sent to it: it is ${[...new Set(plan.statuses)].join(", ")}.`,
      );
  }
}

export const eventExpired = (): Answer =>
  refusal("event_expired", "The event is older than the workspace keeps its bytes.");
