import type { ClaimedEntry, MailPayload, OperationalPayload, WorkspaceRepository } from "@hooklane/store";
import { type MailOptions, toDisabledMail } from "../mail/disabled-mail.js";
import type { Mailer } from "../mail/mailer.js";
import { type OperationalCaller, toOperationalEvent } from "./operational-webhook.js";
import type { TryOutcome } from "./promise-keeper.js";

/** Sends an outbox entry of kind `mail`. */
export function createMailSender(mailer: Mailer, options: MailOptions) {
  return (entry: ClaimedEntry): Promise<TryOutcome> => {
    const { notice, contact } = entry.payload as MailPayload;
    return mailer.send(toDisabledMail(notice, contact, options), entry._id);
  };
}

/** Sends an outbox entry of kind `operational_webhook` to where the workspace wants it now. */
export function createOperationalSender(
  caller: OperationalCaller,
  workspaces: WorkspaceRepository,
  now: () => Date,
) {
  return async (entry: ClaimedEntry): Promise<TryOutcome> => {
    const { notice } = entry.payload as OperationalPayload;
    const target = (await workspaces.find(notice.workspaceId))?.operationalWebhook;
    if (!target) return { kind: "refused", detail: "no longer configured" };
    return caller.call(target, toOperationalEvent(entry._id, notice), now());
  };
}
