import type { WebhookDocument, WebhookEdit } from "@hooklane/store";
import { type Answer, invalid } from "../http/answer.js";
import { newEndpointId } from "../ids.js";
import { withScheme } from "./signing.js";
import { checkWebhook, type WebhookChecksOptions } from "./webhook-checks.js";
import { type ConfiguredWebhook, toPlace, withConfiguration } from "./webhook-edit.js";

export type PlannedChange =
  | {
      readonly ok: true;
      readonly edit: WebhookEdit;
      /** What of the webhook's secrets the change makes, shown this once. */
      readonly shown: { readonly secret?: string };
    }
  | { readonly ok: false; readonly refusal: Answer };

/**
 * Checks another configuration of a webhook, and works the change out. Its status is as before.
 *
 * @param current what the configuration was merged with: the change counts only for that version
 */
export async function planChange(
  options: WebhookChecksOptions,
  current: WebhookDocument,
  wanted: ConfiguredWebhook,
  at: Date,
): Promise<PlannedChange> {
  const errors = await checkWebhook(options, current.workspaceId, wanted, current);
  if (errors.length > 0) return { ok: false, refusal: invalid(errors) };
  const signing = withScheme(current, wanted.signatureScheme, at);
  if (!signing.ok) return signing;
  const webhook = withConfiguration({ ...current, secrets: signing.secrets }, wanted);
  return { ok: true, edit: { webhook, place: toPlace(wanted.url, newEndpointId()) }, shown: signing.shown };
}
