import type { EndpointId, WorkspaceId } from "@hooklane/core";
import { mongo } from "mongoose";
import { DELIVERIES, type DeliveryDocument } from "../delivery-log/delivery-document.js";
import { EVENTS } from "../event-log/event-log.js";
import type { EventDocument } from "../event-log/logged-event.js";
import type { Store } from "../store.js";

/** What is known of an endpoint's line from outside the dispatcher, which alone knows it exactly. */
export interface EndpointQueue {
  /** Deliveries decided and not settled. */
  readonly waiting: number;
  /** There are more than were counted. */
  readonly isAtLeast: boolean;
  /** When the line goes on, while it waits for a retry. */
  readonly nextAttemptAt?: Date;
}

/** Counting ends here. */
const WAITING_MAX = 10_000;

/** The newest records of a workspace looked at for deliveries that are in no backlog. */
const RECORDS_MAX = 1_000;

/** A count that takes longer is not worth it. */
const QUERY_LIMIT_MS = 2_000;

const SETTLED = ["delivered", "dead_letter", "skipped", "cancelled"];

/**
 * Tells how much stands in the lines of endpoints: what left the live path is in the backlog, the rest is what was
 * decided of late and has no end in the delivery log yet. For people who ask, not for the path of events.
 */
export class EndpointQueueReader {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  async read(
    workspaceId: WorkspaceId,
    endpointIds: readonly EndpointId[],
  ): Promise<ReadonlyMap<EndpointId, EndpointQueue>> {
    const ids = [...new Set(endpointIds)];
    const [recent, retrying, parked] = await Promise.all([
      unlessLate(this.#countRecent(workspaceId, ids)),
      unlessLate(this.#readRetries(workspaceId, ids)),
      Promise.all(ids.map((id) => unlessLate(this.#countParked(id)))),
    ]);
    return new Map(
      ids.map((id, index): [EndpointId, EndpointQueue] => {
        const counts = [parked[index], recent && (recent.get(id) ?? 0)];
        const waiting = Math.max(...counts.map((count) => count ?? 0));
        const nextAttemptAt = retrying?.get(id);
        return [
          id,
          {
            waiting: Math.min(waiting, WAITING_MAX),
            isAtLeast: waiting > WAITING_MAX || counts.includes(undefined),
            ...(nextAttemptAt && { nextAttemptAt }),
          },
        ];
      }),
    );
  }

  /** By the key's form, `<endpointId>:…` (lanes.md §3). */
  #countParked(endpointId: EndpointId): Promise<number> {
    return this.#store.db
      .collection<{ _id: string }>("backlog")
      .countDocuments(
        { _id: { $gte: `${endpointId}:`, $lt: `${endpointId};` } },
        { limit: WAITING_MAX + 1, maxTimeMS: QUERY_LIMIT_MS },
      );
  }

  async #countRecent(
    workspaceId: WorkspaceId,
    endpointIds: readonly EndpointId[],
  ): Promise<ReadonlyMap<EndpointId, number>> {
    const counts = await this.#store.db
      .collection<EventDocument>(EVENTS)
      .aggregate<{ _id: EndpointId; waiting: number }>(
        [
          { $match: { workspaceId } },
          { $sort: { acceptedAt: -1, _id: -1 } },
          { $limit: RECORDS_MAX },
          { $project: { matched: "$decision.matched" } },
          { $unwind: "$matched" },
          { $match: { "matched.endpointId": { $in: endpointIds } } },
          {
            $lookup: {
              from: DELIVERIES,
              localField: "matched.deliveryId",
              foreignField: "_id",
              pipeline: [{ $project: { status: 1 } }],
              as: "logged",
            },
          },
          { $match: { "logged.status": { $nin: SETTLED } } },
          { $group: { _id: "$matched.endpointId", waiting: { $sum: 1 } } },
        ],
        { maxTimeMS: QUERY_LIMIT_MS },
      )
      .toArray();
    return new Map(counts.map(({ _id, waiting }) => [_id, waiting]));
  }

  /** A line that fails has one delivery, or one batch, that is being retried. */
  async #readRetries(
    workspaceId: WorkspaceId,
    endpointIds: readonly EndpointId[],
  ): Promise<ReadonlyMap<EndpointId, Date>> {
    const found = await this.#store.db
      .collection<DeliveryDocument>(DELIVERIES)
      .find({ workspaceId, status: "retrying", endpointId: { $in: endpointIds } })
      .project<Pick<DeliveryDocument, "endpointId" | "nextAttemptAt">>({ endpointId: 1, nextAttemptAt: 1 })
      .maxTimeMS(QUERY_LIMIT_MS)
      .toArray();
    return new Map(
      found.flatMap(({ endpointId, nextAttemptAt }) => (nextAttemptAt ? [[endpointId, nextAttemptAt]] : [])),
    );
  }
}

const TIME_LIMIT_EXPIRED = 50;

/** Undefined for a query that was cut off: what was asked for goes on without its count. */
async function unlessLate<T>(query: Promise<T>): Promise<T | undefined> {
  try {
    return await query;
  } catch (error) {
    if (error instanceof mongo.MongoServerError && error.code === TIME_LIMIT_EXPIRED) return undefined;
    throw error;
  }
}
