import { isFreeFor, type Lease, takeLease } from "../lease.js";
import { isDuplicateKey } from "../store-error.js";
import type { Store } from "../store.js";
import type { Migration, MigrationCursor } from "./migration.js";

const MIGRATIONS_COLLECTION = "migrations";

/** Of the one document that is no migration: who may run them. */
const RUNNER = "runner";

/** What the collection `migrations` holds of one. */
export interface MigrationDocument {
  readonly _id: string;
  readonly release: string;
  readonly oldestRelease: string;
  /** Whose run it is: a former owner's progress is not taken. */
  readonly owner: string;
  /** Documents gone through of those there were. */
  readonly done: number;
  readonly total: number;
  readonly cursor?: MigrationCursor;
  /** The database's clock. */
  readonly startedAt: Date;
  /** Absent: it has not come to its end. */
  readonly finishedAt?: Date;
  /** From the first start to the end, pauses between runs too. */
  readonly durationMs?: number;
}

interface RunnerDocument {
  readonly _id: typeof RUNNER;
  readonly lease?: Lease;
}

/** Somebody else runs the migrations by now. */
export class MigrationLeaseLostError extends Error {
  override readonly name = "MigrationLeaseLostError";
}

/** What was done to this database, and who may go on. All times are the database's. */
export class MigrationLog {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  /** Those that were begun, in their order. */
  async list(): Promise<readonly MigrationDocument[]> {
    return this.#collection()
      .find({ _id: { $ne: RUNNER } })
      .sort({ _id: 1 })
      .toArray();
  }

  /** Takes the right to run migrations, or keeps it. @returns false while another has it */
  async claim(owner: string, leaseMs: number): Promise<boolean> {
    const { matchedCount } = await this.#runner().updateOne(
      { _id: RUNNER, ...isFreeFor(owner) },
      takeLease(owner, leaseMs),
    );
    return matchedCount === 1 || ((await this.#isFirst()) && this.claim(owner, leaseMs));
  }

  /** Nobody ever had the right in this database. */
  async #isFirst(): Promise<boolean> {
    try {
      await this.#runner().insertOne({ _id: RUNNER });
      return true;
    } catch (error) {
      if (isDuplicateKey(error)) return false;
      throw error;
    }
  }

  async release(owner: string): Promise<void> {
    await this.#runner().updateOne({ _id: RUNNER, "lease.owner": owner }, { $unset: { lease: "" } });
  }

  /** Takes a migration up: begins it, or goes on where it was left. Only for who has the right. */
  async takeUp(
    { id, release, oldestRelease }: Migration,
    owner: string,
    total: number,
  ): Promise<MigrationDocument> {
    const found = await this.#collection().findOneAndUpdate(
      { _id: id },
      [
        {
          $set: {
            release,
            oldestRelease,
            owner: { $literal: owner },
            total: { $ifNull: ["$total", total] },
            done: { $ifNull: ["$done", 0] },
            startedAt: { $ifNull: ["$startedAt", "$$NOW"] },
          },
        },
      ],
      { upsert: true, returnDocument: "after" },
    );
    if (!found) throw new Error(`Migration ${id} could not be begun`);
    return found;
  }

  /**
   * Notes a step. Without a cursor the migration is finished.
   *
   * @throws MigrationLeaseLostError when another has taken it up meanwhile
   */
  async advance(
    { _id, owner }: Pick<MigrationDocument, "_id" | "owner">,
    done: number,
    cursor: MigrationCursor | undefined,
  ): Promise<void> {
    const end = {
      finishedAt: "$$NOW",
      durationMs: { $dateDiff: { startDate: "$startedAt", endDate: "$$NOW", unit: "millisecond" } },
    };
    const { matchedCount } = await this.#collection().updateOne(
      { _id, owner, finishedAt: { $exists: false } },
      [
        {
          $set: {
            done: { $add: ["$done", done] },
            ...(cursor === undefined ? end : { cursor: { $literal: cursor } }),
          },
        },
        ...(cursor === undefined ? [{ $unset: "cursor" }] : []),
      ],
    );
    if (matchedCount === 0)
      throw new MigrationLeaseLostError(`Migration ${_id} is gone on with by another process`);
  }

  #collection() {
    return this.#store.db.collection<MigrationDocument>(MIGRATIONS_COLLECTION);
  }

  #runner() {
    return this.#store.db.collection<RunnerDocument>(MIGRATIONS_COLLECTION);
  }
}
