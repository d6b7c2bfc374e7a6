import { createHash } from "node:crypto";
import type { CollectionIndexes } from "../collection-indexes.js";
import type { Store } from "../store.js";
import { isDuplicateKey } from "../store-error.js";

const COLLECTION = "idempotencyKeys";

/** How long an answer is kept (api.md §2). */
const KEPT_SECONDS = 24 * 3600;

/** A call that died without an answer holds its key no longer than this. */
const ABANDONED_AFTER_MS = 60_000;

export interface StoredAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

interface IdempotencyDocument {
  /** SHA-256 of owner and key. */
  readonly _id: string;
  /** SHA-256 of method, path and body: the same key with another request is a conflict. */
  readonly request: string;
  /** Which call holds it: an abandoned one cannot answer any more. */
  readonly claim: string;
  readonly startedAt: Date;
  readonly answer?: StoredAnswer;
}

export type Claim =
  /** Go on, and answer under this claim. */
  | { readonly kind: "claimed"; readonly claim: string }
  /** Answered before. */
  | { readonly kind: "answered"; readonly answer: StoredAnswer }
  /** The same call is being answered right now. */
  | { readonly kind: "in_progress" }
  /** The key was used for another request. */
  | { readonly kind: "conflict" };

export const idempotencyIndexes: CollectionIndexes = {
  collection: COLLECTION,
  indexes: [{ name: "ttl", key: { startedAt: 1 }, expireAfterSeconds: KEPT_SECONDS }],
};

/** Answers of writes by `Idempotency-Key`, for 24 h. */
export class IdempotencyStore {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  /**
   * @param owner whose key it is: a workspace or the operator
   * @param request everything that makes it the same request, in one text
   * @param claim unique for this call
   */
  async claim(owner: string, key: string, request: string, claim: string, at: Date): Promise<Claim> {
    const made: IdempotencyDocument = {
      _id: sha256(`${owner}\n${key}`),
      request: sha256(request),
      claim,
      startedAt: at,
    };
    try {
      await this.#collection().insertOne(made);
      return { kind: "claimed", claim };
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
    }
    const held = await this.#collection().findOne({ _id: made._id });
    if (!held) return this.claim(owner, key, request, claim, at);
    if (held.request !== made.request) return { kind: "conflict" };
    if (held.answer) return { kind: "answered", answer: held.answer };
    if (at.getTime() - held.startedAt.getTime() < ABANDONED_AFTER_MS) return { kind: "in_progress" };
    const taken = await this.#collection().replaceOne({ _id: made._id, claim: held.claim }, made);
    return taken.modifiedCount === 1 ? { kind: "claimed", claim } : { kind: "in_progress" };
  }

  /**
   * Keeps the answer for those who ask again.
   *
   * @returns false when the claim was taken for abandoned and is another call's by now: that one's answer counts
   */
  async answer(owner: string, key: string, claim: string, answer: StoredAnswer): Promise<boolean> {
    const kept = await this.#collection().updateOne(
      { _id: sha256(`${owner}\n${key}`), claim },
      { $set: { answer } },
    );
    return kept.matchedCount === 1;
  }

  /** Lets the key be used again: the call had no effect. */
  async release(owner: string, key: string, claim: string): Promise<void> {
    await this.#collection().deleteOne({
      _id: sha256(`${owner}\n${key}`),
      claim,
      answer: { $exists: false },
    });
  }

  #collection() {
    return this.#store.db.collection<IdempotencyDocument>(COLLECTION);
  }
}

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");
