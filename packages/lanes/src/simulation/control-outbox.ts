import type { Webhook } from "./webhook.js";
import type { EventsTopic } from "./events-topic.js";
import type { World } from "./world.js";

/**
 * Puts a record in line for every change of a webhook, so that what stands behind it meets the change
 * (architecture.md §1.5): late when who made the change died right after, and now and then twice.
 */
export class ControlOutbox {
  readonly #world: World;
  readonly #events: EventsTopic;

  constructor(world: World, events: EventsTopic) {
    this.#world = world;
    this.#events = events;
  }

  announce({ id: webhookId, version, workspaceId }: Webhook): void {
    const { random, hasFaults, profile } = this.#world;
    const append = () => this.#events.append(workspaceId, { kind: "control", webhookId, version });
    const canFail = hasFaults && !profile.isReliable;
    const isLate = canFail && random.chance(0.2);
    this.#world.after(isLate ? random.between(1_000, 30_000) : random.between(2, 30), append);
    if (canFail && random.chance(0.05)) this.#world.after(random.between(1_000, 30_000), append);
  }
}
