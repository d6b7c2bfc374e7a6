import type {
  Batching,
  ContactId,
  EndpointId,
  SettleReason,
  WebhookId,
  WebhookStatus,
  WorkspaceId,
} from "@hooklane/core";
import type { DeliveryFacts } from "./lane-record.js";
import type { TrippedWebhooks } from "./tripped-webhooks.js";

/** What the rules need of a webhook's configuration. */
export interface WebhookFacts {
  readonly version: number;
  readonly generation: number;
  readonly status: WebhookStatus;
  /** A tombstone: what is queued is cancelled. */
  readonly deletedAt?: Date | undefined;
  readonly batching?: Batching | undefined;
}

/** The configuration as this process knows it now. */
export interface ConfigurationView {
  webhook(id: WebhookId): WebhookFacts | undefined;
  /** Whether what is queued about a contact is not to be sent any more (product.md W5). */
  isContactDeleted(id: ContactId): boolean;
  /** Requests a second an endpoint may get at most: the lowest limit of its webhooks (product.md D13). Absent: any. */
  rateLimit?(workspaceId: WorkspaceId, endpointId: EndpointId): number | undefined;
}

/** Whether a delivery may be sent. `hold`: our copy is older than the delivery, never skip for ignorance. */
export type Verdict =
  | { readonly kind: "send" }
  | { readonly kind: "hold" }
  | { readonly kind: "settle"; readonly status: "skipped" | "cancelled"; readonly reason: SettleReason };

const SEND: Verdict = { kind: "send" };
const HOLD: Verdict = { kind: "hold" };
const CANCEL: Verdict = { kind: "settle", status: "cancelled", reason: "webhook_deleted" };
const CANCEL_CONTACT: Verdict = { kind: "settle", status: "cancelled", reason: "contact_deleted" };
const skip = (reason: SettleReason): Verdict => ({ kind: "settle", status: "skipped", reason });
const SKIP_TRIPPED = skip("auto_disabled");
const SKIP_OLDER = skip("older_generation");
const SKIP_INACTIVE = skip("inactive");
const SKIP_LOCKED = skip("plan_locked");

/** Deletions that came before it are told by itself: the configuration knows those of the last days only. */
const isAboutDeletedContact = (
  { contactId, isContactDeleted }: DeliveryFacts,
  configuration: ConfigurationView,
): boolean =>
  contactId !== undefined && (isContactDeleted === true || configuration.isContactDeleted(contactId));

/** Asked at intake, before every send in every state, and in the tick that writes the request (lanes.md §5.4, §6.6). */
export function judge(
  facts: DeliveryFacts,
  configuration: ConfigurationView,
  tripped: TrippedWebhooks,
): Verdict {
  // Whatever its webhook is: one that is off would be sent it by a recovery.
  if (isAboutDeletedContact(facts, configuration)) return CANCEL_CONTACT;
  const webhook = configuration.webhook(facts.webhookId);
  if (webhook === undefined || webhook.version < facts.version) return HOLD;
  if (webhook.deletedAt !== undefined) return CANCEL;
  if (tripped.isTripped(facts.webhookId, facts.generation)) return SKIP_TRIPPED;
  switch (webhook.status) {
    case "active":
    case "recovering":
      return webhook.generation > facts.generation ? SKIP_OLDER : SEND;
    case "inactive":
      return SKIP_INACTIVE;
    case "auto_disabled":
      return SKIP_TRIPPED;
    case "plan_locked":
      return SKIP_LOCKED;
  }
}
