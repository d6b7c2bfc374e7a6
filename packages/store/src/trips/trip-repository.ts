import { asWebhookId, asWorkspaceId, type WebhookId, type WorkspaceId } from "@hooklane/core";
import type { mongo } from "mongoose";
import { z } from "zod";
import type { CollectionIndexes } from "../collection-indexes.js";
import { ChangeFeed } from "../config-copy/change-feed.js";
import type { Store, StoreLogger } from "../store.js";

const COLLECTION = "errorWindows";

/** So that looking for trips costs nothing while there are none. */
export const tripIndexes: CollectionIndexes = {
  collection: COLLECTION,
  indexes: [{ name: "unapplied_trips", key: { "trips.applied": 1 } }],
};

/** A trip of the shared rule that nobody has carried out yet (lanes.md §7). */
export interface UnappliedTrip {
  readonly workspaceId: WorkspaceId;
  /** Whom the workspace's policy chose, at their generations. */
  readonly webhooks: readonly { readonly webhookId: WebhookId; readonly generation: number }[];
  readonly errorCounts: readonly { readonly webhookId: WebhookId; readonly errors: number }[];
  readonly at: Date;
  /** The trip's place in its window, for {@link TripRepository.markApplied}. */
  readonly stored: { readonly webhooks: unknown };
}

const webhookId = z.string().transform(asWebhookId);

const tripParser = z.object({
  webhooks: z.array(z.object({ webhookId, generation: z.number() })),
  errorCounts: z.array(z.object({ webhookId, errors: z.number() })),
  at: z.date(),
  applied: z.boolean(),
});

/** The part of the error windows the health-monitor works on: the dispatchers count and trip, it applies. */
export class TripRepository {
  readonly #store: Store;
  readonly #logger: StoreLogger;

  constructor(store: Store, logger: StoreLogger) {
    this.#store = store;
    this.#logger = logger;
  }

  /** Oldest first within a workspace. */
  async listUnapplied(): Promise<UnappliedTrip[]> {
    const windows = await this.#collection()
      .find({ "trips.applied": false }, { projection: { trips: 1 } })
      .toArray();
    return windows.flatMap(({ _id, trips }) => trips.flatMap((trip) => this.#read(asWorkspaceId(_id), trip)));
  }

  /** Idempotent. A trip that has left its window is gone with it. */
  async markApplied({ workspaceId, at, stored }: UnappliedTrip): Promise<void> {
    await this.#collection().updateOne(
      { _id: workspaceId },
      { $set: { "trips.$[trip].applied": true } },
      { arrayFilters: [{ "trip.at": at, "trip.webhooks": stored.webhooks }] },
    );
  }

  /**
   * Rings whenever an error was counted somewhere, and once at the start: time to {@link listUnapplied}. Follows the
   * collection through broken connections.
   */
  async watch(ring: () => void): Promise<{ isReady(): boolean; close(): Promise<void> }> {
    const feed = new ChangeFeed({
      store: this.#store,
      collections: [COLLECTION],
      logger: this.#logger,
      load: () => {
        ring();
        return Promise.resolve();
      },
      apply: ring,
    });
    await feed.start();
    return { isReady: () => feed.isReady, close: () => feed.close() };
  }

  #read(workspaceId: WorkspaceId, raw: mongo.Document): UnappliedTrip[] {
    const trip = tripParser.safeParse(raw);
    if (!trip.success) {
      this.#logger.error({ workspaceId, fault: trip.error.issues[0]?.message }, "trip.unreadable");
      return [];
    }
    const { webhooks, errorCounts, at, applied } = trip.data;
    if (applied) return [];
    return [{ workspaceId, webhooks, errorCounts, at, stored: { webhooks: raw.webhooks } }];
  }

  #collection() {
    return this.#store.db.collection<{ _id: string; trips: mongo.Document[] }>(COLLECTION);
  }
}
