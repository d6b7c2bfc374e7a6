import { EventEmitter } from "node:events";
import type { ErrorTrip, WebhookGeneration, WebhookId } from "@hooklane/core";
import { TrippedWebhooks } from "@hooklane/lanes";
import type { ConfigCopy, WebhookDocument } from "@hooklane/store";
import { WebhookBreaker } from "./webhook-breaker.js";

/** opossum's statistics move on by this step, milliseconds; nothing depends on it. */
const ROTATE_MS = 1_000;

/**
 * The webhooks that fail, each with a breaker, and those that may not be sent to any more (lanes.md §7): what the lanes
 * know as tripped and what the breakers enforce are changed together, here only.
 */
export class FailingWebhooks {
  readonly tripped = new TrippedWebhooks();
  readonly #configuration: ConfigCopy;
  #tellTripped: (webhookId: WebhookId) => void = () => undefined;
  readonly #breakers = new Map<WebhookId, WebhookBreaker>();
  readonly #rotation = new EventEmitter();
  readonly #timer: NodeJS.Timeout;

  constructor(configuration: ConfigCopy) {
    this.#configuration = configuration;
    this.#rotation.setMaxListeners(0);
    this.#timer = setInterval(() => this.#rotation.emit("rotate"), ROTATE_MS);
    this.#timer.unref();
  }

  /** How many breakers there are, open and closed. */
  get size(): { readonly failing: number; readonly open: number } {
    let open = 0;
    for (const breaker of this.#breakers.values()) if (!breaker.isClosed) open++;
    return { failing: this.#breakers.size, open };
  }

  /** Called when a webhook's lane has to look again. */
  onTripped(listener: (webhookId: WebhookId) => void): void {
    this.#tellTripped = listener;
  }

  breakerOf(webhookId: WebhookId): WebhookBreaker | undefined {
    return this.#breakers.size === 0 ? undefined : this.#breakers.get(webhookId);
  }

  /** A request of it failed: from now on it is sent to through a breaker. */
  onFailure(webhookId: WebhookId): void {
    this.#breakerFor(webhookId);
  }

  /** It answers again; an open breaker is never given up for that. */
  onSuccess(webhookId: WebhookId): void {
    if (this.#breakers.size > 0 && this.#breakers.get(webhookId)?.isClosed === true) this.#remove(webhookId);
  }

  /** Nothing of this generation leaves any more. */
  trip({ webhookId, generation }: WebhookGeneration): void {
    // A later activation has answered this trip already.
    if ((this.#configuration.webhook(webhookId)?.generation ?? 0) > generation) return;
    this.#breakerFor(webhookId).open();
    if (this.tripped.mark(webhookId, generation)) this.#tellTripped(webhookId);
  }

  /** What a count, a claim or the change stream told. */
  applyTrips(trips: readonly Pick<ErrorTrip, "webhooks">[]): void {
    for (const { webhooks } of trips) for (const each of webhooks) this.trip(each);
  }

  /** Its configuration changed: by status it opens, by a newer generation that is on it closes. */
  onWebhook(webhook: WebhookDocument): void {
    const { _id: webhookId, status, generation } = webhook;
    const breaker = this.#breakers.get(webhookId);
    if (breaker === undefined) return;
    const isOff = (status !== "active" && status !== "recovering") || webhook.deletedAt !== undefined;
    if (isOff) breaker.open();
    this.tripped.forget(webhookId, generation);
    if (!isOff && !this.tripped.isTripped(webhookId, generation)) this.#remove(webhookId);
  }

  onConfigurationReloaded(): void {
    for (const webhookId of [...this.#breakers.keys()]) {
      const webhook = this.#configuration.webhook(webhookId);
      if (webhook !== undefined) this.onWebhook(webhook);
    }
  }

  close(): Promise<void> {
    clearInterval(this.#timer);
    for (const webhookId of [...this.#breakers.keys()]) this.#remove(webhookId);
    return Promise.resolve();
  }

  #breakerFor(webhookId: WebhookId): WebhookBreaker {
    let breaker = this.#breakers.get(webhookId);
    if (breaker === undefined) {
      breaker = new WebhookBreaker(this.#rotation);
      this.#breakers.set(webhookId, breaker);
    }
    return breaker;
  }

  #remove(webhookId: WebhookId): void {
    this.#breakers.get(webhookId)?.shutdown();
    this.#breakers.delete(webhookId);
  }
}
