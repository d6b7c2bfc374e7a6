import { comparePlaces, type EventId, type LinePlace, type WebhookId } from "@hooklane/core";
import type { DeliveryFacts } from "../lane-record.js";
import type { Configuration } from "./configuration.js";
import type { Webhook } from "./webhook.js";
import type { DeliveryLog } from "./delivery-log.js";
import type { EventLog, LoggedRecord } from "./event-log.js";
import type { EventRecord, ResendRecord } from "./events-record.js";
import type { Entry } from "./line-oracle.js";
import { MatchedEvents } from "./matched-events.js";
import type { Recoveries } from "./recoveries.js";
import type { World } from "./world.js";

export interface RecoveryOracleParts {
  readonly configuration: Configuration;
  readonly eventLog: EventLog;
  readonly deliveryLog: DeliveryLog;
  readonly recoveries: Recoveries;
}

/** What of a webhook's generation came into the line, but what somebody resent or tested by hand. */
interface EnteredLine {
  readonly events: Set<EventId>;
  last: LinePlace | undefined;
}

/**
 * Knows what every webhook asks for, and so what a recovery has to bring (product.md D7, ADR 0019): REC-ORDER, REC-ONCE,
 * REC-ALL, D7 from end to end, and that an event behind a control record meets the change (P5).
 */
export class RecoveryOracle {
  readonly #world: World;
  readonly #parts: RecoveryOracleParts;
  readonly #matched = new MatchedEvents();
  readonly #entered = new Map<string, EnteredLine>();
  /** Of each recovery, what the delivery log knew to have its end when it began. */
  readonly #endedBefore = new Map<string, ReadonlySet<EventId>>();
  /** Active by their recovery, as `webhook.generation`. */
  readonly #recovered = new Set<string>();
  /** Nothing is promised any more of what comes into the line, and in which order. */
  #isCut = false;

  constructor(world: World, parts: RecoveryOracleParts) {
    this.#world = world;
    this.#parts = parts;
  }

  onCut(): void {
    this.#isCut = true;
  }

  /**
   * A router's decision was stored.
   *
   * @param announced versions in control records before it
   * @param copy what the router knew
   */
  onDecided(
    { deliveries, place, eventId }: LoggedRecord,
    record: EventRecord | ResendRecord,
    announced: ReadonlyMap<WebhookId, number>,
    copy: ReadonlyMap<WebhookId, Webhook>,
  ): void {
    if (record.kind === "resend" && deliveries.length > 0) this.#isInTime(record);
    if (record.kind !== "event") return;
    for (const webhook of this.#parts.configuration.all()) {
      const { id, type, version, status, deletedAt } = webhook;
      if (webhook.workspaceId !== record.workspaceId || (type ?? record.type) !== record.type) continue;
      this.#matched.add(id, { eventId, place, generation: copy.get(id)?.generation ?? 0 });
      if (announced.get(id) !== version) continue;
      const isDelivered = deliveries.some(({ webhookId }) => webhookId === id);
      const isOn = status === "active" && deletedAt === undefined;
      if (isDelivered !== isOn)
        this.#world.violate("P5", `${eventId} ${isOn ? "misses" : "meets"} ${id}, which is ${status}`);
    }
  }

