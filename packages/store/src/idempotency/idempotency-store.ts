import { createHash } from "node:crypto";
import type { CollectionIndexes } from "../collection-indexes.js";
import type { Store } from "../store.js";
import { isDuplicateKey } from "../store-error.js";
import { runCancellable } from "../transaction.js";

const COLLECTION = "idempotencyKeys";

/** How long an answer is kept (api.md §2). */
const KEPT_SECONDS = 24 * 3600;

/**
 * A call that died without an answer holds its key no longer than this. Longer than a transaction may take; a call that
 * takes longer all the same is not made twice, as its transaction finds that the key is another's.
 */
const ABANDONED_AFTER_MS = 15_000;

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

/** A key that was claimed, by whom and under which claim. */
export interface ClaimedKey {
  readonly owner: string;
  readonly key: string;
  readonly claim: string;
}

/** What a call came to. */
export interface CallOutcome<Result> {
  readonly result: Result;
  /** To answer repeats with. Undefined: it was refused; nothing it did is stored, and nothing is kept. */
  readonly answer: StoredAnswer | undefined;
}

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
      _id: toId(owner, key),
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
    // Another call may take it over first, and the one before may have been answered after all.
    const taken = await this.#collection().replaceOne(
      { _id: made._id, claim: held.claim, answer: { $exists: false } },
      made,
    );
    return taken.modifiedCount === 1 ? { kind: "claimed", claim } : { kind: "in_progress" };
  }

  /**
   * Makes a call and keeps its answer for those who ask again, in one transaction: whoever dies, and when, there is both
   * what the call changed and its answer, or neither.
   *
   * @param call everything it changes, it changes by `runTransaction`. Runs again when the transaction does: no effects
   *   outside of the database
   * @returns undefined when the claim was taken for abandoned and is another call's by now: that one counts, nothing of
   *   this one is stored
   */
  async answerOnce<Result>(
    { owner, key, claim }: ClaimedKey,
    call: () => Promise<CallOutcome<Result>>,
  ): Promise<Result | undefined> {
    const { result } = await runCancellable<Result | undefined>(this.#store, async (session) => {
      const { result, answer } = await call();
      if (!answer) return { result, isStored: false };
      const kept = await this.#collection().updateOne(
        { _id: toId(owner, key), claim },
        { $set: { answer } },
        { session },
      );
      return kept.matchedCount === 1 ? { result, isStored: true } : { result: undefined, isStored: false };
    });
    return result;
  }

  /** Lets the key be used again: the call had no effect. */
  async release({ owner, key, claim }: ClaimedKey): Promise<void> {
    await this.#collection().deleteOne({
      _id: toId(owner, key),
      claim,
      answer: { $exists: false },
    });
  }

  #collection() {
    return this.#store.db.collection<IdempotencyDocument>(COLLECTION);
  }
}

const toId = (owner: string, key: string): string => sha256(`${owner}\n${key}`);

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");
