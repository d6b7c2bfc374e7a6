import type { EventMeta, LineMeta, ResendMeta, TestMeta } from "@hooklane/contracts";
import { isRecovering, type MatchableWebhook, matchEvent, type WebhookId } from "@hooklane/core";
import {
  type ConfigCopy,
  type DecidedDelivery,
  type EventPosition,
  type NewLoggedEvent,
  toDeliveryId,
} from "@hooklane/store";
import { readEvent } from "./read-event.js";
import { readTimestamp } from "./read-timestamp.js";
import { toStoredBody } from "./stored-body.js";
import type { WebhookIndex } from "./webhook-index.js";

/** A record of `events.v1` that has an event's bytes, at its place. */
export interface InLine<Meta extends LineMeta = LineMeta> {
  readonly meta: Meta;
  readonly body: Uint8Array;
  readonly position: EventPosition;
  /** Of one of several that stand at the same place: which one. Absent: 0. */
  readonly ordinal?: number;
}

export interface DecideDeps {
  readonly copy: Pick<ConfigCopy, "workspace" | "endpoint" | "webhook">;
  readonly index: WebhookIndex;
}

/** Kafka keeps `events.v1` this long, so the log must know at least as long what it had seen (architecture.md §2). */
const RETENTION_DAYS_MIN = 7;

/** Used while the copy does not have the workspace yet. */
const RETENTION_DAYS_DEFAULT = 30;

const DAY_MS = 86_400_000;

/** The copy does not have a webhook, or its endpoint, yet: the record cannot be decided. */
export class UnknownWebhookError extends Error {
  override readonly name = "UnknownWebhookError";
  readonly webhookId: WebhookId;

  constructor(webhookId: WebhookId) {
    super(`Webhook ${webhookId} or its endpoint is not in the copy`);
    this.webhookId = webhookId;
  }
}

/** Whether an event is to be kept until its time instead of being matched now. */
export const isToBeKept = ({ meta }: InLine): boolean =>
  meta.kind === "event" && meta.deliverAt !== undefined && !meta.release && !meta.suppressed;

/**
 * Decides a record in memory and makes its entry in the event log.
 *
 * @throws UnknownWebhookError
 */
export function decide(deps: DecideDeps, record: InLine): NewLoggedEvent {
  if (isResend(record)) return decideResend(deps, record);
  return isTest(record) ? decideTest(deps, record) : decideEvent(deps, record as InLine<EventMeta>);
}

const isResend = (record: InLine): record is InLine<ResendMeta> => record.meta.kind === "resend";
const isTest = (record: InLine): record is InLine<TestMeta> => record.meta.kind === "test";

/** Tells the records that go to one webhook from those that go to whoever asks for them. */
export const isAimed = (record: InLine): record is InLine<ResendMeta> | InLine<TestMeta> =>
  isResend(record) || isTest(record);

/** Matches an event; one that is scheduled is matched when it is released. */
function decideEvent(deps: DecideDeps, record: InLine<EventMeta>): NewLoggedEvent {
  const { index } = deps;
  const { workspaceId, type, source, aimedAt, suppressed = false, ignoresSourceFilter = false } = record.meta;
  if (isToBeKept(record)) {
    return toLoggedEvent(deps, record, { status: "scheduled", decision: { matched: [], unmatched: [] } });
  }
  const { matched, unmatched } = matchEvent(index.of(workspaceId), {
    type,
    source,
    aimedAt,
    suppressed,
    sourceFilterApplies: !ignoresSourceFilter,
    readContent: () => readEvent(record.body),
  });
  return toLoggedEvent(deps, record, {
    status: suppressed ? "suppressed" : "accepted",
    decision: {
      matched: matched.map((webhook, ordinal) =>
        toDelivery(deps, webhook, { ordinal, deliveryId: toDeliveryId(record.meta, webhook.id) }),
      ),
      unmatched: unmatched.map(({ webhook, reason }) => ({ webhookId: webhook.id, reason })),
    },
    owed: unmatched
      .filter(({ isOwed }) => isOwed)
      .map(({ webhook: { id, generation } }) => ({ webhookId: id, generation })),
  });
}

/**
 * Aims a resend at its webhook as it is now. One that is not sent to any more gets it all the same: the dispatcher
 * settles it as skipped or cancelled, so that who was promised the delivery finds its end. A recovery's reaches nobody
 * once the recovery is over: the event is owed still, or was sent.
 */
