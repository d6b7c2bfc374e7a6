import type { DeliveryAnswer } from "@hooklane/contracts";
import type { DeliveryId } from "@hooklane/core";
import {
  type DecidedDelivery,
  type ListedEvent,
  type LoggedDelivery,
  resentDeliveryOf,
} from "@hooklane/store";

/** @param resendOf when it is a resend: of which delivery */
export function toDeliveryAnswer(delivery: LoggedDelivery, resendOf?: DeliveryId): DeliveryAnswer {
  const { batchId, reason, settledAt, nextAttemptAt } = delivery;
  return {
    id: delivery.id,
    eventId: delivery.eventId,
    eventType: delivery.eventType,
    webhookId: delivery.webhookId,
    endpointId: delivery.endpointId,
    ...(batchId !== undefined && { batchId }),
    ...(resendOf !== undefined && { resendOf }),
    status: delivery.status,
    ...(reason !== undefined && { reason }),
    acceptedAt: delivery.acceptedAt.toISOString(),
    ...(settledAt && { settledAt: settledAt.toISOString() }),
    ...(nextAttemptAt && delivery.status === "retrying" && { nextAttemptAt: nextAttemptAt.toISOString() }),
    attempts: delivery.attempts.map(toAttemptAnswer),
  };
}

function toAttemptAnswer(attempt: LoggedDelivery["attempts"][number]): DeliveryAnswer["attempts"][number] {
  const { statusCode, error, errorDetail, responseHead } = attempt;
  return {
    number: attempt.number,
    trigger: attempt.trigger,
    startedAt: attempt.startedAt.toISOString(),
    durationMs: attempt.durationMs,
    ...(statusCode !== undefined && { statusCode }),
    ...(error !== undefined && { error }),
    ...(errorDetail !== undefined && { errorDetail }),
    ...(responseHead !== undefined && { responseHead }),
  };
}

/** A delivery that was decided and that the delivery log knows nothing of yet. */
export function toPendingAnswer(event: ListedEvent, decided: DecidedDelivery): DeliveryAnswer {
  const resendOf = resentDeliveryOf(event);
  return {
    id: decided.deliveryId,
    eventId: event.eventId,
    eventType: event.type,
    webhookId: decided.webhookId,
    endpointId: decided.endpointId,
    ...(resendOf !== undefined && { resendOf }),
    status: "pending",
    acceptedAt: event.acceptedAt.toISOString(),
    attempts: [],
  };
}
