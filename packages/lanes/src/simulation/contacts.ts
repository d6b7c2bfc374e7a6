import { asContactId, asEventId, type ContactId, type EventId, type WorkspaceId } from "@hooklane/core";
import type { World } from "./world.js";

/** Who hears of deletions by a change stream, in order and up to a second late. */
export interface ContactSubscriber {
  onContactDeleted(contactId: ContactId, workspaceId: WorkspaceId): void;
}

/** Of so many events one is about a contact. */
const CONTACT_EVERY = 6;
const CONTACTS_EACH = 3;

/** The contacts of the workspaces, as the database has them. Who is deleted is followed by another. */
export class Contacts {
  /** Tells everybody of a deletion; set by whoever knows them. */
  publish: (tell: (subscriber: ContactSubscriber) => void) => void = () => undefined;
  readonly #world: World;
  /** How many there were at each place. */
  readonly #counts = new Map<string, number>();
  readonly #deletedAt = new Map<ContactId, number>();
  readonly #ofEvents = new Map<EventId, ContactId>();

  constructor(world: World) {
    this.#world = world;
  }

  /** Whom the n-th event of a workspace is about; nearly all are about nobody. */
  ofEvent(workspaceId: WorkspaceId, n: number): ContactId | undefined {
    if (n % CONTACT_EVERY !== 0) return undefined;
    const contactId = this.#at(workspaceId, (n / CONTACT_EVERY) % CONTACTS_EACH);
    this.#ofEvents.set(asEventId(`evt_${n}`), contactId);
    return contactId;
  }

  /** Whom an event that was sent is about, whatever its records say. */
  whomIsAbout(eventId: EventId): ContactId | undefined {
    return this.#ofEvents.get(eventId);
  }

  deleteAny(workspaceId: WorkspaceId): void {
    const place = this.#world.random.between(0, CONTACTS_EACH - 1);
    const contactId = this.#at(workspaceId, place);
    const key = `${workspaceId} ${place}`;
    this.#counts.set(key, (this.#counts.get(key) ?? 0) + 1);
    this.#deletedAt.set(contactId, this.#world.now);
    this.#world.trace("configuration", () => `${contactId} is deleted`);
    this.publish((subscriber) => subscriber.onContactDeleted(contactId, workspaceId));
  }

  deleted(): readonly ContactId[] {
    return [...this.#deletedAt.keys()];
  }

  /** Undefined: it is there. */
  deletedAt(contactId: ContactId): number | undefined {
    return this.#deletedAt.get(contactId);
  }

  #at(workspaceId: WorkspaceId, place: number): ContactId {
    const count = this.#counts.get(`${workspaceId} ${place}`) ?? 0;
    return asContactId(`ct_${workspaceId.slice(3)}${place}.${count}`);
  }
}
