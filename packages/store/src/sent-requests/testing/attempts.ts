import type { AttemptResult, DeliveryResult } from "@hooklane/contracts";
import {
  asDeliveryId,
  asEndpointId,
  asEventId,
  asWebhookId,
  asWorkspaceId,
  JOURNEY_POINT_REACHED,
} from "@hooklane/core";
import type { LoggedResults } from "../../delivery-log/delivery-change.js";

/** A delivery that may be counted. */
export interface Arrival {
  readonly webhookId: string;
  readonly id: string;
  readonly eventId: string;
  readonly type: string;
}

/** Its `n`th arrival at a journey's point. */
export const arrival = (n: number, webhookId = "wh_1"): Arrival => ({
  webhookId,
  id: `dl_${n}`,
  eventId: `evt_${n}`,
  type: JOURNEY_POINT_REACHED,
});

/** The first attempt, or as told, of a delivery. */
export function attemptOf(
  { webhookId, id, eventId, type }: Arrival,
  over: Partial<AttemptResult> = {},
): AttemptResult {
  return {
    kind: "attempt",
    webhookId: asWebhookId(webhookId),
    generation: 1,
    endpointId: asEndpointId("ep_1"),
    deliveries: [{ id: asDeliveryId(id), eventId: asEventId(eventId), type, acceptedAt: 0 }],
    number: 1,
    trigger: "automatic",
    epoch: 1,
    startedAt: 0,
    durationMs: 1,
    next: { kind: "delivered" },
    ...over,
  };
}

/** As one record of `attempts.v1` brings them. */
export const resultsOf = (results: readonly DeliveryResult[]): LoggedResults => ({
  workspaceId: asWorkspaceId("ws_1"),
  results,
  retentionDays: 7,
});
