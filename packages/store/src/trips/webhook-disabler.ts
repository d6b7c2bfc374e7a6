import type { DisableReason, WebhookId } from "@hooklane/core";
import { runAudited } from "../audit/audit-context.js";
import type { LastError } from "../delivery-log/delivery-document.js";
import type { OutboxEntry } from "../outbox/outbox.js";
import type { Store } from "../store.js";
import type { WebhookDocument } from "../webhooks/webhook.js";
import {
  type ChangeOutcome,
  isSendable,
  type WebhookEdit,
  WebhookRepository,
} from "../webhooks/webhook-repository.js";
import type { WorkspaceDocument } from "../workspaces/workspace.js";
import type { DisabledNotice, MailPayload, NamedErrorCount, OperationalPayload } from "./disabled-notice.js";

/** Why and since when a webhook is to be disabled. */
export interface Disablement {
  readonly webhookId: WebhookId;
  /** The webhook is disabled only while it is at this generation: a cause is acted on once. */
  readonly generation: number;
  readonly reason: DisableReason;
  readonly at: Date;
  readonly errorCounts: readonly NamedErrorCount[];
  readonly lastError?: LastError;
}

/** Disables webhooks and, in the same transaction, promises to tell everybody who has to know (lanes.md §7). */
export class WebhookDisabler {
  readonly #webhooks: WebhookRepository;

  constructor(store: Store) {
    this.#webhooks = new WebhookRepository(store);
  }

  /**
   * Idempotent: a webhook that is gone, is no longer active or has another generation is left alone.
   *
   * @param workspace whose contacts are told, the webhook's
   * @returns when `changed`, the control record to produce, as of any change of a webhook
   */
  async disable(disablement: Disablement, workspace: WorkspaceDocument, now: Date): Promise<ChangeOutcome> {
    const { webhookId, generation, reason, at, lastError } = disablement;
    const edit = (current: WebhookDocument): WebhookEdit | undefined => {
      if (!isSendable(current.status)) return undefined;
      return {
        webhook: {
          ...current,
          status: "auto_disabled",
          disabled: { reason, at, ...(lastError && { lastError: toText(lastError) }) },
        },
        outbox: toPromises(toNotice(disablement, workspace, current), workspace, now),
      };
    };
    const expected = { workspaceId: workspace._id, generation };
    return runAudited({ actor: { kind: "system" }, operation: "disableWebhook" }, () =>
      this.#webhooks.change(webhookId, expected, edit, now),
    );
  }
}

function toNotice(
  { generation, reason, at, errorCounts, lastError }: Disablement,
  workspace: WorkspaceDocument,
  webhook: WebhookDocument,
): DisabledNotice {
  return {
    workspaceId: workspace._id,
    workspaceName: workspace.name,
    timeZone: workspace.timeZone,
    webhook: { id: webhook._id, name: webhook.name, url: webhook.url },
    generation,
    reason,
    at,
    errorCounts: [...errorCounts].sort((one, other) => other.errors - one.errors),
    ...(lastError && { lastError }),
  };
}

/** One mail a contact and, if there is one, the operational webhook. */
function toPromises(notice: DisabledNotice, workspace: WorkspaceDocument, createdAt: Date): OutboxEntry[] {
  const id = `disable:${notice.webhook.id}:${notice.generation}`;
  const mails = workspace.contacts.map((contact, index): OutboxEntry<MailPayload> => ({
    _id: `${id}:mail:${index}`,
    kind: "mail",
    payload: { notice, contact },
    createdAt,
  }));
  const call: OutboxEntry<OperationalPayload> = {
    _id: `${id}:operational`,
    kind: "operational_webhook",
    payload: { notice },
    createdAt,
  };
  return workspace.operationalWebhook ? [...mails, call] : mails;
}

/** What the console shows beside the webhook: `HTTP 503`, `timeout`. */
function toText({ error, statusCode }: LastError): string {
  return statusCode === undefined ? (error ?? "unknown") : `HTTP ${statusCode}`;
}
