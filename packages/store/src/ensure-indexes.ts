import { mongo } from "mongoose";
import { apiKeyIndexes } from "./api-keys/api-key.js";
import { audienceIndexes } from "./audiences/audience.js";
import { contactIndexes } from "./audiences/contact.js";
import { contactEventIndexes } from "./audiences/contact-events.js";
import { deletedContactIndexes } from "./audiences/deleted-contact.js";
import { segmentIndexes } from "./audiences/segment.js";
import { tagIndexes } from "./audiences/tag.js";
import { auditLogIndexes } from "./audit/audit-entry.js";
import { backlogIndexes } from "./backlog/backlog-repository.js";
import { campaignIndexes } from "./campaigns/campaign.js";
import { contactBeforeIndexes, touchpointSnapshotIndexes } from "./campaigns/membership.js";
import { touchpointIndexes } from "./campaigns/touchpoint.js";
import type { CollectionIndexes } from "./collection-indexes.js";
import { contactImportIndexes } from "./contact-imports/contact-import.js";
import { importErrorIndexes } from "./contact-imports/import-errors.js";
import { deliveryLogIndexes } from "./delivery-log/delivery-log.js";
import { endpointIndexes } from "./endpoints/endpoint.js";
import { eventLogIndexes } from "./event-log/event-log.js";
import { eventTypeIndexes } from "./event-types/event-type.js";
import { idempotencyIndexes } from "./idempotency/idempotency-store.js";
import { outboxIndexes } from "./outbox/outbox.js";
import { planIndexes } from "./plans/plan.js";
import { planSweepIndexes } from "./plans/plan-sweeps.js";
import { jobIndexes } from "./jobs/job-repository.js";
import { journeyIndexes } from "./journeys/journey.js";
import { memberIndexes } from "./partitions/member-repository.js";
import { recoveryEndIndexes, recoveryIndexes } from "./recoveries/recovery.js";
import { rollupIndexes } from "./rollups/rollup-document.js";
import { scheduledIndexes } from "./scheduled/scheduled-events.js";
import { sentRequestIndexes } from "./sent-requests/sent-requests.js";
import type { Store } from "./store.js";
import { toStoreRefusal } from "./store-refusal.js";
import { tripIndexes } from "./trips/trip-repository.js";
import { webhookIndexes } from "./webhooks/webhook.js";
import { workspaceIndexes } from "./workspaces/workspace.js";

/** Every concept of this package adds its line. */
const ALL: readonly CollectionIndexes[] = [
  apiKeyIndexes,
  audienceIndexes,
  auditLogIndexes,
  backlogIndexes,
  campaignIndexes,
  contactBeforeIndexes,
  contactEventIndexes,
  contactIndexes,
  contactImportIndexes,
  deletedContactIndexes,
  deliveryLogIndexes,
  endpointIndexes,
  eventLogIndexes,
  eventTypeIndexes,
  idempotencyIndexes,
  importErrorIndexes,
  jobIndexes,
  journeyIndexes,
  memberIndexes,
  outboxIndexes,
  planIndexes,
  planSweepIndexes,
  recoveryEndIndexes,
  recoveryIndexes,
  rollupIndexes,
  scheduledIndexes,
  sentRequestIndexes,
  touchpointIndexes,
  touchpointSnapshotIndexes,
  segmentIndexes,
  tagIndexes,
  tripIndexes,
  webhookIndexes,
  workspaceIndexes,
];

/**
 * Makes all indexes and drops the retired ones: `prepareDatabase` before a start, and every service at its own, for
 * collections are small then or the indexes are there. Those that exist are left as they are.
 *
 * @param onProgress after each collection
 * @throws StoreRefusal when the user may not
 */
export async function ensureIndexes(
  store: Store,
  onProgress?: (made: number, collections: number) => void,
): Promise<void> {
  try {
    await makeIndexes(store, onProgress);
  } catch (error) {
    throw toStoreRefusal(error) ?? error;
  }
}

async function makeIndexes(
  store: Store,
  onProgress?: (made: number, collections: number) => void,
): Promise<void> {
  for (const [index, { collection, indexes, retired = [] }] of ALL.entries()) {
    await store.db.collection(collection).createIndexes(
      indexes.map(({ key, partialFilterExpression, ...index }) => ({
        ...index,
        key: { ...key },
        ...(partialFilterExpression && { partialFilterExpression: { ...partialFilterExpression } }),
      })),
    );
    for (const name of retired) await dropIndex(store, collection, name);
    onProgress?.(index + 1, ALL.length);
  }
}

const INDEX_NOT_FOUND = 27;

async function dropIndex(store: Store, collection: string, name: string): Promise<void> {
  try {
    await store.db.collection(collection).dropIndex(name);
  } catch (error) {
    if (!(error instanceof mongo.MongoServerError) || error.code !== INDEX_NOT_FOUND) throw error;
  }
}
