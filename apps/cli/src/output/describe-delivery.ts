import type { Delivery } from "@hooklane/client";
import { ATTEMPT_COLUMNS } from "./columns.js";
import { formatFields, formatTable } from "./table.js";

/** A delivery with its attempts, for people. */
export const describeDelivery = (delivery: Delivery): string =>
  `${formatFields({
    id: delivery.id,
    status: delivery.status,
    reason: delivery.reason,
    "event type": delivery.eventType,
    event: delivery.eventId,
    webhook: delivery.webhookId,
    endpoint: delivery.endpointId,
    batch: delivery.batchId,
    "resend of": delivery.resendOf,
    accepted: delivery.acceptedAt,
    settled: delivery.settledAt,
    "next attempt": delivery.nextAttemptAt,
  })}\n\n${delivery.attempts.length === 0 ? "No attempts yet." : formatTable(delivery.attempts, ATTEMPT_COLUMNS)}`;
