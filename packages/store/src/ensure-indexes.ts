import { apiKeyIndexes } from "./api-keys/api-key.js";
import { backlogIndexes } from "./backlog/backlog-repository.js";
import type { CollectionIndexes } from "./collection-indexes.js";
import { deliveryLogIndexes } from "./delivery-log/delivery-log.js";
import { endpointIndexes } from "./endpoints/endpoint.js";
import { eventLogIndexes } from "./event-log/event-log.js";
import { eventTypeIndexes } from "./event-types/event-type.js";
import { idempotencyIndexes } from "./idempotency/idempotency-store.js";
import { outboxIndexes } from "./outbox/outbox.js";
import { memberIndexes } from "./partitions/member-repository.js";
import { scheduledIndexes } from "./scheduled/scheduled-events.js";
import type { Store } from "./store.js";
import { tripIndexes } from "./trips/trip-repository.js";
import { webhookIndexes } from "./webhooks/webhook.js";

/** Every concept of this package adds its line. */
const ALL: readonly CollectionIndexes[] = [
  apiKeyIndexes,
  backlogIndexes,
  deliveryLogIndexes,
  endpointIndexes,
  eventLogIndexes,
  eventTypeIndexes,
  idempotencyIndexes,
  memberIndexes,
  outboxIndexes,
  scheduledIndexes,
  tripIndexes,
  webhookIndexes,
];

/** Makes all indexes. Every service does so at its start; those that exist are left as they are. */
export async function ensureIndexes(store: Store): Promise<void> {
  for (const { collection, indexes } of ALL) {
    await store.db.collection(collection).createIndexes(
      indexes.map(({ key, partialFilterExpression, ...index }) => ({
        ...index,
        key: { ...key },
        ...(partialFilterExpression && { partialFilterExpression: { ...partialFilterExpression } }),
      })),
    );
  }
}
