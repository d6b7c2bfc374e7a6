import { type ErrorRule, WEBHOOK_STATUSES, type WebhookStatus } from "@hooklane/core";
import type { mongo } from "mongoose";
import { ERROR_WINDOWS } from "../error-windows/error-count-reader.js";
import { wholeWindow } from "../error-windows/count-pipeline.js";
import { PARTITIONS } from "../partitions/partition-document.js";
import { CLAIM_AFTER_MS } from "../partitions/partition-repository.js";
import type { Store } from "../store.js";
import { WEBHOOKS } from "../webhooks/webhook.js";

/** How near workspaces are to the shared rule's next trip. */
export interface ErrorUse {
  /** Errors that count now, of the workspace with the most. */
  readonly highest: number;
  /** Workspaces with at least one error that counts, and fewer than {@link near}'s. */
  readonly some: number;
  /** Workspaces whose errors have come to two thirds of what the rule allows. */
  readonly near: number;
}

/** What the database itself takes. */
export interface DatabaseUse {
  /** Documents and indexes of this installation, as stored. */
  readonly dataBytes: number;
  /** Of the file system that holds them, whoever uses it. */
  readonly diskUsedBytes: number;
  readonly diskBytes: number;
}

/** Partitions of `deliveries.v1` that were ever worked on, and those nobody may work on now. */
export interface PartitionUse {
  readonly all: number;
  readonly unowned: number;
}

/**
 * What an operator watches of the whole installation, for metrics: counts without an id, each one query over a small
 * collection. Nothing is decided by it.
 */
export class OperationalFigures {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  /** By the rule and the clock that decide (product.md D5): errors before an activation do not count. */
  async errorUse(rule: ErrorRule): Promise<ErrorUse> {
    const nearFrom = Math.ceil((rule.errorsMax * 2) / 3);
    const [found] = await this.#store.db
      .collection(ERROR_WINDOWS)
      .aggregate<ErrorUse>([
        wholeWindow(rule, "$$NOW"),
        { $project: { _id: 0, count: { $size: "$errors" } } },
        { $match: { count: { $gt: 0 } } },
        {
          $group: {
            _id: null,
            highest: { $max: "$count" },
            some: { $sum: { $cond: [{ $lt: ["$count", nearFrom] }, 1, 0] } },
            near: { $sum: { $cond: [{ $gte: ["$count", nearFrom] }, 1, 0] } },
          },
        },
        { $unset: "_id" },
      ])
      .toArray();
    return found ?? { highest: 0, some: 0, near: 0 };
  }

  /** How many webhooks there are in each status, deleted ones left out. Reads no document, only an index. */
  async webhooksByStatus(): Promise<ReadonlyMap<WebhookStatus, number>> {
    const webhooks = this.#store.db.collection(WEBHOOKS);
    // "Not there" cannot be told out of an index, "there" can.
    const isDeleted = { deletedAt: { $gte: new Date(0) } };
    const counts = WEBHOOK_STATUSES.map(async (status) => {
      const [all, deleted] = await Promise.all([
        webhooks.countDocuments({ status }, { hint: "status" }),
        webhooks.countDocuments({ status, ...isDeleted }, { hint: "status" }),
      ]);
      return [status, all - deleted] as const;
    });
    return new Map(await Promise.all(counts));
  }

  /** By the database's clock: those given back, and those whose lease has run out (lanes.md §4). */
  async partitionUse(): Promise<PartitionUse> {
    const isUnowned: mongo.Document = {
      $or: ["$released", { $lt: [{ $add: ["$renewedAt", CLAIM_AFTER_MS] }, "$$NOW"] }],
    };
    const [found] = await this.#store.db
      .collection(PARTITIONS)
      .aggregate<PartitionUse>([
        {
          $group: {
            _id: null,
            all: { $sum: 1 },
            unowned: { $sum: { $cond: [isUnowned, 1, 0] } },
          },
        },
        { $unset: "_id" },
      ])
      .toArray();
    return found ?? { all: 0, unowned: 0 };
  }

  async databaseUse(): Promise<DatabaseUse> {
    const { db } = this.#store;
    const found = await db.getClient().db(db.name).command({ dbStats: 1 });
    return {
      dataBytes: toBytes(found.storageSize) + toBytes(found.indexSize),
      diskUsedBytes: toBytes(found.fsUsedSize),
      diskBytes: toBytes(found.fsTotalSize),
    };
  }
}

/** A hosted database may keep some of its figures to itself. */
const toBytes = (value: unknown): number => (typeof value === "number" ? value : 0);
