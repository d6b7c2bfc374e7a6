import type { WebhookId, WorkspaceId } from "@hooklane/core";
import type { mongo } from "mongoose";
import type { Store } from "../store.js";
import { type DurationCounts } from "./duration-bins.js";
import { type FailureReason, fromReasonKey } from "./failure-reason.js";
import { DELIVERY_ROLLUPS, HOUR_MS, type RollupDocument, toRollupId } from "./rollup-document.js";
import { byBucket, byReason, byWebhook, toCounts } from "./rollup-pipeline.js";
import type { BucketPlan } from "./rollup-range.js";

/** What some requests came to. */
export interface RequestSums {
  readonly delivered: number;
  readonly failed: number;
  /** Deliveries given up. */
  readonly deadLetters: number;
  readonly durations: DurationCounts;
}

/** Failed requests by why, most first. */
export type ReasonCount = FailureReason & { readonly count: number };

export interface RequestSeries {
  /** By the beginning of their bucket, milliseconds since 1970; of empty ones there are none. */
  readonly buckets: ReadonlyMap<number, RequestSums>;
  readonly reasons: readonly ReasonCount[];
}

export type WebhookSums = RequestSums & { readonly webhookId: WebhookId };

/** The webhooks that stand out, most first. */
export interface NotableWebhooks {
  readonly failing: readonly WebhookSums[];
  readonly slowest: readonly WebhookSums[];
  /** What was looked at begins here: later than asked for when there are too many webhooks. */
  readonly from: Date;
}

/** Hours of webhooks read for one answer: a week of a hundred that are busy all the time, in about half a second. */
const HOURS_READ_MAX = 20_000;

const QUERY_LIMIT_MS = 5_000;

const REASONS_MAX = 10;
const WEBHOOKS_MAX = 5;

/** Reads sums of requests for charts. However many requests there were, what is read is bounded. */
export class RollupReader {
  readonly #store: Store;
  readonly #hoursReadMax: number;

  /** @param hoursReadMax for tests */
  constructor(store: Store, hoursReadMax = HOURS_READ_MAX) {
    this.#store = store;
    this.#hoursReadMax = hoursReadMax;
  }

  /**
   * @param owner a webhook, or a workspace: all of its webhooks together
   * @throws the database's error when it did not answer within 5 s
   */
  async readSeries(
    workspaceId: WorkspaceId,
    owner: WebhookId | WorkspaceId,
    plan: BucketPlan,
  ): Promise<RequestSeries> {
    const from = startOf(plan);
    const end = (plan.starts.at(-1) ?? 0) + plan.bucketMs;
    const ids: string[] = [];
    for (let hour = floorHour(from); hour < end; hour += HOUR_MS) ids.push(toRollupId(owner, hour));
    const match = { _id: { $in: ids }, workspaceId };
    const counts = toCounts(plan.bucketMs, from);
    const [buckets, reasons] = await Promise.all([
      this.#aggregate<SumsOf<number>>(match, [...counts, ...byBucket(plan.bucketMs)]),
      this.#aggregate<{ _id: string; count: number }>(match, [...counts, ...byReason(REASONS_MAX)]),
    ]);
    return {
      buckets: new Map(buckets.map(({ _id, ...sums }) => [_id, sums])),
      reasons: reasons.flatMap(({ _id, count }) => {
        const reason = fromReasonKey(_id);
        return reason ? [{ ...reason, count }] : [];
      }),
    };
  }

  /** @throws the database's error when it did not answer within 5 s */
  async readNotable(workspaceId: WorkspaceId, plan: BucketPlan): Promise<NotableWebhooks> {
    const from = await this.#startOfRead(workspaceId, startOf(plan));
    const match = {
      workspaceId,
      webhookId: { $exists: true },
      hour: { $gte: new Date(floorHour(from)) },
    };
    const [found] = await this.#aggregate<{ failing: SumsOf<WebhookId>[]; slowest: SumsOf<WebhookId>[] }>(
      match,
      [...toCounts(plan.bucketMs, from), ...byWebhook(WEBHOOKS_MAX)],
    );
    return {
      failing: (found?.failing ?? []).map(toWebhookSums),
      slowest: (found?.slowest ?? []).map(toWebhookSums),
      from,
    };
  }

  /** The first hour of which all webhooks are read. */
  async #startOfRead(workspaceId: WorkspaceId, from: Date): Promise<Date> {
    const [tooFar] = await this.#collection()
      .find({ workspaceId, hour: { $gte: new Date(floorHour(from)) } }, { maxTimeMS: QUERY_LIMIT_MS })
      .hint("newest_hours")
      .sort({ hour: -1 })
      .skip(this.#hoursReadMax)
      .limit(1)
      .project<Pick<RollupDocument, "hour">>({ _id: 0, hour: 1 })
      .toArray();
    return tooFar ? new Date(tooFar.hour.getTime() + HOUR_MS) : from;
  }

  #aggregate<Row extends mongo.Document>(
    match: mongo.Filter<RollupDocument>,
    stages: readonly Record<string, unknown>[],
  ): Promise<Row[]> {
    return this.#collection()
      .aggregate<Row>([{ $match: match }, ...stages], { maxTimeMS: QUERY_LIMIT_MS })
      .toArray();
  }

  #collection() {
    return this.#store.db.collection<RollupDocument>(DELIVERY_ROLLUPS);
  }
}

type SumsOf<Id> = RequestSums & { readonly _id: Id };

const toWebhookSums = ({
  _id,
  delivered,
  failed,
  deadLetters,
  durations,
}: SumsOf<WebhookId>): WebhookSums => ({
  webhookId: _id,
  delivered,
  failed,
  deadLetters,
  durations,
});

const startOf = ({ starts }: BucketPlan): Date => new Date(starts[0] ?? 0);

const floorHour = (time: Date): number => Math.floor(time.getTime() / HOUR_MS) * HOUR_MS;
