import type { WebhookId } from "@hooklane/core";

/**
 * Webhooks that may not be sent to although their stored status may still say so: named by a trip of the shared rule,
 * or answered `410` (lanes.md §7). Known by generation: an activation raises it and so ends the ban. One for all
 * partitions of a process.
 */
export class TrippedWebhooks {
  readonly #generations = new Map<WebhookId, number>();

  /** Answers whether that was news. */
  mark(webhookId: WebhookId, generation: number): boolean {
    if (this.isTripped(webhookId, generation)) return false;
    this.#generations.set(webhookId, generation);
    return true;
  }

  isTripped(webhookId: WebhookId, generation: number): boolean {
    // Nearly always empty, and asked several times a delivery.
    if (this.#generations.size === 0) return false;
    return (this.#generations.get(webhookId) ?? -1) >= generation;
  }

  /** Forgets a webhook whose stored generation has passed the tripped one: its status speaks for itself again. */
  forget(webhookId: WebhookId, storedGeneration: number): boolean {
    const tripped = this.#generations.get(webhookId);
    if (tripped === undefined || tripped >= storedGeneration) return false;
    return this.#generations.delete(webhookId);
  }

  get size(): number {
    return this.#generations.size;
  }
}
