import type { AudienceId, EventSource, WorkspaceId } from "@hooklane/core";
import { recordChange } from "../audit/record-change.js";
import type { Page } from "../page.js";
import type { Store } from "../store.js";
import { isDuplicateKey } from "../store-error.js";
import { runTransaction, type Session } from "../transaction.js";
import { hasOpenTouchpoint } from "./audience-use.js";
import { type TagDocument, tagParser, TAGS, toTagId } from "./tag.js";

const isThere = { deletedAt: { $exists: false } };

/** Tags of audiences, by their names. One that is being deleted keeps its name taken and is not found. */
export class TagRepository {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  /** @returns false when the audience has one of that name, or had until just now */
  async insert(tag: Omit<TagDocument, "_id">): Promise<boolean> {
    const document = { _id: toTagId(tag.audienceId, tag.name), ...tag };
    try {
      await runTransaction(this.#store, async (session) => {
        await this.#tags().insertOne(document, { session });
        await this.#record(tag.workspaceId, { after: document }, tag.createdAt, session);
      });
      return true;
    } catch (error) {
      if (isDuplicateKey(error)) return false;
      throw error;
    }
  }

  async find(audienceId: AudienceId, name: string, session?: Session): Promise<TagDocument | undefined> {
    const found = await this.#tags().findOne(
      { _id: toTagId(audienceId, name), ...isThere },
      session && { session },
    );
    return found ? tagParser.parse(found) : undefined;
  }

  /** By name, from after `after`. */
  async list(audienceId: AudienceId, page: Page): Promise<readonly TagDocument[]> {
    const found = await this.#tags()
      .find({ audienceId, ...isThere, ...(page.after !== undefined && { name: { $gt: page.after } }) })
      .sort({ name: 1 })
      .limit(page.limit)
      .toArray();
    return found.map((document) => tagParser.parse(document));
  }

  /**
   * From now on no contact gets it; those that have it lose it one after the other ({@link listBeingDeleted}).
   *
   * @param by the source of the events that tell of it
   * @returns `used`: it stays, as a touchpoint that is scheduled or running is for it
   */
  async delete(
    audienceId: AudienceId,
    name: string,
    by: EventSource,
    at: Date,
  ): Promise<"deleted" | "not_found" | "used"> {
    return runTransaction(this.#store, async (session) => {
      const before = await this.find(audienceId, name, session);
      if (!before) return "not_found";
      if (await hasOpenTouchpoint(this.#store, audienceId, { tag: name }, session)) return "used";
      await this.#tags().updateOne(
        { _id: before._id },
        { $set: { deletedAt: at, deletedBy: by } },
        { session },
      );
      await this.#record(before.workspaceId, { before }, at, session);
      return "deleted";
    });
  }

  /** Those that contacts may still have, the first deleted first. */
  async listBeingDeleted(limit: number): Promise<readonly TagDocument[]> {
    const found = await this.#tags()
      .find({ deletedAt: { $exists: true } })
      .sort({ deletedAt: 1 })
      .limit(limit)
      .toArray();
    return found.map((document) => tagParser.parse(document));
  }

  /** No contact has it any more, and its name is free. */
  async remove(id: string): Promise<void> {
    await this.#tags().deleteOne({ _id: id, deletedAt: { $exists: true } });
  }

  /** Of an audience that is gone. */
  async removeOfGone(audienceId: AudienceId): Promise<void> {
    await this.#tags().deleteMany({ audienceId });
  }

  async #record(
    owner: WorkspaceId,
    change: { readonly before?: TagDocument; readonly after?: TagDocument },
    at: Date,
    session: Session,
  ): Promise<void> {
    const id = (change.after ?? change.before)?._id ?? "";
    await recordChange(this.#store, { owner, object: { kind: "tag", id }, ...change, at }, session);
  }

  #tags() {
    return this.#store.db.collection<TagDocument>(TAGS);
  }
}
