import type { ChangeOutcome, ControlPayload, WebhookDocument } from "@hooklane/store";
import { type Answer, moved, notFound, ok, toEtag } from "../http/answer.js";
import { toWebhookAnswer } from "./webhook-answer.js";

/** @param shownOnce what of the webhook's secrets the change made */
export function toAnswer(
  outcome: ChangeOutcome,
  at: Date,
  shownOnce: { readonly secret?: string } = {},
): Answer {
  switch (outcome.kind) {
    case "changed":
      return { ...shown(outcome.webhook, at, shownOnce), ...toControls(outcome.control) };
    case "unchanged":
      // The call before this one made the change and may not have been able to announce it.
      return { ...shown(outcome.webhook, at), ...toControls(outcome.control) };
    case "not_found":
      return notFound("webhook");
    case "moved":
      return moved("webhook", outcome.webhook.version);
  }
}

export const toControls = (control: ControlPayload | undefined) => (control ? { controls: [control] } : {});

const shown = (webhook: WebhookDocument, at: Date, shownOnce: object = {}): Answer =>
  ok({ ...toWebhookAnswer(webhook, at), ...shownOnce }, { etag: toEtag(webhook.version) });
