import type { AttemptDocument, DeliveryDocument } from "./delivery-document.js";

/** A delivery as the log has it, for readers: attempts as a list, oldest first. */
export interface LoggedDelivery extends Pick<
  DeliveryDocument,
  | "workspaceId"
  | "eventId"
  | "eventType"
  | "webhookId"
  | "endpointId"
  | "batchId"
  | "status"
  | "reason"
  | "acceptedAt"
  | "firstAttemptAt"
  | "nextAttemptAt"
  | "settledAt"
  | "lastError"
> {
  readonly id: DeliveryDocument["_id"];
  readonly attempts: readonly AttemptDocument[];
}

/** How the log keeps a document is nobody else's business. */
const INTERNAL: ReadonlySet<string> = new Set(["_id", "rank", "attempts", "expiresAt"]);

export function toLoggedDelivery(document: DeliveryDocument): LoggedDelivery {
  const shown = Object.entries(document).filter(([field]) => !INTERNAL.has(field));
  const attempts = Object.values(document.attempts).sort(
    (one, other) => one.startedAt.getTime() - other.startedAt.getTime() || one.number - other.number,
  );
  return {
    ...(Object.fromEntries(shown) as Omit<LoggedDelivery, "id" | "attempts">),
    id: document._id,
    attempts,
  };
}
