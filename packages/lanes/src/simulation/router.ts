import type { WebhookId } from "@hooklane/core";
import { ChangeStream } from "./change-stream.js";
import type { Subscriber } from "./configuration.js";
import type { Webhook } from "./webhook.js";
import { PartitionRouter } from "./partition-router.js";
import { SimulatedProcess } from "./simulated-process.js";
import { ask, start, type Task } from "./task.js";
import type { Upstream } from "./upstream.js";

/** A router: routes the partitions of `events.v1` it has, with a copy of the configuration that lags. */
export class Router extends SimulatedProcess implements Subscriber {
  readonly index: number;
  readonly upstream: Upstream;
  readonly stream = new ChangeStream(this);
  /** The configuration as this process knows it; another one after every change. */
  copy: ReadonlyMap<WebhookId, Webhook> = new Map();
  readonly #routing = new Map<number, PartitionRouter>();
  #isStarted = false;

  constructor(upstream: Upstream, index: number) {
    super(upstream.world, `router${index}`);
    this.index = index;
    this.upstream = upstream;
  }

  onWebhook(webhook: Webhook): void {
    if ((this.copy.get(webhook.id)?.version ?? 0) < webhook.version)
      this.copy = new Map(this.copy).set(webhook.id, webhook);
  }

  onTrip(): void {
    // Nothing is decided by trips.
  }

  /** Reads a webhook past the change stream. */
  *refresh(webhookId: WebhookId): Task {
    const webhook = yield* ask(this, "database", () => this.upstream.configuration.webhook(webhookId));
    if (webhook !== undefined) this.onWebhook(webhook);
  }

  *refreshAll(): Task {
    for (const webhook of yield* ask(this, "database", () => this.upstream.configuration.all()))
      this.onWebhook(webhook);
  }

  take(partition: number): void {
    if (!this.isUp || !this.#isStarted || this.#routing.has(partition)) return;
    const routing = new PartitionRouter(this, this.upstream.events.at(partition));
    this.#routing.set(partition, routing);
    start(routing.run());
  }

  leave(partition: number): void {
    this.#routing.get(partition)?.stop();
    this.#routing.delete(partition);
  }

  protected override onBoot(): void {
    this.copy = new Map();
    this.stream.reset();
    this.#routing.clear();
    this.#isStarted = false;
    start(this.#begin());
  }

  protected override onEnd(): void {
    for (const routing of this.#routing.values()) routing.stop();
  }

  *#begin(): Task {
    yield* this.refreshAll();
    this.#isStarted = true;
    for (const { assignedTo, partition } of this.upstream.events.all)
      if (assignedTo === this.index) this.take(partition);
  }
}
