import {
  comparePlaces,
  type ContactId,
  type DeliveryStatus,
  type EventId,
  type LinePlace,
  type RecordId,
  type WebhookId,
} from "@hooklane/core";
import type { DeliveryFacts } from "../lane-record.js";
import type { DeliveryLog } from "./delivery-log.js";
import type { EventType } from "./events-record.js";

/** What was decided for a record of `events.v1`. */
export interface LoggedRecord {
  readonly recordId: RecordId;
  readonly eventId: EventId;
  readonly type: EventType;
  readonly contactId?: ContactId | undefined;
  readonly place: LinePlace;
  readonly deliveries: readonly DeliveryFacts[];
  /** Decided for the event itself: not for a resend or a test of it. */
  readonly isFirst: boolean;
  /** Webhooks it is owed to, and the generation each had. */
  readonly owed: ReadonlyMap<WebhookId, number>;
}

/** A delivery that was decided, and by what it was. */
export interface DecidedDelivery {
  readonly facts: DeliveryFacts;
  readonly recordId: RecordId;
  readonly isFirst: boolean;
}

/** An event that is owed to a webhook, as a read finds it. */
export interface FoundOwed {
  readonly recordId: RecordId;
  readonly eventId: EventId;
  readonly type: EventType;
  readonly contactId: ContactId | undefined;
  readonly place: LinePlace;
  readonly generation: number;
  readonly statuses: readonly DeliveryStatus[];
}

/** The collection `events`. Every method is one operation at the server: it happens at once. */
export class EventLog {
  readonly #deliveryLog: DeliveryLog;
  readonly #records = new Map<RecordId, LoggedRecord>();
  readonly #owed = new Map<WebhookId, LoggedRecord[]>();
  readonly #decided = new Map<WebhookId, DecidedDelivery[]>();
  readonly #decidedOfEvent = new Map<string, DecidedDelivery[]>();

  constructor(deliveryLog: DeliveryLog) {
    this.#deliveryLog = deliveryLog;
  }

  find(recordId: RecordId): LoggedRecord | undefined {
    return this.#records.get(recordId);
  }

  all(): IterableIterator<LoggedRecord> {
    return this.#records.values();
  }

  /** Of an id the first one counts. @returns what is stored */
  insert(record: LoggedRecord): LoggedRecord {
    const there = this.#records.get(record.recordId);
    if (there !== undefined) return there;
    this.#records.set(record.recordId, record);
    const { recordId, isFirst } = record;
    for (const facts of record.deliveries) {
      const decided = { facts, recordId, isFirst };
      listOf(this.#decided, facts.webhookId).push(decided);
      listOf(this.#decidedOfEvent, `${facts.webhookId} ${facts.eventId}`).push(decided);
    }
    for (const webhookId of record.owed.keys()) this.#owe(webhookId, record);
    return record;
  }

  addOwed(recordId: RecordId, webhookId: WebhookId, generation: number): void {
    const record = this.#records.get(recordId);
    if (record === undefined || record.owed.has(webhookId)) return;
    const changed = { ...record, owed: new Map(record.owed).set(webhookId, generation) };
    this.#records.set(recordId, changed);
    this.#owe(webhookId, changed);
  }

  /** Both ends exclusive, in the order of their places. */
  readOwed(
    webhookId: WebhookId,
    after: LinePlace | undefined,
    before: LinePlace,
    countMax: number,
  ): readonly FoundOwed[] {
    return listOf(this.#owed, webhookId)
      .filter(({ place }) => isBetween(after, place, before))
      .slice(0, countMax)
      .map(({ recordId, eventId, type, contactId, place, owed }) => ({
        recordId,
        eventId,
        type,
        contactId,
        place,
        generation: owed.get(webhookId) ?? 0,
        statuses: this.#statusesOf(webhookId, eventId),
      }));
  }

  decidedFor(webhookId: WebhookId): readonly DecidedDelivery[] {
    return listOf(this.#decided, webhookId);
  }

  /** The index keeps the order of the line. */
  #owe(webhookId: WebhookId, record: LoggedRecord): void {
    const owed = listOf(this.#owed, webhookId);
    const index = owed.findLastIndex(({ place }) => comparePlaces(place, record.place) < 0);
    owed.splice(index + 1, 0, record);
  }

  /** Of all deliveries of the event to the webhook, as far as the delivery log has them. */
  #statusesOf(webhookId: WebhookId, eventId: EventId): readonly DeliveryStatus[] {
    return listOf(this.#decidedOfEvent, `${webhookId} ${eventId}`).flatMap(
      ({ facts }) => this.#deliveryLog.statusOf(facts.deliveryId) ?? [],
    );
  }
}

const isBetween = (after: LinePlace | undefined, place: LinePlace, before: LinePlace): boolean =>
  comparePlaces(place, before) < 0 && (after === undefined || comparePlaces(place, after) > 0);

function listOf<K, V>(lists: Map<K, V[]>, key: K): V[] {
  let list = lists.get(key);
  if (list === undefined) lists.set(key, (list = []));
  return list;
}
