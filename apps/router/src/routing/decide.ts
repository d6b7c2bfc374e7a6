import type { EventsRecord } from "@hooklane/contracts";
import { type EndpointId, type MatchableWebhook, matchEvent } from "@hooklane/core";
import type { ConfigCopy, DecidedDelivery, EventPosition, LoggedEvent } from "@hooklane/store";
import { toDeliveryId } from "./delivery-id.js";
import { readTimestamp } from "./read-timestamp.js";
import type { WebhookIndex } from "./webhook-index.js";

/** An event read from `events.v1`. */
export type EventInLine = Extract<EventsRecord, { meta: { kind: "event" } }> & {
  readonly position: EventPosition;
};

export interface DecideDeps {
  readonly copy: Pick<ConfigCopy, "workspace" | "eventType" | "endpoint">;
  readonly index: WebhookIndex;
}

/** Kafka keeps `events.v1` this long, so the log must know at least as long what it had seen (architecture.md §2). */
const RETENTION_DAYS_MIN = 7;

/** Used while the copy does not have the workspace yet. */
const RETENTION_DAYS_DEFAULT = 30;

const DAY_MS = 86_400_000;

/** Endpoints that are on a matched webhook and not in the copy: the event cannot be decided yet. */
export class UnknownEndpointError extends Error {
  override readonly name = "UnknownEndpointError";
  readonly webhook: MatchableWebhook;

  constructor(webhook: MatchableWebhook) {
    super(`The endpoint of webhook ${webhook.id} is not in the copy`);
    this.webhook = webhook;
  }
}

/**
 * Matches an event in memory and makes its entry in the event log.
 *
 * @throws UnknownEndpointError
 */
export function decide({ copy, index }: DecideDeps, { meta, body, position }: EventInLine): LoggedEvent {
  const { workspaceId, recordId, eventId, type, source, acceptedAt, schemaWarning } = meta;
  const suppressed = meta.suppressed ?? false;
  const { matched, unmatched } = matchEvent(index.of(workspaceId), {
    type,
    source,
    suppressed,
    sourceFilterApplies: copy.eventType(workspaceId, type)?.sourceFilter ?? true,
  });
  const retentionDays = copy.workspace(workspaceId)?.retentionDays ?? RETENTION_DAYS_DEFAULT;
  return {
    workspaceId,
    recordId,
    eventId,
    position,
    type,
    timestamp: readTimestamp(body) ?? new Date(acceptedAt).toISOString(),
    source,
    acceptedAt: new Date(acceptedAt),
    status: suppressed ? "suppressed" : "accepted",
    ...(schemaWarning !== undefined && { schemaWarning }),
    body,
    decision: {
      matched: matched.map((webhook, ordinal): DecidedDelivery => ({
        webhookId: webhook.id,
        generation: webhook.generation,
        version: webhook.version,
        endpointId: webhook.endpointId,
        partition: partitionOf(copy, webhook),
        ordinal,
        deliveryId: toDeliveryId(workspaceId, recordId, webhook.id),
      })),
      unmatched: unmatched.map(({ webhook, reason }) => ({ webhookId: webhook.id, reason })),
    },
    expiresAt: new Date(acceptedAt + Math.max(retentionDays, RETENTION_DAYS_MIN) * DAY_MS),
  };
}

function partitionOf(copy: DecideDeps["copy"], webhook: MatchableWebhook): number {
  const endpointId: EndpointId = webhook.endpointId;
  const endpoint = copy.endpoint(endpointId);
  if (!endpoint) throw new UnknownEndpointError(webhook);
  return endpoint.partition;
}
