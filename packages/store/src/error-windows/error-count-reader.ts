import {
  asWebhookId,
  DEFAULT_ERROR_RULE,
  type ErrorRule,
  type WebhookId,
  type WorkspaceId,
} from "@hooklane/core";
import { z } from "zod";
import type { Store } from "../store.js";

const windowParser = z.object({
  errors: z
    .array(z.object({ webhookId: z.string().transform(asWebhookId), generation: z.number(), at: z.date() }))
    .default([]),
  since: z.record(z.string(), z.number()).default({}),
});

/** Reads how much of the shared rule's quota a workspace has used, for people: the verdict is the dispatcher's. */
export class ErrorCountReader {
  readonly #store: Store;
  readonly #rule: ErrorRule;

  constructor(store: Store, rule: ErrorRule = DEFAULT_ERROR_RULE) {
    this.#store = store;
    this.#rule = rule;
  }

  get rule(): ErrorRule {
    return this.#rule;
  }

  /** Errors in the window at `at`, by webhook. */
  async countByWebhook(workspaceId: WorkspaceId, at: Date): Promise<ReadonlyMap<WebhookId, number>> {
    const found = await this.#store.db
      .collection<{ _id: string }>("errorWindows")
      .findOne({ _id: workspaceId }, { projection: { errors: 1, since: 1 } });
    const { errors, since } = windowParser.parse(found ?? {});
    const counts = new Map<WebhookId, number>();
    for (const { webhookId, generation, at: failedAt } of errors) {
      const isInWindow = failedAt.getTime() > at.getTime() - this.#rule.windowMs;
      if (!isInWindow || generation < (since[webhookId] ?? 0)) continue;
      counts.set(webhookId, (counts.get(webhookId) ?? 0) + 1);
    }
    return counts;
  }
}
