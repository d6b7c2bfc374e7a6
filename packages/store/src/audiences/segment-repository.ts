import type { AudienceId, SegmentId } from "@hooklane/core";
import { recordChange } from "../audit/record-change.js";
import type { Page } from "../page.js";
import type { Store } from "../store.js";
import { runTransaction, type Session } from "../transaction.js";
import { writeChanges } from "../write-changes.js";
import { hasOpenTouchpoint } from "./audience-use.js";
import { type SegmentDocument, segmentParser, SEGMENTS } from "./segment.js";

export type SegmentChange =
  | { readonly kind: "changed"; readonly segment: SegmentDocument }
  | { readonly kind: "not_found" }
  | { readonly kind: "moved"; readonly segment: SegmentDocument };

export type SegmentDeletion =
  | Exclude<SegmentChange, { kind: "changed" }>
  | { readonly kind: "deleted" }
  /** It stays: a touchpoint that is scheduled or running is for it. */
  | { readonly kind: "used" };

/** Segments of audiences. */
export class SegmentRepository {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  async insert(segment: SegmentDocument): Promise<void> {
    await runTransaction(this.#store, async (session) => {
      await this.#segments().insertOne(segment, { session });
      await recordChange(
        this.#store,
        { ...toAudited(segment), after: segment, at: segment.createdAt },
        session,
      );
    });
  }

  /** Another audience's is not found. */
  async find(audienceId: AudienceId, id: SegmentId, session?: Session): Promise<SegmentDocument | undefined> {
    const found = await this.#segments().findOne({ _id: id, audienceId }, session && { session });
    return found ? segmentParser.parse(found) : undefined;
  }

  /** Oldest first, from after `after`. */
  async list(audienceId: AudienceId, page: Page<SegmentId>): Promise<readonly SegmentDocument[]> {
    const found = await this.#segments()
      .find({ audienceId, ...(page.after !== undefined && { _id: { $gt: page.after } }) })
      .sort({ _id: 1 })
      .limit(page.limit)
      .toArray();
    return found.map((document) => segmentParser.parse(document));
  }

  /** @param edit runs again when the transaction does: no effects outside */
  async change(
    audienceId: AudienceId,
    id: SegmentId,
    expectedVersion: number | undefined,
    edit: (current: SegmentDocument) => SegmentDocument,
    at: Date,
  ): Promise<SegmentChange> {
    return runTransaction(this.#store, async (session): Promise<SegmentChange> => {
      const current = await this.find(audienceId, id, session);
      if (!current) return { kind: "not_found" };
      if (expectedVersion !== undefined && current.version !== expectedVersion)
        return { kind: "moved", segment: current };
      const segment = { ...edit(current), version: current.version + 1, updatedAt: at };
      await writeChanges(this.#segments(), { before: current, after: segment }, session);
      await recordChange(
        this.#store,
        { ...toAudited(current), before: current, after: segment, at },
        session,
      );
      return { kind: "changed", segment };
    });
  }

  async delete(
    audienceId: AudienceId,
    id: SegmentId,
    expectedVersion: number | undefined,
    at: Date,
  ): Promise<SegmentDeletion> {
    return runTransaction(this.#store, async (session): Promise<SegmentDeletion> => {
      const current = await this.find(audienceId, id, session);
      if (!current) return { kind: "not_found" };
      if (expectedVersion !== undefined && current.version !== expectedVersion)
        return { kind: "moved", segment: current };
      if (await hasOpenTouchpoint(this.#store, audienceId, { segmentId: id }, session))
        return { kind: "used" };
      await this.#segments().deleteOne({ _id: id }, { session });
      await recordChange(this.#store, { ...toAudited(current), before: current, at }, session);
      return { kind: "deleted" };
    });
  }

  /** Of an audience that is gone. */
  async removeOfGone(audienceId: AudienceId): Promise<void> {
    await this.#segments().deleteMany({ audienceId });
  }

  #segments() {
    return this.#store.db.collection<SegmentDocument>(SEGMENTS);
  }
}

const toAudited = ({ workspaceId, _id }: SegmentDocument) =>
  ({ owner: workspaceId, object: { kind: "segment", id: _id } }) as const;
