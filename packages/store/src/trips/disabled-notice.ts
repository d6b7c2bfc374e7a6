import type { DisableReason, WebhookId, WorkspaceId } from "@hooklane/core";
import type { LastError } from "../delivery-log/delivery-document.js";
import type { WorkspaceContact } from "../workspaces/workspace.js";

/** Errors of one webhook in the window when the rule tripped. */
export interface NamedErrorCount {
  readonly webhookId: WebhookId;
  /** Absent when the webhook is deleted. */
  readonly name?: string;
  readonly errors: number;
}

/** What there is to tell of one disablement (product.md D6), as it was at that time. */
export interface DisabledNotice {
  readonly workspaceId: WorkspaceId;
  readonly workspaceName: string;
  /** IANA name. */
  readonly timeZone: string;
  readonly webhook: { readonly id: WebhookId; readonly name: string; readonly url: string };
  /** Of the webhook while it was active. */
  readonly generation: number;
  readonly reason: DisableReason;
  readonly at: Date;
  /** Empty unless the shared rule tripped. Most errors first. */
  readonly errorCounts: readonly NamedErrorCount[];
  readonly lastError?: LastError;
}

/** Payload of an outbox entry of kind `mail`: one contact each, so that one bad address does not stop the others. */
export interface MailPayload {
  readonly notice: DisabledNotice;
  readonly contact: WorkspaceContact;
}

/** Payload of an outbox entry of kind `operational_webhook`. URL and secret are the workspace's when it is sent. */
export interface OperationalPayload {
  readonly notice: DisabledNotice;
}
