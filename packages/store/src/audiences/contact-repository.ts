import {
  type AudienceId,
  type Contact,
  type ContactId,
  type ContactStatus,
  toEmailKey,
  type WorkspaceId,
} from "@hooklane/core";
import type { Page } from "../page.js";
import type { Store } from "../store.js";
import type { Session } from "../transaction.js";
import { type ContactDocument, CONTACTS, toContact } from "./contact.js";

/** Contacts of an audience, in the order of their ids; what is absent does not matter. */
export interface ContactPage extends Page<ContactId> {
  readonly tag?: string | undefined;
  readonly status?: ContactStatus | undefined;
}

/** Contacts are read here, and written by `ContactWriter` alone. */
export class ContactRepository {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  async find(audienceId: AudienceId, id: ContactId, session?: Session): Promise<Contact | undefined> {
    const found = await this.#contacts().findOne({ _id: id, audienceId }, session && { session });
    return found ? toContact(found) : undefined;
  }

  /** Whichever of the workspace's audiences it is in. */
  async findInWorkspace(workspaceId: WorkspaceId, id: ContactId): Promise<Contact | undefined> {
    const found = await this.#contacts().findOne({ _id: id, workspaceId });
    return found ? toContact(found) : undefined;
  }

  /** Which of these are not there any more. A deletion that this does not see is noted for the dispatchers. */
  async listDeleted(ids: readonly ContactId[]): Promise<ReadonlySet<ContactId>> {
    if (ids.length === 0) return new Set();
    const found = await this.#contacts()
      .find(
        { _id: { $in: [...ids] } },
        { projection: { _id: 1 }, readConcern: { level: "majority" }, readPreference: "primary" },
      )
      .toArray();
    const there = new Set(found.map(({ _id }) => _id));
    return new Set(ids.filter((id) => !there.has(id)));
  }

  /** However the address is spelled. */
  async findByEmail(audienceId: AudienceId, email: string): Promise<Contact | undefined> {
    const found = await this.#contacts().findOne({ audienceId, emailKey: toEmailKey(email) });
    return found ? toContact(found) : undefined;
  }

  /** Read by index, whatever is asked for; with both a tag and a status, those of the tag are looked through. */
  async page(audienceId: AudienceId, page: ContactPage): Promise<readonly Contact[]> {
    const found = await this.#query(audienceId, page).limit(page.limit).toArray();
    return found.map(toContact);
  }

  /** Takes contacts away that nobody has to hear of, as their audience is gone. @returns how many; 0: all are gone */
  async removeOfGone(audienceId: AudienceId, limit: number): Promise<number> {
    const found = await this.#contacts()
      .find({ audienceId }, { projection: { _id: 1 } })
      .limit(limit)
      .toArray();
    if (found.length === 0) return 0;
    const { deletedCount } = await this.#contacts().deleteMany({ _id: { $in: found.map(({ _id }) => _id) } });
    return deletedCount;
  }

  #query(audienceId: AudienceId, { after, tag, status }: ContactPage) {
    return this.#contacts()
      .find({
        audienceId,
        ...(tag !== undefined && { tags: tag }),
        ...(status !== undefined && { status }),
        ...(after !== undefined && { _id: { $gt: after } }),
      })
      .hint(tag !== undefined ? "audience_tag" : status !== undefined ? "audience_status" : "audience")
      .sort({ _id: 1 });
  }

  #contacts() {
    return this.#store.db.collection<ContactDocument>(CONTACTS);
  }
}