function decideResend(deps: DecideDeps, record: InLine<ResendMeta>): NewLoggedEvent {
  const { ordinal = 0, meta } = record;
  const { workspaceId, webhookId, recovery } = meta;
  const webhook = deps.copy.webhook(webhookId);
  if (!webhook) throw new UnknownWebhookError(webhookId);
  const isWanted = recovery === undefined || (!webhook.deletedAt && isRecovering(recovery, webhook));
  const deliveryId = toDeliveryId(meta, webhookId);
  const delivery = toDelivery(deps, { ...webhook, id: webhookId }, { ordinal, deliveryId });
  return toLoggedResend(deps, record, webhook.workspaceId === workspaceId && isWanted ? [delivery] : []);
}

/** As a resend: to its webhook as it is now, also for one that was sent already. */
function decideTest(deps: DecideDeps, record: InLine<TestMeta>): NewLoggedEvent {
  const { workspaceId, webhookId } = record.meta;
  const webhook = deps.copy.webhook(webhookId);
  if (!webhook) throw new UnknownWebhookError(webhookId);
  const deliveryId = toDeliveryId(record.meta, webhookId);
  const delivery = toDelivery(deps, { ...webhook, id: webhookId }, { ordinal: 0, deliveryId });
  return toLoggedTest(deps, record, webhook.workspaceId === workspaceId ? [delivery] : []);
}

/** The entry of what is aimed at a webhook that is not there at all (any more): it reaches nobody and holds nobody up. */
export function decideLost(deps: DecideDeps, record: InLine<ResendMeta> | InLine<TestMeta>): NewLoggedEvent {
  return isResend(record) ? toLoggedResend(deps, record, []) : toLoggedTest(deps, record, []);
}

const toLoggedTest = (
  deps: DecideDeps,
  record: InLine<TestMeta>,
  matched: readonly DecidedDelivery[],
): NewLoggedEvent => ({
  ...toLoggedEvent(deps, record, { status: "accepted", decision: { matched, unmatched: [] } }),
  isTest: true,
});

const toLoggedResend = (
  deps: DecideDeps,
  record: InLine<ResendMeta>,
  matched: readonly DecidedDelivery[],
): NewLoggedEvent => ({
  ...toLoggedEvent(deps, record, { status: "accepted", decision: { matched, unmatched: [] } }),
  resendOf: record.meta.resendOf,
  ...(record.meta.recovery?.isFirst && { isFirst: true }),
});

function toLoggedEvent(
  { copy }: DecideDeps,
  { meta, body, position }: InLine,
  { owed = [], ...decided }: Pick<NewLoggedEvent, "status" | "decision" | "owed">,
): NewLoggedEvent {
  const { workspaceId, recordId, eventId, type, source, acceptedAt, schemaWarning, contactId } = meta;
  const workspace = copy.workspace(workspaceId);
  const retentionDays = workspace?.retentionDays ?? RETENTION_DAYS_DEFAULT;
  const deliverAt = meta.kind === "event" ? meta.deliverAt : undefined;
  // What waits is known until it was sent, and long enough after that to know a repeat.
  const keptFrom = Math.max(acceptedAt, deliverAt ?? 0);
  return {
    workspaceId,
    recordId,
    eventId,
    position,
    type,
    timestamp: readTimestamp(body) ?? new Date(acceptedAt).toISOString(),
    source,
    acceptedAt: new Date(acceptedAt),
    ...(deliverAt !== undefined && { deliverAt: new Date(deliverAt) }),
    ...(schemaWarning !== undefined && { schemaWarning }),
    ...(contactId !== undefined && { contactId }),
    ...toStoredBody(body, workspace),
    ...decided,
    ...(owed.length > 0 && { owed }),
    expiresAt: new Date(keptFrom + Math.max(retentionDays, RETENTION_DAYS_MIN) * DAY_MS),
  };
}

function toDelivery(
  { copy }: DecideDeps,
  webhook: Pick<MatchableWebhook, "id" | "generation" | "version" | "endpointId">,
  place: Pick<DecidedDelivery, "ordinal" | "deliveryId">,
): DecidedDelivery {
  const endpoint = copy.endpoint(webhook.endpointId);
  if (!endpoint) throw new UnknownWebhookError(webhook.id);
  return {
    webhookId: webhook.id,
    generation: webhook.generation,
    version: webhook.version,
    endpointId: webhook.endpointId,
    partition: endpoint.partition,
    ...place,
  };
}
