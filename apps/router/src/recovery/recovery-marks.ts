import type { RecoveryBeginMeta, RecoveryEndMeta, ResendMeta } from "@hooklane/contracts";
import {
  type ContactId,
  decideRecoveryEnd,
  RECOVERY_ENTERING_MAX,
  toEntering,
  toResendRecordId,
} from "@hooklane/core";
import {
  type ConfigCopy,
  type ContactRepository,
  type DecidedRecoveryEnd,
  type EventLog,
  type EventPosition,
  type OwedEvents,
  type OwedRecord,
  type RecoveryRepository,
  runAudited,
  type WebhookRepository,
} from "@hooklane/store";
import type { InLine } from "../routing/decide.js";

export interface RecoveryMarksDeps {
  readonly recoveries: Pick<RecoveryRepository, "noteBegun" | "findEnd" | "storeEnd" | "noteEnd">;
  readonly owed: Pick<OwedEvents, "list">;
  readonly webhooks: Pick<WebhookRepository, "find" | "change">;
  readonly contacts: Pick<ContactRepository, "listDeleted">;
  readonly log: Pick<EventLog, "readOriginalBody">;
  readonly copy: Pick<ConfigCopy, "refreshWebhook">;
  /** Puts resends in line at the place of the record they belong to. */
  readonly route: (run: readonly InLine<ResendMeta>[]) => Promise<void>;
  readonly now: () => Date;
}

/** Events have up to 256 KiB: so many are in memory at once. */
const ROUTED_AT_ONCE = 50;

/**
 * What the router does at the records that begin and end a webhook's recovery (docs/adr/0019). Everything before such a
 * record is routed already, and the configuration copy has the webhook as `recovering`, or later.
 */
export class RecoveryMarks {
  readonly #deps: RecoveryMarksDeps;

  constructor(deps: RecoveryMarksDeps) {
    this.#deps = deps;
  }

  /** From here on the webhook's events are owed to it instead of being sent. Idempotent. */
  async begin({ recovery }: RecoveryBeginMeta, position: EventPosition): Promise<void> {
    await this.#deps.recoveries.noteBegun(recovery, position);
  }

  /**
   * The rest of what is owed enters the line here; behind it the webhook is active. What enters is stored before any of
   * it is routed, and all of it is routed before the webhook changes, so a crash anywhere repeats the same.
   */
  async end(meta: RecoveryEndMeta, position: EventPosition): Promise<void> {
    const { recoveries, copy } = this.#deps;
    const decided =
      (await recoveries.findEnd(meta.recordId)) ??
      (await recoveries.storeEnd(meta.recordId, await this.#decide(meta, position), this.#deps.now()));
    if (!isSamePosition(decided.position, position)) return;
    await this.#enter(meta, decided);
    await recoveries.noteEnd(meta.recovery, meta.number, decided);
    if (decided.kind === "enter") await this.#activate(meta);
    await copy.refreshWebhook(meta.webhookId);
  }

  async #decide(meta: RecoveryEndMeta, position: EventPosition): Promise<DecidedRecoveryEnd> {
    const range = { after: meta.sentThrough, before: position };
    const owed = await this.#deps.owed.list(meta, range, RECOVERY_ENTERING_MAX + 1);
    const webhook = await this.#deps.webhooks.find(meta.webhookId);
    const entering = toEntering(meta, owed);
    const count = owed.length > RECOVERY_ENTERING_MAX ? owed.length : entering.length;
    const current = webhook?.deletedAt ? undefined : webhook;
    const { kind } = decideRecoveryEnd(meta, current, count, RECOVERY_ENTERING_MAX);
    return { position, kind, entering: kind === "enter" ? entering : [] };
  }

  async #enter(meta: RecoveryEndMeta, { position, entering }: DecidedRecoveryEnd): Promise<void> {
    for (let from = 0; from < entering.length; from += ROUTED_AT_ONCE) {
      const part = entering.slice(from, from + ROUTED_AT_ONCE);
      const [deleted, bodies] = await Promise.all([
        this.#deps.contacts.listDeleted(part.flatMap(({ contactId }) => contactId ?? [])),
        Promise.all(part.map(({ recordId }) => this.#deps.log.readOriginalBody(meta.workspaceId, recordId))),
      ]);
      const run = part.flatMap((owed, index): InLine<ResendMeta>[] => {
        const body = bodies[index];
        // Its time in the log has run out meanwhile.
        if (!body) return [];
        return [{ meta: toResendMeta(meta, owed, deleted), body, position, ordinal: from + index }];
      });
      await this.#deps.route(run);
    }
  }

  /** Does nothing to a webhook that was switched, moved or deleted meanwhile. */
  async #activate({ workspaceId, webhookId, generation }: RecoveryEndMeta): Promise<void> {
    await runAudited({ actor: { kind: "system" }, operation: "endRecovery" }, () =>
      this.#deps.webhooks.change(
        webhookId,
        { workspaceId, generation },
        (webhook) =>
          webhook.status === "recovering" ? { webhook: { ...webhook, status: "active" } } : undefined,
        this.#deps.now(),
      ),
    );
  }
}

/**
 * As the resend that the recovery itself would put in line: whichever stands first counts.
 *
 * @param deleted contacts that are not there any more
 */
function toResendMeta(meta: RecoveryEndMeta, owed: OwedRecord, deleted: ReadonlySet<ContactId>): ResendMeta {
  const { workspaceId, webhookId, recovery, generation, acceptedAt } = meta;
  const { eventId, type, source, contactId, deliveryId, isFirst } = owed;
  const isContactDeleted = contactId !== undefined && deleted.has(contactId);
  return {
    v: 1,
    kind: "resend",
    workspaceId,
    recordId: toResendRecordId(recovery, deliveryId),
    eventId,
    type,
    source,
    ...(contactId !== undefined && { contactId }),
    ...(isContactDeleted && { isContactDeleted }),
    acceptedAt,
    webhookId,
    resendOf: deliveryId,
    recovery: { generation, ...(isFirst && { isFirst }) },
  };
}

const isSamePosition = (one: EventPosition, other: EventPosition): boolean =>
  one.partition === other.partition && one.epoch === other.epoch && one.offset === other.offset;
