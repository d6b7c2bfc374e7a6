import { isForGood, isRecovering } from "../recovery/recovery.js";
import type { DeliveryStatus, WebhookStatus } from "../vocabulary.js";
import type { EnteredContact } from "./fold.js";

/** What the logs say of the event of a contact that entered. */
export interface TouchpointEvent {
  /** Of its delivery; `unmatched`: the router decided against one. */
  readonly own: DeliveryStatus | "unmatched";
  /** Of the webhook when it was skipped, or not sent to; undefined: nothing is owed. */
  readonly owedIn: number | undefined;
  /** Of the deliveries by which recoveries sent it. */
  readonly recovered: readonly DeliveryStatus[];
}

/** A touchpoint's webhook, as far as its recoveries matter; undefined: there is none. */
export type TouchpointWebhook =
  | { readonly status: WebhookStatus; readonly generation: number; readonly owedSince?: number | undefined }
  | undefined;

/**
 * How a contact's event ended. What the webhook was not sent is open while a recovery is to send it, and ends as that
 * does; resends that somebody asked for do not count.
 *
 * @param webhook as it was before `recovered` was read: once it recovers no longer, all its recovery sends is known
 */
export function outcomeOf(event: TouchpointEvent, webhook: TouchpointWebhook): EnteredContact["outcome"] {
  const { own, owedIn, recovered } = event;
  if (own !== "skipped" && own !== "unmatched") return own;
  const open = recovered.find((status) => status === "pending" || status === "retrying");
  return recovered.find(isForGood) ?? open ?? (isOwed(owedIn, webhook) ? "pending" : own);
}

function isOwed(owedIn: number | undefined, webhook: TouchpointWebhook): boolean {
  if (owedIn === undefined || webhook === undefined || !isRecovering(webhook, webhook)) return false;
  const { generation, owedSince = generation } = webhook;
  return owedIn >= owedSince && owedIn <= generation;
}
