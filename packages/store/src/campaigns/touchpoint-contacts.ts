import {
  asContactId,
  type Contact,
  type ContactId,
  mergeReadPart,
  type MergedPart,
  type WebhookId,
} from "@hooklane/core";
import { type ContactDocument, CONTACTS, toContact } from "../audiences/contact.js";
import type { Store } from "../store.js";
import { type ContactBeforeDocument, TOUCHPOINT_CONTACTS_BEFORE, toContactBeforeId } from "./membership.js";
import type { TouchpointTarget } from "./touchpoint.js";

/** Whose contacts are walked. */
type Walked = Pick<TouchpointTarget, "audienceId" | "tag"> & { readonly _id: WebhookId };

/** What is read is committed, and what was kept before it was changed is read after it. */
const majority = { readConcern: { level: "majority" }, readPreference: "primary" } as const;

/** The contacts of an audience as they were when a touchpoint was due. */
export class TouchpointContacts {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  /**
   * The next contacts of the audience behind `after`, those gone or changed since the due time among them, in the order
   * of their ids. Which of them the touchpoint is for is left to the caller: some are not.
   *
   * @param limit contacts looked at, about
   */
  async read(touchpoint: Walked, after: ContactId | undefined, limit: number): Promise<MergedPart<Contact>> {
    // In this order: who changed a contact after it was read here has left how it was.
    const contacts = await this.#readContacts(touchpoint, after, limit);
    const befores = await this.#readBefores(touchpoint._id, after, limit);
    const merged = mergeReadPart<Contact>({ contacts, befores, limit });
    const unseen = merged.walked.filter(({ current, before }) => before?.contact && !current);
    const there = await this.#findContacts(unseen.map(({ id }) => id));
    return {
      ...merged,
      walked: merged.walked.map((one) => (one.current ? one : { ...one, current: there.get(one.id) })),
    };
  }

  /** Contacts as of the due time, of those it is still known of. */
  async findMany(
    touchpointId: WebhookId,
    ids: readonly ContactId[],
  ): Promise<ReadonlyMap<ContactId, Contact>> {
    const current = await this.#findContacts(ids);
    const befores = await this.#befores()
      .find({ _id: { $in: ids.map((id) => toContactBeforeId(touchpointId, id)) } }, majority)
      .toArray();
    const known = new Map(current);
    for (const { contact } of befores) {
      if (!contact) continue;
      const before = toContact(contact);
      known.set(before.id, before);
    }
    return known;
  }

  /** Nobody asks for how they were any more. Idempotent. */
  async forget(touchpointId: WebhookId): Promise<void> {
    await this.#befores().deleteMany({ _id: rangeOf(touchpointId) });
  }

  /** By index, whether there is a tag or not; who was unsubscribed since is among those kept. */
  async #readContacts({ audienceId, tag }: Walked, after: ContactId | undefined, limit: number) {
    const found = await this.#contacts()
      .find(
        {
          audienceId,
          status: "subscribed",
          ...(tag !== undefined && { tags: tag }),
          ...(after !== undefined && { _id: { $gt: after } }),
        },
        { ...majority, hint: tag === undefined ? "audience_status" : "audience_tag" },
      )
      .sort({ _id: 1 })
      .limit(limit)
      .toArray();
    return found.map((document) => ({ id: document._id, contact: toContact(document) }));
  }

  async #readBefores(touchpointId: WebhookId, after: ContactId | undefined, limit: number) {
    const found = await this.#befores()
      .find({ _id: rangeOf(touchpointId, after) }, majority)
      .sort({ _id: 1 })
      .limit(limit)
      .toArray();
    return found.map(({ _id, contact }) => ({
      id: asContactId(_id.slice(toContactBeforeId(touchpointId, "").length)),
      contact: contact && toContact(contact),
    }));
  }

  async #findContacts(ids: readonly ContactId[]): Promise<ReadonlyMap<ContactId, Contact>> {
    if (ids.length === 0) return new Map();
    const found = await this.#contacts()
      .find({ _id: { $in: [...ids] } }, majority)
      .toArray();
    return new Map(found.map((document) => [document._id, toContact(document)]));
  }

  #contacts() {
    return this.#store.db.collection<ContactDocument>(CONTACTS);
  }

  #befores() {
    return this.#store.db.collection<ContactBeforeDocument>(TOUCHPOINT_CONTACTS_BEFORE);
  }
}

/** Ids of a touchpoint's: `;` follows `:`. */
const rangeOf = (touchpointId: WebhookId, after?: ContactId) => ({
  $gt: toContactBeforeId(touchpointId, after ?? ""),
  $lt: `${touchpointId};`,
});
