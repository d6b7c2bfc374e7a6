import type { DeliveryId, WebhookId, WorkspaceId } from "@hooklane/core";
import type { mongo } from "mongoose";
import type { CollectionIndexes } from "../collection-indexes.js";
import { readBounded } from "../read-bounded.js";
import type { Store } from "../store.js";
import { type DeliveryChange, type LoggedResults, toDeliveryChanges } from "./delivery-change.js";
import { type DeliveryCursor, encodeDeliveryCursor } from "./delivery-cursor.js";
import { DELIVERIES, type DeliveryDocument, type LastError } from "./delivery-document.js";
import { type DeliverySelection, RARE_DELIVERY_STATUSES, toDeliveryQuery } from "./delivery-query.js";
import { toUpsertPipeline } from "./delivery-upsert.js";
import { isRepeated } from "./is-repeated.js";
import { type LoggedDelivery, toLoggedDelivery } from "./logged-delivery.js";
import { duplicateIndexes } from "./write-errors.js";

export interface DeliveryPage {
  /** Newest accepted first. May be short and still have a next one: looking for what is rare ends after a thousand. */
  readonly data: readonly LoggedDelivery[];
  readonly nextCursor: string | null;
}

/**
 * Each costs every delivery, so there are few (docs/history.md says which query is answered by which). What of the log
 * can be found through the event log is: by time, by event, and everything that is pending.
 */
export const deliveryLogIndexes: CollectionIndexes = {
  collection: DELIVERIES,
  indexes: [
    {
      // A webhook's deliveries by state: its list, its counts, and what of it is resent.
      name: "newest_of_webhook_by_status",
      key: { workspaceId: 1, webhookId: 1, status: 1, acceptedAt: -1, _id: -1 },
    },
    {
      name: "newest_failed_of_webhook",
      key: { workspaceId: 1, webhookId: 1, acceptedAt: -1, _id: -1 },
      partialFilterExpression: { lastError: { $exists: true } },
    },
    {
      // Most deliveries succeed: the index holds the others only.
      name: "newest_by_status",
      key: { workspaceId: 1, status: 1, acceptedAt: -1, _id: -1 },
      partialFilterExpression: { status: { $in: [...RARE_DELIVERY_STATUSES] } },
    },
    { name: "retention_ttl", key: { expiresAt: 1 }, expireAfterSeconds: 0 },
  ],
  retired: ["newest", "newest_of_webhook", "newest_of_event"],
};

/**
 * What became of each delivery (architecture.md §3, health-monitor). Written by the health-monitor alone, in bulk and
 * behind the deliveries; a delivery that was decided and is not in it is *pending*.
 */
export class DeliveryLog {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  /**
   * Brings results into the log: one write a delivery, sent as one unordered bulk. Idempotent, so a failed call is
   * simply made again.
   *
   * @returns how many of the deliveries begun in these results were sent a first time before, by a former owner of their
   *   partition; results that are read again count again
   * @throws MongoDB's error when the database did not take all of it
   */
  async record(records: readonly LoggedResults[]): Promise<{ readonly repeated: number }> {
    const changes = [...toDeliveryChanges(records).values()];
    const first = changes.filter(isFirstMention);
    const known = new Set(await this.#insert(first));
    await this.#upsert([...changes.filter((change) => !isFirstMention(change)), ...known]);
    const repeatedAtOnce = first.filter((change) => !known.has(change) && isRepeated(change.attempts));
    return { repeated: repeatedAtOnce.length + (await this.#countRepeated([...known])) };
  }

  /** @returns the delivery with all its attempts, or null when the log does not have it (yet, or any more). */
  async find(workspaceId: WorkspaceId, id: DeliveryId): Promise<LoggedDelivery | null> {
    const document = await this.#collection().findOne({ _id: id, workspaceId });
    return document && toLoggedDelivery(document);
  }

  /** Those of the given deliveries that are in the log, by id. */
  async findMany(
    workspaceId: WorkspaceId,
    ids: readonly DeliveryId[],
  ): Promise<ReadonlyMap<DeliveryId, LoggedDelivery>> {
    if (ids.length === 0) return new Map();
    const documents = await this.#collection()
      .find({ _id: { $in: [...ids] }, workspaceId })
      .toArray();
    return new Map(documents.map((document) => [document._id, toLoggedDelivery(document)]));
  }

  /**
   * What is read for one page is bounded, whatever there is.
   *
   * @param page `limit` from 1; `after` is where the page before ended ({@link decodeDeliveryCursor})
   * @throws the database's error when it did not find them within 5 s
   */
  async list(
    workspaceId: WorkspaceId,
    selection: DeliverySelection,
    page: { readonly limit: number; readonly after?: DeliveryCursor | undefined },
  ): Promise<DeliveryPage> {
    const { hint, indexed, isWanted } = toDeliveryQuery(workspaceId, selection, page.after);
    const found = this.#collection().find(indexed, { hint }).sort({ acceptedAt: -1, _id: -1 });
    const { data, last } = await readBounded(found, page.limit, isWanted);
    return {
      data: data.map(toLoggedDelivery),
      nextCursor: last ? encodeDeliveryCursor({ acceptedAt: last.acceptedAt, id: last._id }) : null,
    };
  }

  /** What went wrong with the newest delivery of a webhook that failed at least once. */
  async findLastError(workspaceId: WorkspaceId, webhookId: WebhookId): Promise<LastError | undefined> {
    const [found] = await this.#collection()
      .find({ workspaceId, webhookId, lastError: { $exists: true } }, { projection: { lastError: 1 } })
      .sort({ acceptedAt: -1, _id: -1 })
      .limit(1)
      .toArray();
    return found?.lastError;
  }

  #collection() {
    return this.#store.db.collection<DeliveryDocument>(DELIVERIES);
  }

  /** @returns the changes whose delivery was there already: read again from Kafka after a crash. */
  async #insert(changes: readonly DeliveryChange[]): Promise<DeliveryChange[]> {
    if (changes.length === 0) return [];
    try {
      await this.#collection().insertMany([...changes], { ordered: false });
      return [];
    } catch (error) {
      return [...duplicateIndexes(error)].flatMap((index) => changes[index] ?? []);
    }
  }

  async #countRepeated(changes: readonly DeliveryChange[]): Promise<number> {
    if (changes.length === 0) return 0;
    const documents = await this.#collection()
      .find({ _id: { $in: changes.map(({ _id }) => _id) } }, { projection: { attempts: 1 } })
      .toArray();
    return documents.filter(({ attempts }) => isRepeated(attempts)).length;
  }

  async #upsert(changes: readonly DeliveryChange[]): Promise<void> {
    if (changes.length === 0) return;
    const operations = changes.map((change): mongo.AnyBulkWriteOperation<DeliveryDocument> => ({
      updateOne: { filter: { _id: change._id }, update: toUpsertPipeline(change), upsert: true },
    }));
    try {
      await this.#collection().bulkWrite(operations, { ordered: false });
    } catch (error) {
      // Two processes may bring in the same new delivery at once: the loser's document exists now.
      const lost = duplicateIndexes(error);
      await this.#collection().bulkWrite(
        operations.filter((_, index) => lost.has(index)),
        { ordered: false },
      );
    }
  }
}

/** Nearly always new: nothing was logged of a delivery before its first attempt, or before it was settled without one. */
function isFirstMention(change: DeliveryChange): boolean {
  const attempts = Object.values(change.attempts);
  return attempts.length === 0 || attempts.some(({ number }) => number === 1);
}
