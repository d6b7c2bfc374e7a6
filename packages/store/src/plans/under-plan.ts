import { type Plan, toPlannedState, type WebhookStatus } from "@hooklane/core";
import type { WebhookDocument } from "../webhooks/webhook.js";

/** What plans read and set of a webhook. */
type Planned = Pick<WebhookDocument, "kind" | "eventTypes" | "lockedEventTypes"> & {
  readonly status: WebhookStatus;
};

/**
 * A webhook as its workspace's plan lets it be. Everything that writes webhooks goes through this within its
 * transaction, so that what a plan means is in the webhook itself: it gets its place in the line with the webhook's
 * version, and nobody who matches or sends has to know plans (architecture.md §1.5).
 */
export function underPlan<Webhook extends Planned>(webhook: Webhook, plan: Plan): Webhook {
  const { lockedEventTypes: _before, ...rest } = webhook;
  const { status, lockedEventTypes } = toPlannedState(plan, webhook);
  return { ...(rest as Webhook), status, ...(lockedEventTypes.length > 0 && { lockedEventTypes }) };
}

/** Whether {@link underPlan} would leave it as it is. */
export function isUnderPlan(webhook: Planned, plan: Plan): boolean {
  const { status, lockedEventTypes } = toPlannedState(plan, webhook);
  const locked = webhook.lockedEventTypes ?? [];
  return (
    status === webhook.status &&
    locked.length === lockedEventTypes.length &&
    locked.every((type, index) => type === lockedEventTypes[index])
  );
}
