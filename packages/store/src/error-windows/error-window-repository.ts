import {
  asWebhookId,
  DEFAULT_ERROR_RULE,
  type ErrorRule,
  type ErrorTrip,
  type TripPolicy,
  type WorkspaceId,
} from "@hooklane/core";
import type { mongo } from "mongoose";
import { z } from "zod";
import type { Store } from "../store.js";
import { isDuplicateKey } from "../store-error.js";
import { countPipeline, type ErrorToCount } from "./count-pipeline.js";

const COLLECTION = "errorWindows";

const tripParser = z.object({
  webhooks: z.array(z.object({ webhookId: z.string().transform(asWebhookId), generation: z.number() })),
  errorCounts: z.array(z.object({ webhookId: z.string().transform(asWebhookId), errors: z.number() })),
  at: z.date().transform((at) => at.getTime()),
  applied: z.boolean(),
});

/** The shared rule's count over all dispatchers (product.md D5, lanes.md §7): one document a workspace. */
export class ErrorWindowRepository {
  readonly #store: Store;
  readonly #rule: ErrorRule;

  constructor(store: Store, rule: ErrorRule = DEFAULT_ERROR_RULE) {
    this.#store = store;
    this.#rule = rule;
  }

  /**
   * Counts one failed attempt, atomically, by the database's clock, acknowledged by the majority. Counting the same id
   * again changes nothing and gives the same verdict, so a call whose answer was lost is simply made again.
   *
   * @param now an expression in place of the database's clock; for tests
   * @returns every trip of the window, applied or not, and older ones not yet applied: the verdict
   */
  async count(
    workspaceId: WorkspaceId,
    error: ErrorToCount,
    policy: TripPolicy,
    now: mongo.Document | string = "$$NOW",
  ): Promise<readonly ErrorTrip[]> {
    const pipeline = countPipeline(error, policy, this.#rule, now);
    try {
      return await this.#update(workspaceId, pipeline);
    } catch (failure) {
      // Two dispatchers made the workspace's first window at the same moment; now it is there.
      if (!isDuplicateKey(failure)) throw failure;
      return this.#update(workspaceId, pipeline);
    }
  }

  async #update(workspaceId: WorkspaceId, pipeline: mongo.Document[]): Promise<readonly ErrorTrip[]> {
    const window = await this.#store.db
      .collection<{ _id: string; trips: unknown[] }>(COLLECTION)
      .findOneAndUpdate({ _id: workspaceId }, pipeline, {
        upsert: true,
        returnDocument: "after",
        projection: { trips: 1 },
      });
    return z.array(tripParser).parse(window?.trips ?? []);
  }
}
