import type { DeliveryAnswer } from "@hooklane/contracts";
import type { DeliveryId, WebhookId, WorkspaceId } from "@hooklane/core";
import {
  type DecidedDelivery,
  type DeliveryLog,
  type EventFilter,
  type EventPlace,
  type EventReader,
  type ListedEvent,
  resentDeliveryOf,
} from "@hooklane/store";
import { toDeliveryAnswer, toPendingAnswer } from "./delivery-answer.js";

/** Events looked at for one page at most; a page may be short and still have a next one. */
const EVENTS_MAX = 2_000;
const EVENTS_A_READ = 200;
const EVENTS_A_READ_MIN = 20;

/** An event may have gone to a thousand webhooks. */
const LOOKED_UP_AT_ONCE = 200;

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

export interface FinderPage {
  readonly limit: number;
  readonly after?: DeliveryPlace | undefined;
  /** Leaves out what the page does not show, such as all that is not pending. */
  readonly isWanted: (delivery: DeliveryAnswer) => boolean;
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
      return toDeliveryAnswer(logged, resend && resentDeliveryOf(resend));
    }
    const event = await this.#events.findByDelivery(workspaceId, id);
    const decided = event?.decision.matched.find(({ deliveryId }) => deliveryId === id);
    if (!event || !decided) return undefined;
    // Between the two reads it may have been logged.
    const meanwhile = await this.#log.find(workspaceId, id);
    return meanwhile ? toDeliveryAnswer(meanwhile, resentDeliveryOf(event)) : toPendingAnswer(event, decided);
  }

  async list(workspaceId: WorkspaceId, filter: EventFilter, page: FinderPage): Promise<FoundDeliveries> {
    const data: DeliveryAnswer[] = [];
    // The event of the cursor may have more deliveries than were listed.
    const rest = page.after ? await this.#restOf(workspaceId, filter, page.after) : [];
    const fullAt = await this.#collect(workspaceId, rest, page, data);
    if (fullAt) return { data, next: fullAt };
    let after = page.after && { acceptedAt: new Date(page.after.acceptedAt), id: page.after.eventId };
    for (let seen = 0, limit = page.limit; ; limit = toNextRead(page.limit, data.length, seen)) {
      const events = await this.#events.list(workspaceId, filter, { limit, after });
      const candidates = events.data.flatMap((event) => toCandidates(event, filter.webhookId));
      const fullAt = await this.#collect(workspaceId, candidates, page, data);
      if (fullAt) return { data, next: fullAt };
      after = events.next;
      if (!after) return { data, next: undefined };
      seen += limit;
      // A short read looked at very many: what is behind it is for the next page.
      if (seen >= EVENTS_MAX || events.data.length < limit) return { data, next: toPlaceBehind(after) };
    }
  }

  /** Adds what is wanted of some candidates. @returns where the page became full, if it did */
  async #collect(
    workspaceId: WorkspaceId,
    candidates: readonly Candidate[],
    { limit, isWanted }: FinderPage,
    data: DeliveryAnswer[],
  ): Promise<DeliveryPlace | undefined> {
    for (let from = 0; from < candidates.length; from += LOOKED_UP_AT_ONCE) {
      const part = candidates.slice(from, from + LOOKED_UP_AT_ONCE);
      for (const [{ event, decided }, delivery] of await this.#lookUp(workspaceId, part)) {
        if (isWanted(delivery)) data.push(delivery);
        if (data.length === limit) return toPlace(event, decided.ordinal);
      }
    }
    return undefined;
  }

  async #restOf(
    workspaceId: WorkspaceId,
    filter: EventFilter,
    place: DeliveryPlace,
  ): Promise<readonly Candidate[]> {
    const at = new Date(place.acceptedAt);
    const { data } = await this.#events.list(
      workspaceId,
      { ...filter, from: at, to: new Date(place.acceptedAt + 1) },
      { limit: 1, after: { acceptedAt: at, id: `${place.eventId}\u0000` } },
    );
    const [event] = data;
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
          ? toDeliveryAnswer(delivery, resentDeliveryOf(candidate.event))
          : toPendingAnswer(candidate.event, candidate.decided),
      ] as const;
    });
  }
}

/** Behind all deliveries of an event. */
const toPlaceBehind = ({ acceptedAt, id }: EventPlace): DeliveryPlace => ({
  acceptedAt: acceptedAt.getTime(),
  eventId: id,
  ordinal: Number.MAX_SAFE_INTEGER,
});

const toPlace = (event: ListedEvent, ordinal: number): DeliveryPlace => ({
  acceptedAt: event.acceptedAt.getTime(),
  eventId: event._id,
  ordinal,
});

const toCandidates = (event: ListedEvent, webhookId: WebhookId | undefined): readonly Candidate[] =>
  event.decision.matched
    .filter((decided) => webhookId === undefined || decided.webhookId === webhookId)
    .map((decided) => ({ event, decided }));

/** As many events as the rest of a page probably takes, by what those before gave. */
function toNextRead(wanted: number, found: number, seen: number): number {
  const expected = found === 0 ? EVENTS_A_READ : Math.ceil(((wanted - found) * seen) / found);
  return Math.min(Math.max(expected, EVENTS_A_READ_MIN), EVENTS_A_READ);
}
