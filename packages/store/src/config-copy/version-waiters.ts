import type { WebhookId } from "@hooklane/core";
import type { WebhookDocument } from "../webhooks/webhook.js";

interface Waiter {
  readonly version: number;
  resolve(webhook: WebhookDocument): void;
  reject(reason: Error): void;
}

/** Those who wait until a webhook has a version. */
export class VersionWaiters {
  readonly #waiters = new Map<WebhookId, Set<Waiter>>();

  wait(id: WebhookId, version: number, signal: AbortSignal): Promise<WebhookDocument> {
    if (signal.aborted) return Promise.reject(signal.reason as Error);
    return new Promise((resolve, reject) => {
      const onAbort = () => waiter.reject(signal.reason as Error);
      const leave = () => {
        signal.removeEventListener("abort", onAbort);
        const waiters = this.#waiters.get(id);
        waiters?.delete(waiter);
        if (waiters?.size === 0) this.#waiters.delete(id);
      };
      const waiter: Waiter = {
        version,
        resolve: (webhook) => {
          leave();
          resolve(webhook);
        },
        reject: (reason) => {
          leave();
          reject(reason);
        },
      };
      signal.addEventListener("abort", onAbort, { once: true });
      const waiters = this.#waiters.get(id) ?? new Set<Waiter>();
      this.#waiters.set(id, waiters.add(waiter));
    });
  }

  /** Tells those whose version has come. */
  settle(webhook: WebhookDocument): void {
    for (const waiter of [...(this.#waiters.get(webhook._id) ?? [])]) {
      if (webhook.version >= waiter.version) waiter.resolve(webhook);
    }
  }

  rejectAll(reason: Error): void {
    for (const waiters of [...this.#waiters.values()])
      for (const waiter of [...waiters]) waiter.reject(reason);
  }
}
