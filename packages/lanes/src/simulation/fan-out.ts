import { asDeliveryId, asEventId, type WorkspaceId } from "@hooklane/core";
import type { DeliveryFacts } from "../lane-record.js";
import type { Configuration } from "./configuration.js";
import type { KafkaLog } from "./kafka-log.js";
import type { Oracle } from "./oracle.js";
import type { World } from "./world.js";

interface IncomingEvent {
  readonly workspaceId: WorkspaceId;
  readonly type: "x" | "y";
  readonly id: number;
}

/** What was decided for one record of `events.v1`: in the stored decision, so the same whoever produces it. */
type Decision = readonly DeliveryFacts[];

/** A router at work on the partition; a former owner may be one as well for a while. */
interface Producer {
  at: number;
  readonly epoch: number;
  isOwner: boolean;
  isGone: boolean;
}

/**
 * The router of one partition of `events.v1`: decides once, produces in order, commits behind; what was produced and not
 * committed when it crashes or is replaced is produced again, and a replaced one may go on for a while.
 */
export class FanOut {
  readonly #world: World;
  readonly #partition: number;
  readonly #configuration: Configuration;
  readonly #logs: readonly KafkaLog[];
  readonly #oracle: Oracle;
  #events: IncomingEvent[] = [];
  #decided: Decision[] = [];
  /** Raised when this partition of `events.v1` was cut (lanes.md §4). */
  #epoch = 0;
  #committed = 0;

  constructor(
    world: World,
    partition: number,
    parts: {
      readonly configuration: Configuration;
      readonly logs: readonly KafkaLog[];
      readonly oracle: Oracle;
    },
  ) {
    this.#world = world;
    this.#partition = partition;
    this.#configuration = parts.configuration;
    this.#logs = parts.logs;
    this.#oracle = parts.oracle;
    this.#takeOver();
  }

  onEvent(event: IncomingEvent): void {
    this.#events.push(event);
  }

  /** Everything that came in is in the logs. */
  get isIdle(): boolean {
    return this.#committed === this.#events.length;
  }

  /** Another router takes the partition over; the one before may not know that yet. */
  replace(): void {
    this.#takeOver();
  }

  /** This partition of `events.v1` is made anew: nothing of it is left. */
  cut(): void {
    this.#world.trace("router", () => `events.v1/${this.#partition} is CUT`);
    this.#epoch++;
    this.#events = [];
    this.#decided = [];
    this.#committed = 0;
    this.#takeOver();
  }

  #owner: Producer | undefined;

  #takeOver(): void {
    const { random } = this.#world;
    const before = this.#owner;
    if (before !== undefined) {
      before.isOwner = false;
      this.#world.after(random.between(0, 10_000), () => (before.isGone = true));
    }
    const owner: Producer = { at: this.#committed, epoch: this.#epoch, isOwner: true, isGone: false };
    this.#owner = owner;
    this.#work(owner);
  }

  #work(producer: Producer): void {
    const { random, hasFaults, profile } = this.#world;
    if (producer.isGone || producer.epoch !== this.#epoch) return;
    if (producer.at < this.#events.length) {
      const canCrash = producer.isOwner && hasFaults && profile.kind !== "graceful";
      const crashes = canCrash && random.chance(0.01);
      this.#produce(producer.at, crashes);
      if (crashes) {
        producer.isGone = true;
        this.#world.after(random.between(50, 3_000), () => {
          if (producer === this.#owner) this.#takeOver();
        });
        return;
      }
      producer.at++;
      if (producer.isOwner && (!hasFaults || random.chance(0.5)))
        this.#committed = Math.max(this.#committed, producer.at);
    } else if (producer.isOwner) this.#committed = producer.at;
    const hasMore = producer.at < this.#events.length;
    this.#world.after(hasMore ? random.between(2, 60) : random.between(50, 300), () => this.#work(producer));
  }

  /** @param inPart the router dies in the middle of it */
  #produce(offset: number, inPart: boolean): void {
    const { random } = this.#world;
    const decision = (this.#decided[offset] ??= this.#decide(offset));
    const count = inPart ? random.between(0, decision.length) : decision.length;
    for (const facts of decision.slice(0, count)) {
      const log = this.#logs[this.#configuration.endpoint(facts.endpointId).partition];
      if (log === undefined) continue;
      this.#oracle.line.onAppended(facts, log.partition, log.append(facts));
      if (random.chance(0.003)) log.append(undefined);
    }
  }

  #decide(offset: number): Decision {
    const event = this.#events[offset];
    if (event === undefined) return [];
    const { workspaceId, type, id } = event;
    return this.#configuration
      .all()
      .filter((webhook) => webhook.workspaceId === workspaceId && (webhook.type ?? type) === type)
      .filter(({ status, deletedAt }) => status === "active" && deletedAt === undefined)
      .map((webhook, ordinal) => ({
        workspaceId,
        webhookId: webhook.id,
        generation: webhook.generation,
        version: webhook.version,
        endpointId: webhook.endpointId,
        deliveryId: asDeliveryId(`dl_${this.#partition}.${this.#epoch}.${offset}.${ordinal}`),
        eventId: asEventId(`evt_${id}`),
        type,
        trigger: "automatic",
        acceptedAt: this.#world.now,
        source: [this.#partition, this.#epoch, offset, ordinal],
      }));
  }
}
