import type { DeliveryAnswer } from "@hooklane/contracts";
import type { DeliveryId, WebhookId, WorkspaceId } from "@hooklane/core";
import type { DecidedDelivery, DeliveryLog, EventFilter, EventReader, ListedEvent } from "@hooklane/store";
import { toDeliveryAnswer, toPendingAnswer } from "./delivery-answer.js";

/** Events looked at for one page at most; a page may be short and still have a next one. */
const EVENTS_MAX = 2_000;
const EVENTS_A_READ = 200;

/** A place in the list of deliveries by event: everything before `ordinal` of that event was listed. */
export interface DeliveryPlace {
  /** Of the event, milliseconds since 1970. */
  readonly acceptedAt: number;
  /** The event's document. */
  readonly eventId: string;
  /** Of the last delivery listed. */
  readonly ordinal: number;
}

export interface FoundDeliveries {
  /** Newest event first, an event's deliveries in the order they were decided in. */
  readonly data: readonly DeliveryAnswer[];
  readonly next: DeliveryPlace | undefined;
}

interface Candidate {
  readonly event: ListedEvent;
  readonly decided: DecidedDelivery;
}

/**
 * Finds deliveries by what was decided for events: also those that are *pending*, decided and not yet in the delivery
 * log (architecture.md §3).
 */
export class DeliveryFinder {
  readonly #events: EventReader;
  readonly #log: DeliveryLog;

  constructor(events: EventReader, log: DeliveryLog) {
    this.#events = events;
    this.#log = log;
  }

  async find(workspaceId: WorkspaceId, id: DeliveryId): Promise<DeliveryAnswer | undefined> {
    const logged = await this.#log.find(workspaceId, id);
    if (logged) {
      const resend = await this.#events.findResend(workspaceId, id);
      return toDeliveryAnswer(logged, resend?.resendOf);
    }
    const event = await this.#events.findByDelivery(workspaceId, id);
    const decided = event?.decision.matched.find(({ deliveryId }) => deliveryId === id);
    if (!event || !decided) return undefined;
    // Between the two reads it may have been logged.
    const meanwhile = await this.#log.find(workspaceId, id);
    return meanwhile ? toDeliveryAnswer(meanwhile, event.resendOf) : toPendingAnswer(event, decided);
  }

  /** @param page.isWanted leaves out what a page does not show, such as all that is not pending */
  async list(
    workspaceId: WorkspaceId,
    filter: EventFilter,
    page: {
      readonly limit: number;
      readonly after?: DeliveryPlace | undefined;
      readonly isWanted: (delivery: DeliveryAnswer) => boolean;
    },
  ): Promise<FoundDeliveries> {
    const data: DeliveryAnswer[] = [];
    let place = page.after;
    // The event of the cursor may have more deliveries than were listed.
    let candidates = place ? await this.#restOf(workspaceId, filter, place) : [];
    for (let seen = 0; ; seen += EVENTS_A_READ) {
      for (const [candidate, delivery] of await this.#lookUp(workspaceId, candidates)) {
        if (page.isWanted(delivery)) data.push(delivery);
        place = toPlace(candidate.event, candidate.decided.ordinal);
        if (data.length === page.limit) return { data, next: place };
      }
      if (seen >= EVENTS_MAX) return { data, next: place };
      const after = place && { acceptedAt: new Date(place.acceptedAt), id: place.eventId };
      const events = await this.#events.list(workspaceId, filter, { limit: EVENTS_A_READ, after });
      const last = events.at(-1);
      if (!last) return { data, next: undefined };
      place = toPlace(last, Number.MAX_SAFE_INTEGER);
      candidates = events.flatMap((event) => toCandidates(event, filter.webhookId));
    }
  }

  async #restOf(
    workspaceId: WorkspaceId,
    filter: EventFilter,
    place: DeliveryPlace,
  ): Promise<readonly Candidate[]> {
    const at = new Date(place.acceptedAt);
    const [event] = await this.#events.list(
      workspaceId,
      { ...filter, from: at, to: new Date(place.acceptedAt + 1) },
      { limit: 1, after: { acceptedAt: at, id: `${place.eventId}\u0000` } },
    );
    if (event?._id !== place.eventId) return [];
    return toCandidates(event, filter.webhookId).filter(({ decided }) => decided.ordinal > place.ordinal);
  }

  async #lookUp(
    workspaceId: WorkspaceId,
    candidates: readonly Candidate[],
  ): Promise<readonly (readonly [Candidate, DeliveryAnswer])[]> {
    const ids = candidates.map(({ decided }) => decided.deliveryId);
    const logged = await this.#log.findMany(workspaceId, ids);
    return candidates.map((candidate) => {
      const delivery = logged.get(candidate.decided.deliveryId);
      return [
        candidate,
        delivery
          ? toDeliveryAnswer(delivery, candidate.event.resendOf)
          : toPendingAnswer(candidate.event, candidate.decided),
      ] as const;
    });
  }
}

const toPlace = (event: ListedEvent, ordinal: number): DeliveryPlace => ({
  acceptedAt: event.acceptedAt.getTime(),
  eventId: event._id,
  ordinal,
});

const toCandidates = (event: ListedEvent, webhookId: WebhookId | undefined): readonly Candidate[] =>
  event.decision.matched
    .filter((decided) => webhookId === undefined || decided.webhookId === webhookId)
    .map((decided) => ({ event, decided }));
