import {
  asDeliveryId,
  asWebhookId,
  DEFAULT_ERROR_RULE,
  type DeliveryId,
  type ErrorRule,
  type WebhookId,
  type WorkspaceId,
} from "@hooklane/core";
import { z } from "zod";
import type { Store } from "../store.js";

/** An error that counts. */
export interface WindowError {
  readonly webhookId: WebhookId;
  /** By the database's clock. */
  readonly at: Date;
  /** Counted from 1. */
  readonly attempt: number;
  /** What failed; of a batch its first. Undefined for what an earlier version counted. */
  readonly deliveryId: DeliveryId | undefined;
}

export const ERROR_WINDOWS = "errorWindows";

const windowParser = z.object({
  errors: z
    .array(
      z.object({
        id: z.string().default(""),
        webhookId: z.string().transform(asWebhookId),
        generation: z.number(),
        deliveryId: z.string().transform(asDeliveryId).optional(),
        at: z.date(),
      }),
    )
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

  /** The errors in the window at `at`, oldest first: what makes up the quota (product.md D5). One document. */
  async readErrors(workspaceId: WorkspaceId, at: Date): Promise<readonly WindowError[]> {
    const found = await this.#store.db
      .collection<{ _id: string }>(ERROR_WINDOWS)
      .findOne({ _id: workspaceId }, { projection: { errors: 1, since: 1 } });
    return countingErrors(found ?? {}, this.#rule, at);
  }
}

/** Which errors of a window's document count at `at`, oldest first. */
export function countingErrors(document: object, { windowMs }: ErrorRule, at: Date): readonly WindowError[] {
  const { errors, since } = windowParser.parse(document);
  const start = at.getTime() - windowMs;
  return errors
    .filter((error) => error.at.getTime() > start && error.generation >= (since[error.webhookId] ?? 0))
    .map(({ id, webhookId, deliveryId, at: failedAt }) => ({
      webhookId,
      deliveryId,
      at: failedAt,
      attempt: toAttempt(id),
    }));
}

/** The id ends with the attempt's number. */
const toAttempt = (id: string): number => Number(id.slice(id.lastIndexOf(":") + 1)) || 1;
