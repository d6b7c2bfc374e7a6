import type { DeliveryId, WebhookId, WorkspaceId } from "@hooklane/core";
import { recordChange } from "../audit/record-change.js";
import type { Store } from "../store.js";
import { runTransaction } from "../transaction.js";

/** A delivery that somebody asked for once more. */
export interface RequestedResend {
  readonly deliveryId: DeliveryId;
  readonly resendOf: DeliveryId;
  readonly webhookId: WebhookId;
}

/** Keeps in the audit log who asked for resends (product.md O5). Those of a job are told by its own entry. */
export class ResendRequests {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  /**
   * Noted before the broker has them: what becomes of each is told by the delivery log.
   *
   * @param of the delivery or the event that is sent once more
   */
  async record(
    owner: WorkspaceId,
    of: string,
    deliveries: readonly RequestedResend[],
    at: Date,
  ): Promise<void> {
    const after = { _id: of, deliveries };
    const object = { kind: "resend", id: of } as const;
    await runTransaction(this.#store, (session) =>
      recordChange(this.#store, { owner, object, after, at }, session),
    );
  }
}