  /** A delivery came into the line, for the first time. */
  onEntered(entry: Entry): void {
    const { webhookId, generation, eventId, trigger, deliveryId } = entry.facts;
    const place = this.#matched.placeOf(eventId);
    if (trigger === "automatic" && place !== undefined) {
      const line = this.#lineOf(webhookId, generation);
      if (line.events.has(eventId))
        this.#world.violate(
          "REC-ONCE",
          `${eventId} comes into the line of ${webhookId} again: ${deliveryId}`,
        );
      line.events.add(eventId);
      this.#isEntitled(entry.facts, place);
      // Somebody may resend an event by hand while two monitors are about to: that one comes late, and once more.
      const isOver = this.#isCut || this.#matched.isFinished(webhookId, eventId);
      if (line.last !== undefined && comparePlaces(place, line.last) < 0 && !isOver)
        this.#world.violate("REC-ORDER", `${eventId} comes into the line of ${webhookId} behind later ones`);
      if (line.last === undefined || comparePlaces(place, line.last) > 0) line.last = place;
    }
    this.#matched.onEntered(entry);
  }

  onChanged(webhook: Webhook): void {
    const { id, status, generation } = webhook;
    const key = `${id}.${generation}`;
    if (status === "recovering" && !this.#endedBefore.has(key))
      this.#endedBefore.set(key, this.#endedFor(id));
    if (status !== "active" || !this.#isRecovery(id, generation)) return;
    if (this.#recovered.has(key)) return;
    this.#recovered.add(key);
    if (!this.#isCut) this.#hasAll(webhook);
  }

  /** The bytes of a request are written: nothing that stands before is left (product.md D7). */
  onLeaves(entries: readonly Entry[]): void {
    const [first] = entries;
    if (first === undefined || this.#isCut || first.facts.trigger !== "automatic") return;
    const { webhookId } = first.facts;
    if (this.#parts.configuration.webhook(webhookId)?.recoversOnly !== true) return;
    const left = this.#matched.firstUnfinished(webhookId);
    if (left === undefined || entries.some(({ facts }) => facts.eventId === left.eventId)) return;
    for (const { facts } of entries) {
      const place = this.#matched.placeOf(facts.eventId);
      const isEarly = place !== undefined && comparePlaces(left.place, place) < 0;
      if (isEarly && !this.#matched.isFinished(webhookId, facts.eventId))
        this.#world.violate("D7", `${facts.deliveryId} leaves before ${left.eventId} has its end`);
    }
  }

  /** What keeps the run from being at rest. */
  pending(): string | undefined {
    const [running] = this.#parts.recoveries.running();
    if (running !== undefined) return `REC-END: the recovery ${running.id} does not end`;
    for (const { id, recoversOnly, status } of this.#parts.configuration.all()) {
      if (!recoversOnly) continue;
      if (status !== "active") return `D7: ${id} is ${status}`;
      const left = this.#isCut ? undefined : this.#matched.firstUnfinished(id);
      if (left !== undefined) return `D7: ${left.eventId} was neither delivered to ${id} nor given up`;
    }
    return undefined;
  }

  /** The run is over. */
  atRest(): void {
    for (const { id, status, task } of this.#parts.recoveries.all()) {
      const isDeleted = this.#parts.configuration.present(task.webhookId) === undefined;
      if (this.#recovered.has(id) && !isDeleted && status !== "completed")
        this.#world.violate(
          "REC-END",
          `the recovery ${id} made its webhook active, and is told to be ${status}`,
        );
    }
  }

  /** What a recovery resends comes before its end, or not at all. */
  #isInTime({ recordId, webhookId, generation }: ResendRecord): void {
    if (generation !== undefined && this.#recovered.has(`${webhookId}.${generation}`))
      this.#world.violate("REC-LATE", `${recordId} counts behind the end of its recovery`);
  }

  /** Everything since the last plain activation has its end, or stands in line (ADR 0019). */
  #hasAll({ id, generation, owedSince }: Webhook): void {
    const decided = this.#parts.eventLog.decidedFor(id);
    const inLine = new Set(
      decided.filter(({ facts }) => facts.generation === generation).map(({ facts }) => facts.eventId),
    );
    for (const event of this.#matched.of(id)) {
      if (event.generation < owedSince || inLine.has(event.eventId)) continue;
      if (this.#matched.isFinished(id, event.eventId)) continue;
      this.#world.violate("REC-ALL", `${id} is active in ${generation}, and did not get ${event.eventId}`);
    }
  }

  /** A recovery brings nothing of before the last plain activation, and nothing that had its end before it began. */
  #isEntitled({ webhookId, generation, eventId, deliveryId }: DeliveryFacts, place: LinePlace): void {
    if (!this.#isRecovery(webhookId, generation)) return;
    const key = `${webhookId}.${generation}`;
    const { task } = this.#parts.recoveries.find(key);
    const matched = this.#matched.of(webhookId).find((event) => comparePlaces(event.place, place) === 0);
    if (matched === undefined || matched.generation < task.owedSince)
      this.#world.violate("REC-SINCE", `${deliveryId} is not owed to ${webhookId}`);
    if (this.#endedBefore.get(key)?.has(eventId) === true)
      this.#world.violate("REC-ONCE", `${deliveryId} comes into the line, ${eventId} had its end before`);
  }

  #endedFor(webhookId: WebhookId): ReadonlySet<EventId> {
    const { eventLog, deliveryLog } = this.#parts;
    const ended = eventLog.decidedFor(webhookId).filter(({ facts }) => {
      const status = deliveryLog.statusOf(facts.deliveryId);
      return status === "delivered" || status === "dead_letter" || status === "cancelled";
    });
    return new Set(ended.map(({ facts }) => facts.eventId));
  }

  #isRecovery(webhookId: WebhookId, generation: number): boolean {
    return this.#parts.recoveries.has(`${webhookId}.${generation}`);
  }

  #lineOf(webhookId: WebhookId, generation: number): EnteredLine {
    const key = `${webhookId}.${generation}`;
    let line = this.#entered.get(key);
    if (line === undefined) this.#entered.set(key, (line = { events: new Set(), last: undefined }));
    return line;
  }
}
