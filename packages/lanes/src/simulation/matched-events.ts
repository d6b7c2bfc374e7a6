import { comparePlaces, type EventId, type LinePlace, type WebhookId } from "@hooklane/core";
import type { Entry } from "./line-oracle.js";

/** An event that a webhook asks for. */
export interface MatchedEvent {
  readonly eventId: EventId;
  readonly place: LinePlace;
  /** Of the webhook, when it was decided. */
  readonly generation: number;
}

/** What each webhook asks for, in the order of the line, and what became of it. For oracles. */
export class MatchedEvents {
  readonly #matched = new Map<WebhookId, MatchedEvent[]>();
  readonly #places = new Map<EventId, LinePlace>();
  readonly #entries = new Map<string, Entry[]>();
  /** Of each webhook, everything before this has its end. */
  readonly #finishedTo = new Map<WebhookId, number>();

  add(webhookId: WebhookId, event: MatchedEvent): void {
    const matched = this.of(webhookId);
    let index = matched.length;
    for (let before = matched[index - 1]; before !== undefined; before = matched[--index - 1])
      if (comparePlaces(before.place, event.place) < 0) break;
    matched.splice(index, 0, event);
    this.#places.set(event.eventId, event.place);
  }

  of(webhookId: WebhookId): MatchedEvent[] {
    let matched = this.#matched.get(webhookId);
    if (matched === undefined) this.#matched.set(webhookId, (matched = []));
    return matched;
  }

  placeOf(eventId: EventId): LinePlace | undefined {
    return this.#places.get(eventId);
  }

  onEntered(entry: Entry): void {
    const key = `${entry.facts.webhookId} ${entry.facts.eventId}`;
    this.#entries.set(key, [...(this.#entries.get(key) ?? []), entry]);
  }

  /** Its deliveries to the webhook that came into the line, by whatever they came. */
  entriesOf(webhookId: WebhookId, eventId: EventId): readonly Entry[] {
    return this.#entries.get(`${webhookId} ${eventId}`) ?? [];
  }

  /** Delivered, given up or cancelled. */
  isFinished(webhookId: WebhookId, eventId: EventId): boolean {
    return this.entriesOf(webhookId, eventId).some(({ settled, deliveredTo, isGivenUp }) => {
      return (
        deliveredTo !== undefined ||
        isGivenUp ||
        settled === "delivered" ||
        settled === "dead_letter" ||
        settled === "cancelled"
      );
    });
  }

  firstUnfinished(webhookId: WebhookId): MatchedEvent | undefined {
    const matched = this.of(webhookId);
    let index = this.#finishedTo.get(webhookId) ?? 0;
    for (let event = matched[index]; event !== undefined; event = matched[++index])
      if (!this.isFinished(webhookId, event.eventId)) break;
    this.#finishedTo.set(webhookId, index);
    return matched[index];
  }
}
