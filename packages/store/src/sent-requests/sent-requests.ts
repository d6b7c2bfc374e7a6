import type { WebhookId } from "@hooklane/core";
import type { mongo } from "mongoose";
import type { CollectionIndexes } from "../collection-indexes.js";
import type { LoggedResults } from "../delivery-log/delivery-change.js";
import { retryDuplicateKey } from "../retry-duplicate-key.js";
import type { Store } from "../store.js";
import { runTransaction } from "../transaction.js";
import { type SentCounts, type SentIdentity, toSentIdentities } from "./sent-identity.js";

/** A document of `sentRequests`: it was counted. */
type CountedDocument = Pick<SentIdentity, "_id" | "expiresAt">;

/** A document of `sentCounts`: how many documents of `sentRequests` a webhook ever had. */
interface CountsDocument extends SentCounts {
  readonly _id: WebhookId;
}

export const SENT_REQUESTS = "sentRequests";
const SENT_COUNTS = "sentCounts";

/** So many are counted in one transaction: far from its time limit. */
const IDENTITIES_MAX = 1_000;

export const sentRequestIndexes: CollectionIndexes = {
  collection: SENT_REQUESTS,
  indexes: [{ name: "counted_ttl", key: { expiresAt: 1 }, expireAfterSeconds: 0 }],
};

/**
 * How many requests journey points sent, exactly (product.md W4): what counts has an identity, which is kept, and a
 * counter is raised only by those that were not there, in the transaction that keeps them. So results may be recorded
 * again, in any order and by several processes at once, and reading is one document a webhook.
 */
export class SentRequests {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  /**
   * Counts what of the results was not counted yet; results of other than journey points cost a comparison. Idempotent:
   * a call that failed, or was cut short, is simply made again.
   *
   * @throws MongoDB's error when the database did not take all of it
   */
  async record(records: readonly LoggedResults[]): Promise<void> {
    const identities = toSentIdentities(records);
    for (let from = 0; from < identities.length; from += IDENTITIES_MAX) {
      const some = identities.slice(from, from + IDENTITIES_MAX);
      await retryDuplicateKey(() => this.#count(some));
    }
  }

  /** @returns the counts of every webhook asked for: zeros where nothing was sent */
  async read(webhookIds: readonly WebhookId[]): Promise<ReadonlyMap<WebhookId, SentCounts>> {
    if (webhookIds.length === 0) return new Map();
    const documents = await this.#store.db
      .collection<CountsDocument>(SENT_COUNTS)
      .find({ _id: { $in: [...webhookIds] } })
      .toArray();
    const known = new Map(documents.map((document) => [document._id, document]));
    return new Map(
      webhookIds.map((id) => {
        const { requestsSent = 0, attempts = 0 } = known.get(id) ?? {};
        return [id, { requestsSent, attempts }];
      }),
    );
  }

  /** In the order of their ids, so that of two that count the same one gives way at the first of them. */
  #count(identities: readonly SentIdentity[]): Promise<void> {
    return runTransaction(this.#store, async (session) => {
      const { upsertedIds } = await this.#store.db
        .collection<CountedDocument>(SENT_REQUESTS)
        .bulkWrite(identities.map(toUpsert), { session });
      const counted = Object.keys(upsertedIds).flatMap((index) => identities[Number(index)] ?? []);
      if (counted.length === 0) return;
      await this.#store.db
        .collection<CountsDocument>(SENT_COUNTS)
        .bulkWrite(toIncrements(counted), { session });
    });
  }
}

/** One that is there is kept for longer where it is told of later. */
const toUpsert = ({ _id, expiresAt }: SentIdentity): mongo.AnyBulkWriteOperation<CountedDocument> => ({
  updateOne: { filter: { _id }, update: { $max: { expiresAt } }, upsert: true },
});

function toIncrements(counted: readonly SentIdentity[]): mongo.AnyBulkWriteOperation<CountsDocument>[] {
  const more = new Map<WebhookId, { requestsSent: number; attempts: number }>();
  for (const { webhookId, counter } of counted) {
    const counts = more.get(webhookId) ?? { requestsSent: 0, attempts: 0 };
    counts[counter]++;
    more.set(webhookId, counts);
  }
  return [...more].map(([_id, counts]) => ({
    updateOne: { filter: { _id }, update: { $inc: counts }, upsert: true },
  }));
}
