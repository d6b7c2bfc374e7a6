import { decodeJson } from "@hooklane/contracts";
import type { EndpointId, WorkspaceId } from "@hooklane/core";
import { mongo } from "mongoose";
import { z } from "zod";
import type { BacklogDocument } from "../backlog/backlog-record.js";
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
  /** When the event that waits longest was accepted into the line, as far as known. */
  readonly oldestAcceptedAt?: Date;
  /** When the line goes on, while it waits for a retry. */
  readonly nextAttemptAt?: Date;
}

/** Counting ends here. */
const WAITING_MAX = 10_000;

/** The newest records of a workspace looked at for deliveries that are in no backlog. */
const RECORDS_MAX = 1_000;

/** Lines counted to find the longest: of those that look long, and of those that stand longest, so many each. */
const LINES_LOOKED_AT = 10;

/** Retries read to find lines that stand; a line has few. */
const RETRIES_MAX = 1_000;

/** A count that takes longer is not worth it. */
const QUERY_LIMIT_MS = 2_000;

/** What is read of the `meta` of a record in the backlog. */
const parkedMeta = z.object({ acceptedAt: z.number() });

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
    const [recent, retrying, parked, firstParked] = await Promise.all([
      unlessLate(this.#countRecent(workspaceId, ids)),
      unlessLate(this.#readRetries(workspaceId, ids)),
      Promise.all(ids.map((id) => unlessLate(this.#countParked(id)))),
      Promise.all(ids.map((id) => unlessLate(this.#readFirstParked(id)))),
    ]);
    return new Map(
      ids.map((id, index): [EndpointId, EndpointQueue] => {
        const counts = [parked[index], recent && (recent.get(id)?.waiting ?? 0)];
        const { acceptedAt, nextAttemptAt } = retrying?.get(id) ?? {};
        // What is retried waits, even where it is among the newest no more.
        const waiting = Math.max(acceptedAt ? 1 : 0, ...counts.map((count) => count ?? 0));
        const oldestAcceptedAt = earliest([recent?.get(id)?.oldest, acceptedAt, firstParked[index]]);
        return [
          id,
          {
            waiting: Math.min(waiting, WAITING_MAX),
            isAtLeast: waiting > WAITING_MAX || counts.includes(undefined),
            ...(oldestAcceptedAt && { oldestAcceptedAt }),
            ...(nextAttemptAt && { nextAttemptAt }),
          },
        ];
      }),
    );
  }

  /**
   * The longest lines of a workspace, longest first. Looked for among those that wait for a retry, and those that something
   * decided of late waits in.
   */
  async readLongest(
    workspaceId: WorkspaceId,
    limit: number,
  ): Promise<ReadonlyMap<EndpointId, EndpointQueue>> {
    const [recent, retrying] = await Promise.all([
      unlessLate(this.#countRecent(workspaceId)),
      unlessLate(this.#readRetries(workspaceId)),
    ]);
    const longestOfLate = [...(recent ?? [])].sort(([, one], [, other]) => other.waiting - one.waiting);
    const oldest = [...(retrying ?? [])].sort(
      ([, one], [, other]) => Number(one.acceptedAt) - Number(other.acceptedAt),
    );
    const ids = [longestOfLate, oldest].flatMap((lines) => lines.slice(0, LINES_LOOKED_AT).map(([id]) => id));
    const read = [...(await this.read(workspaceId, ids))].filter(([, { waiting }]) => waiting > 0);
    return new Map(read.sort(([, one], [, other]) => other.waiting - one.waiting).slice(0, limit));
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

  /** The head of the backlog: the key orders it as the lane is. */
  async #readFirstParked(endpointId: EndpointId): Promise<Date | undefined> {
    const found = await this.#store.db
      .collection<Pick<BacklogDocument, "_id" | "meta">>("backlog")
      .findOne(
        { _id: { $gte: `${endpointId}:`, $lt: `${endpointId};` } },
        { sort: { _id: 1 }, projection: { meta: 1 }, maxTimeMS: QUERY_LIMIT_MS },
      );
    if (!found?.meta) return undefined;
    const meta = decodeJson(Buffer.from(found.meta), parkedMeta);
    return meta.ok ? new Date(meta.value.acceptedAt) : undefined;
  }

  /** @param endpointIds undefined: of any */
  async #countRecent(
    workspaceId: WorkspaceId,
    endpointIds?: readonly EndpointId[],
  ): Promise<ReadonlyMap<EndpointId, { readonly waiting: number; readonly oldest: Date }>> {
    const counts = await this.#store.db
      .collection<EventDocument>(EVENTS)
      .aggregate<{ _id: EndpointId; waiting: number; oldest: Date }>(
        [
          { $match: { workspaceId } },
          { $sort: { acceptedAt: -1, _id: -1 } },
          { $limit: RECORDS_MAX },
          { $project: { acceptedAt: 1, matched: "$decision.matched" } },
          { $unwind: "$matched" },
          ...(endpointIds ? [{ $match: { "matched.endpointId": { $in: endpointIds } } }] : []),
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
          {
            $group: {
              _id: "$matched.endpointId",
              waiting: { $sum: 1 },
              oldest: { $min: "$acceptedAt" },
            },
          },
        ],
        { maxTimeMS: QUERY_LIMIT_MS },
      )
      .toArray();
    return new Map(counts.map(({ _id, ...counted }) => [_id, counted]));
  }

  /** A line that fails has one delivery, or one batch, that is being retried. */
  async #readRetries(
    workspaceId: WorkspaceId,
    endpointIds?: readonly EndpointId[],
  ): Promise<ReadonlyMap<EndpointId, Retry>> {
    const found = await this.#store.db
      .collection<DeliveryDocument>(DELIVERIES)
      .find({ workspaceId, status: "retrying", ...(endpointIds && { endpointId: { $in: endpointIds } }) })
      .project<Pick<DeliveryDocument, "endpointId" | "acceptedAt" | "nextAttemptAt">>({
        endpointId: 1,
        acceptedAt: 1,
        nextAttemptAt: 1,
      })
      // Of all endpoints the oldest: one whose delivery is retried for long has the longer line.
      .sort(endpointIds ? {} : { acceptedAt: 1 })
      .limit(endpointIds ? 0 : RETRIES_MAX)
      .maxTimeMS(QUERY_LIMIT_MS)
      .toArray();
    const byEndpoint = new Map<EndpointId, Retry>();
    for (const { endpointId, acceptedAt, nextAttemptAt } of found) {
      if (!nextAttemptAt) continue;
      const oldest = earliest([byEndpoint.get(endpointId)?.acceptedAt, acceptedAt]) ?? acceptedAt;
      byEndpoint.set(endpointId, { acceptedAt: oldest, nextAttemptAt });
    }
    return byEndpoint;
  }
}

/** What of an endpoint is being retried. */
interface Retry {
  readonly acceptedAt: Date;
  readonly nextAttemptAt: Date;
}

function earliest(times: readonly (Date | undefined)[]): Date | undefined {
  const known = times.filter((time) => time !== undefined);
  return known.length === 0 ? undefined : new Date(Math.min(...known.map(Number)));
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
