import type { ErrorTrip, WorkspaceId } from "@hooklane/core";
import type { CountDecision } from "../decision.js";
import type { Configuration } from "./configuration.js";
import { isSentTo, type Webhook } from "./webhook.js";
import { RULE } from "./database.js";
import type { World } from "./world.js";

interface CountedError {
  readonly workspaceId: WorkspaceId;
  readonly webhookId: string;
  readonly generation: number;
  readonly at: number;
  isTakenOut: boolean;
}

/** A trip, and which lane of which process made it. */
export interface KnownTrip {
  readonly webhookId: string;
  readonly generation: number;
  readonly at: number;
  readonly processId: string;
  readonly endpointId: string;
}

/** Counts every error a second time, from scratch: each once, a trip if and only if the window is full (I11). */
export class RuleOracle {
  readonly trips: KnownTrip[] = [];
  readonly #world: World;
  readonly #configuration: Configuration;
  readonly #counted = new Set<string>();
  #errors: CountedError[] = [];
  /** Generation each webhook was enabled with last. */
  readonly #enabledWith = new Map<string, number>();

  constructor(world: World, configuration: Configuration) {
    this.#world = world;
    this.#configuration = configuration;
  }

  isCounted(errorId: string): boolean {
    return this.#counted.has(errorId);
  }

  isTripped(webhookId: string, generation: number): boolean {
    return this.trips.some((trip) => trip.webhookId === webhookId && trip.generation >= generation);
  }

  onChanged(webhook: Webhook): void {
    if (isSentTo(webhook)) this.#enabledWith.set(webhook.id, webhook.generation);
  }

  /** The update was done at the server. */
  onCounted(
    { workspaceId, error, endpointId }: CountDecision,
    trip: ErrorTrip | undefined,
    processId: string,
  ): void {
    const { databaseNow } = this.#world;
    const { id, webhookId, generation } = error;
    const isOld = this.isTripped(webhookId, generation) || generation < this.#enabledGeneration(webhookId);
    if (!this.#counted.has(id) && !isOld)
      this.#errors.push({ workspaceId, webhookId, generation, at: databaseNow, isTakenOut: false });
    this.#counted.add(id);
    const live = this.#errors.filter(
      (each) =>
        each.workspaceId === workspaceId &&
        !each.isTakenOut &&
        each.at > databaseNow - RULE.windowMs &&
        each.generation >= this.#enabledGeneration(each.webhookId),
    );
    if (live.length > RULE.errorsMax !== (trip !== undefined))
      this.#world.violate(
        "I11",
        `${live.length} errors in ${workspaceId}, ${trip ? "a" : "no"} trip (${id})`,
      );
    if (trip !== undefined)
      this.#onTrip(trip, live, { processId, endpointId, lastOf: webhookId, workspaceId });
  }

  #onTrip(
    trip: ErrorTrip,
    live: readonly CountedError[],
    by: {
      readonly processId: string;
      readonly endpointId: string;
      readonly lastOf: string;
      readonly workspaceId: WorkspaceId;
    },
  ): void {
    const { policy } = this.#configuration.policyOf(by.workspaceId);
    const errorsOf = (webhookId: string) => live.filter((each) => each.webhookId === webhookId).length;
    const [named] = trip.webhooks;
    if (named === undefined) this.#world.violate("I11", "a trip names nobody");
    const isWorst = live.every((each) => errorsOf(each.webhookId) <= errorsOf(named.webhookId));
    if (policy === "worst" && !isWorst) this.#world.violate("I11", "the trip names another than the worst");
    if (policy === "last" && named.webhookId !== by.lastOf)
      this.#world.violate("I11", "the trip names another than the last");
    const names = new Set<string>(trip.webhooks.map(({ webhookId }) => webhookId));
    for (const error of live) if (names.has(error.webhookId)) error.isTakenOut = true;
    const { processId, endpointId } = by;
    for (const { webhookId, generation } of trip.webhooks)
      this.trips.push({ webhookId, generation, at: this.#world.now, processId, endpointId });
    this.#world.statistics.trips++;
  }

  #enabledGeneration(webhookId: string): number {
    return this.#enabledWith.get(webhookId) ?? 1;
  }
}
