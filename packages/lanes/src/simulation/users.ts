import type { Batching } from "@hooklane/core";
import type { Configuration } from "./configuration.js";
import type { Contacts } from "./contacts.js";
import { isSentTo, type Webhook } from "./webhook.js";
import type { World } from "./world.js";

/** So often somebody looks after the webhooks that are off, once nothing goes wrong any more, milliseconds. */
const MEND_EVERY_MS = 20_000;

/** Between two contacts that are deleted, milliseconds. */
const DELETE_PAUSE_MAX_MS = 40_000;

/**
 * Who deletes contacts and changes webhooks: they switch them off and on, with and without recovering, move, delete and
 * edit them. Some webhooks are never deleted, and switched on by recovering only: nothing that matches them may be lost
 * or overtaken.
 */
export class Users {
  readonly #world: World;
  readonly #configuration: Configuration;
  readonly #contacts: Contacts;

  constructor(world: World, configuration: Configuration, contacts: Contacts) {
    this.#world = world;
    this.#configuration = configuration;
    this.#contacts = contacts;
  }

  schedule(spanMs: number): void {
    const { random, profile } = this.#world;
    const pauseMax = profile.kind === "rule" ? 8_000 : 40_000;
    for (let at = random.between(5_000, 30_000); at < spanMs; at += random.between(1_000, pauseMax))
      this.#world.after(at, () => this.#changeAnything());
    for (
      let at = random.between(5_000, 30_000);
      at < spanMs;
      at += random.between(1_000, DELETE_PAUSE_MAX_MS)
    )
      this.#world.after(at, () => this.#deleteContact());
  }

  /** From now on. */
  mend(): void {
    for (const { id, recoversOnly } of this.#configuration.all())
      if (recoversOnly) this.#configuration.recover(id);
    this.#world.after(MEND_EVERY_MS, () => this.mend());
  }

  #changeAnything(): void {
    const { random } = this.#world;
    const webhook = random.pick(this.#configuration.all());
    const { id, recoversOnly } = webhook;
    if (!isSentTo(webhook)) {
      this.#switchOn(webhook);
      return;
    }
    const dice = random.between(0, 99);
    if (dice < 5 && !recoversOnly) this.#configuration.delete(id);
    else if (dice < 25) this.#move(webhook);
    else if (dice < 40) this.#configuration.change(id, { batching: this.#anyBatching() });
    else this.#switchOff(webhook);
  }

  #deleteContact(): void {
    const { workspaceId } = this.#world.random.pick(this.#configuration.all());
    this.#contacts.deleteAny(workspaceId);
  }

  #switchOn({ id, recoversOnly }: Webhook): void {
    if (recoversOnly || this.#world.random.chance(0.4)) this.#configuration.recover(id);
    else this.#configuration.activate(id);
  }

  #switchOff(webhook: Webhook): void {
    const { random } = this.#world;
    this.#configuration.deactivate(webhook.id);
    const offMs = random.chance(0.3) ? random.between(0, 50) : random.between(500, 40_000);
    this.#world.after(offMs, () => this.#switchOn(webhook));
  }

  #move({ id, workspaceId, endpointId }: Webhook): void {
    const others = this.#configuration.endpoints.filter(
      (each) => each.workspaceId === workspaceId && each.id !== endpointId,
    );
    this.#configuration.move(id, this.#world.random.pick(others).id);
  }

  #anyBatching(): Batching | undefined {
    const { random } = this.#world;
    return random.chance(0.6) ? undefined : { maxEvents: 3, maxWaitSeconds: random.pick([1, 5]) };
  }
}
