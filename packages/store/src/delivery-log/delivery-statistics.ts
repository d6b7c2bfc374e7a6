import { DELIVERY_STATUSES, type DeliveryStatus, type WebhookId, type WorkspaceId } from "@hooklane/core";
import type { Store } from "../store.js";
import { countDeliveries } from "./count-deliveries.js";
import { DELIVERIES, type DeliveryDocument } from "./delivery-document.js";
import { toDeliveryQuery } from "./delivery-query.js";

/** A delivery's states that are in the log. */
export type LoggedDeliveryStatus = Exclude<DeliveryStatus, "pending">;

const LOGGED_STATUSES = DELIVERY_STATUSES.filter((status) => status !== "pending");

/** By when the events were accepted. */
export interface TimeWindow {
  readonly from: Date;
  readonly to: Date;
}

export interface DeliveryStatistics {
  /** What was counted: all of it. Begins later than asked for when a state has more than {@link COUNTED_MAX} in it. */
  readonly window: TimeWindow;
  readonly counts: Readonly<Record<LoggedDeliveryStatus, number>>;
  /** Of the attempts of the newest deliveries, {@link DELIVERIES_SAMPLED} at most; in no order. */
  readonly attemptDurationsMs: readonly number[];
}

/** Of one state; a hundred thousand entries of an index are counted in some tens of milliseconds. */
const COUNTED_MAX = 100_000;

const DELIVERIES_SAMPLED = 1_000;

const QUERY_LIMIT_MS = 5_000;

/** What became of a webhook's deliveries, in numbers. However many there are, what is read is bounded. */
export class DeliveryStatisticsReader {
  readonly #store: Store;
  readonly #countedMax: number;

  /** @param countedMax for tests */
  constructor(store: Store, countedMax = COUNTED_MAX) {
    this.#store = store;
    this.#countedMax = countedMax;
  }

  /** @throws the database's error when it did not answer within 5 s */
  async read(workspaceId: WorkspaceId, webhookId: WebhookId, asked: TimeWindow): Promise<DeliveryStatistics> {
    const [first, attemptDurationsMs] = await Promise.all([
      this.#count(workspaceId, webhookId, asked, this.#countedMax + 1),
      this.#sampleDurations(workspaceId, webhookId, asked),
    ]);
    const tooMany = LOGGED_STATUSES.filter((status) => first[status] > this.#countedMax);
    if (tooMany.length === 0) return { window: asked, counts: first, attemptDurationsMs };
    const starts = await Promise.all(
      tooMany.map((status) => this.#startOfNewest(workspaceId, webhookId, status, asked)),
    );
    const window = { from: new Date(Math.max(...starts.map(Number))), to: asked.to };
    const counts = await this.#count(workspaceId, webhookId, window);
    return { window, counts, attemptDurationsMs };
  }

  async #count(
    workspaceId: WorkspaceId,
    webhookId: WebhookId,
    window: TimeWindow,
    limit?: number,
  ): Promise<DeliveryStatistics["counts"]> {
    const counted = await Promise.all(
      LOGGED_STATUSES.map(async (status) => {
        const selection = { webhookId, statuses: [status], ...window };
        return [status, await countDeliveries(this.#store, workspaceId, selection, limit)] as const;
      }),
    );
    return Object.fromEntries(counted) as DeliveryStatistics["counts"];
  }

  /** When the newest {@link COUNTED_MAX} of a state begin. */
  async #startOfNewest(
    workspaceId: WorkspaceId,
    webhookId: WebhookId,
    status: LoggedDeliveryStatus,
    window: TimeWindow,
  ): Promise<Date> {
    const { hint, indexed } = toDeliveryQuery(workspaceId, { webhookId, statuses: [status], ...window });
    const [found] = await this.#collection()
      .find(indexed, { hint, maxTimeMS: QUERY_LIMIT_MS })
      .sort({ acceptedAt: -1, _id: -1 })
      .skip(this.#countedMax - 1)
      .limit(1)
      .project<Pick<DeliveryDocument, "acceptedAt">>({ _id: 0, acceptedAt: 1 })
      .toArray();
    return found?.acceptedAt ?? window.from;
  }

  async #sampleDurations(
    workspaceId: WorkspaceId,
    webhookId: WebhookId,
    window: TimeWindow,
  ): Promise<readonly number[]> {
    const statuses = ["delivered", "dead_letter", "retrying"] as const;
    const { hint, indexed } = toDeliveryQuery(workspaceId, { webhookId, statuses, ...window });
    const attempts = { $objectToArray: "$attempts" };
    const sampled = await this.#collection()
      .aggregate<{ readonly durations: readonly number[] }>(
        [
          { $match: indexed },
          { $sort: { acceptedAt: -1, _id: -1 } },
          { $limit: DELIVERIES_SAMPLED },
          { $project: { _id: 0, durations: { $map: { input: attempts, in: "$$this.v.durationMs" } } } },
        ],
        { hint, maxTimeMS: QUERY_LIMIT_MS },
      )
      .toArray();
    return sampled.flatMap(({ durations }) => durations);
  }

  #collection() {
    return this.#store.db.collection<DeliveryDocument>(DELIVERIES);
  }
}
