import type { EventMeta, ResendMeta } from "@hooklane/contracts";
import { type MatchableWebhook, matchEvent, type WebhookId } from "@hooklane/core";
import {
  type ConfigCopy,
  type DecidedDelivery,
  type EventPosition,
  type LoggedEvent,
  toDeliveryId,
} from "@hooklane/store";
import { readEvent } from "./read-event.js";
import { readTimestamp } from "./read-timestamp.js";
import type { WebhookIndex } from "./webhook-index.js";

/** A record of `events.v1` that has an event's bytes, at its place. */
export interface InLine<Meta extends EventMeta | ResendMeta = EventMeta | ResendMeta> {
  readonly meta: Meta;
  readonly body: Uint8Array;
  readonly position: EventPosition;
}

export interface DecideDeps {
  readonly copy: Pick<ConfigCopy, "workspace" | "eventType" | "endpoint" | "webhook">;
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
export function decide(deps: DecideDeps, record: InLine): LoggedEvent {
  return isResend(record) ? decideResend(deps, record) : decideEvent(deps, record as InLine<EventMeta>);
}

/** Tells the records of a resend from those of an event. */
export const isResend = (record: InLine): record is InLine<ResendMeta> => record.meta.kind === "resend";

/** Matches an event; one that is scheduled is matched when it is released. */
function decideEvent(deps: DecideDeps, record: InLine<EventMeta>): LoggedEvent {
  const { copy, index } = deps;
  const { workspaceId, recordId, type, source, suppressed = false } = record.meta;
  if (isToBeKept(record)) {
    return toLoggedEvent(deps, record, { status: "scheduled", decision: { matched: [], unmatched: [] } });
  }
  const { matched, unmatched } = matchEvent(index.of(workspaceId), {
    type,
    source,
    suppressed,
    sourceFilterApplies: copy.eventType(workspaceId, type)?.sourceFilter ?? true,
    readContent: () => readEvent(record.body),
  });
  return toLoggedEvent(deps, record, {
    status: suppressed ? "suppressed" : "accepted",
    decision: {
      matched: matched.map((webhook, ordinal) =>
        toDelivery(deps, webhook, { ordinal, deliveryId: toDeliveryId(workspaceId, recordId, webhook.id) }),
      ),
      unmatched: unmatched.map(({ webhook, reason }) => ({ webhookId: webhook.id, reason })),
    },
  });
}

/**
 * Aims a resend at its webhook as it is now. One that is not sent to any more gets it all the same: the dispatcher
 * settles it as skipped or cancelled, so that who was promised the delivery finds its end.
 */
function decideResend(deps: DecideDeps, record: InLine<ResendMeta>): LoggedEvent {
  const { workspaceId, recordId, webhookId } = record.meta;
  const webhook = deps.copy.webhook(webhookId);
  if (!webhook) throw new UnknownWebhookError(webhookId);
  const deliveryId = toDeliveryId(workspaceId, recordId, webhookId);
  const delivery = toDelivery(deps, { ...webhook, id: webhookId }, { ordinal: 0, deliveryId });
  return toLoggedResend(deps, record, webhook.workspaceId === workspaceId ? [delivery] : []);
}

/** The entry of a resend whose webhook is not there at all (any more): it reaches nobody and holds nobody up. */
export function decideLostResend(deps: DecideDeps, record: InLine<ResendMeta>): LoggedEvent {
  return toLoggedResend(deps, record, []);
}

const toLoggedResend = (
  deps: DecideDeps,
  record: InLine<ResendMeta>,
  matched: readonly DecidedDelivery[],
): LoggedEvent => ({
  ...toLoggedEvent(deps, record, { status: "accepted", decision: { matched, unmatched: [] } }),
  resendOf: record.meta.resendOf,
});

function toLoggedEvent(
  { copy }: DecideDeps,
  { meta, body, position }: InLine,
  decided: Pick<LoggedEvent, "status" | "decision">,
): LoggedEvent {
  const { workspaceId, recordId, eventId, type, source, acceptedAt, schemaWarning } = meta;
  const retentionDays = copy.workspace(workspaceId)?.retentionDays ?? RETENTION_DAYS_DEFAULT;
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
    body,
    ...decided,
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
