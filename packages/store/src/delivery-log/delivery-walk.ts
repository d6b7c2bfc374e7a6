import type { WorkspaceId } from "@hooklane/core";
import type { Store } from "../store.js";
import { countDeliveries } from "./count-deliveries.js";
import { DELIVERIES, type DeliveryDocument } from "./delivery-document.js";
import { type DeliverySelection, toDeliveryQuery } from "./delivery-query.js";

/** A delivery as a walk finds it. */
export type WalkedDelivery = Pick<
  DeliveryDocument,
  "_id" | "eventId" | "eventType" | "webhookId" | "acceptedAt"
>;

export interface WalkStep {
  /** Oldest first; those of one millisecond are all in one step. Empty steps occur in between. */
  readonly deliveries: readonly WalkedDelivery[];
  /** Everything accepted up to then was walked; undefined at the end, which has no deliveries. */
  readonly upTo: Date | undefined;
}

export interface Counted {
  readonly count: number;
  /** There are more, or may be. */
  readonly isAtLeast: boolean;
}

const QUERY_LIMIT_MS = 5_000;

/** Counting ends here. */
const COUNTED_MAX = 100_000;

/** Whose documents have to be read; more take too long for a caller who waits. */
const READ_MAX = 50_000;

/** Walks through a part of the delivery log from its oldest to its newest, and counts it. Both by index. */
export class DeliveryWalk {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  /**
   * The next deliveries accepted after `after`.
   *
   * @param limit so many are looked at, and the rest of the last one's millisecond
   */
  async next(
    workspaceId: WorkspaceId,
    selection: DeliverySelection,
    { after, limit }: { readonly after: Date | undefined; readonly limit: number },
  ): Promise<WalkStep> {
    const from = latest(selection.from, after && new Date(after.getTime() + 1));
    const walked = await this.#read(workspaceId, { ...selection, ...(from && { from }) }, limit);
    const last = walked.at(-1);
    if (!last) return { deliveries: [], upTo: undefined };
    const upTo = last.acceptedAt;
    const moment = { ...selection, from: upTo, to: new Date(upTo.getTime() + 1) };
    const ofLast = walked.length < limit ? [] : await this.#read(workspaceId, moment);
    const before =
      ofLast.length === 0 ? walked : walked.filter(({ acceptedAt }) => acceptedAt.getTime() < upTo.getTime());
    const { isWanted = () => true } = toDeliveryQuery(workspaceId, selection);
    return { deliveries: [...before, ...ofLast].filter(isWanted), upTo };
  }

  /** How many there are, without walking. */
  async count(workspaceId: WorkspaceId, selection: DeliverySelection): Promise<Counted> {
    const { eventType } = selection;
    return eventType === undefined
      ? this.#countAll(workspaceId, selection)
      : this.#countOfType(workspaceId, selection, eventType);
  }

  async #countAll(workspaceId: WorkspaceId, selection: DeliverySelection): Promise<Counted> {
    const parts: readonly DeliverySelection[] =
      selection.webhookId === undefined
        ? [selection]
        : selection.statuses.map((status) => ({ ...selection, statuses: [status] }));
    const counts = await Promise.all(
      parts.map((part) => countDeliveries(this.#store, workspaceId, part, COUNTED_MAX + 1)),
    );
    const count = counts.reduce((sum, each) => sum + each, 0);
    return { count: Math.min(count, COUNTED_MAX), isAtLeast: count > COUNTED_MAX };
  }

  /** No index tells the type: the documents are read. */
  async #countOfType(
    workspaceId: WorkspaceId,
    selection: DeliverySelection,
    eventType: string,
  ): Promise<Counted> {
    const { hint, indexed } = toDeliveryQuery(workspaceId, selection);
    const [counted] = await this.#collection()
      .aggregate<{ readonly examined: number; readonly wanted: number }>(
        [
          { $match: indexed },
          { $limit: READ_MAX + 1 },
          {
            $group: {
              _id: null,
              examined: { $sum: 1 },
              wanted: { $sum: { $cond: [{ $eq: ["$eventType", { $literal: eventType }] }, 1, 0] } },
            },
          },
        ],
        { hint, maxTimeMS: QUERY_LIMIT_MS },
      )
      .toArray();
    const { examined = 0, wanted = 0 } = counted ?? {};
    return { count: wanted, isAtLeast: examined > READ_MAX };
  }

  #read(workspaceId: WorkspaceId, selection: DeliverySelection, limit = 0): Promise<WalkedDelivery[]> {
    const { hint, indexed } = toDeliveryQuery(workspaceId, selection);
    return this.#collection()
      .find(indexed, { hint })
      .sort({ acceptedAt: 1, _id: 1 })
      .limit(limit)
      .project<WalkedDelivery>({ eventId: 1, eventType: 1, webhookId: 1, acceptedAt: 1 })
      .toArray();
  }

  #collection() {
    return this.#store.db.collection<DeliveryDocument>(DELIVERIES);
  }
}

function latest(one: Date | undefined, other: Date | undefined): Date | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return one > other ? one : other;
}
