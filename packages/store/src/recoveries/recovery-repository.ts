import type { LinePlace, RecordId, WorkspaceId } from "@hooklane/core";
import type { JobStatus } from "../resends/resend-job.js";
import { isDuplicateKey } from "../store-error.js";
import { isFreeFor, takeLease } from "../lease.js";
import type { Store } from "../store.js";
import type { Session } from "../transaction.js";
import {
  type CollectCursor,
  type DecidedRecoveryEnd,
  RECOVERIES,
  type Recovery,
  type RecoveryDocument,
  RECOVERY_ENDS,
  type RecoveryEndDocument,
  toRecovery,
} from "./recovery.js";

/** How far somebody is who works on a recovery. */
export interface RecoveryAdvance {
  readonly isCollected?: boolean;
  readonly collectedUpTo?: CollectCursor;
  readonly waitingFor?: number;
  /** null: to be sent from the first on. */
  readonly sentThrough?: LinePlace | null;
  /** null: the last that was put in line began with the first. */
  readonly sentBefore?: LinePlace | null;
  readonly routedThrough?: LinePlace;
  /** null: the router has come to it, or it is lost. */
  readonly unrouted?: RecordId | null;
  /** Events put in line since the last note. */
  readonly sent?: number;
}

const isOpen = { open: true } as const;

const majority = { readConcern: { level: "majority" }, readPreference: "primary" } as const;

/**
 * Recoveries of webhooks (docs/adr/0019): made with the change that lets a webhook recover, carried out by one
 * health-monitor at a time, their places in line and their ends noted by the router.
 */
export class RecoveryRepository {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  /** As a part of the transaction that makes the webhook `recovering`. */
  async create(recovery: RecoveryDocument, session: Session): Promise<void> {
    await this.#collection().insertOne(recovery, { session });
  }

  async find(workspaceId: WorkspaceId, id: string): Promise<Recovery | undefined> {
    const found = await this.#collection().findOne({ _id: id, workspaceId });
    return found ? toRecovery(found) : undefined;
  }

  /** Those to be worked on, oldest first. */
  async listOpen(): Promise<readonly string[]> {
    const found = await this.#collection()
      .find(isOpen)
      .sort({ createdAt: 1 })
      .project<Pick<RecoveryDocument, "_id">>({ _id: 1 })
      .toArray();
    return found.map(({ _id }) => _id);
  }

  /** Takes it up, or goes on with it. @returns undefined when another process has it, or it ended */
  async claim(id: string, owner: string, leaseMs: number): Promise<Recovery | undefined> {
    const claimed = await this.#collection().findOneAndUpdate(
      {
        _id: id,
        ...isOpen,
        ...isFreeFor(owner),
      },
      takeLease(owner, leaseMs),
      { returnDocument: "after" },
    );
    return claimed ? toRecovery(claimed) : undefined;
  }

  /** Notes how far its owner is. @returns false when it has another owner by now */
  async advance(id: string, owner: string, { sent = 0, ...advance }: RecoveryAdvance): Promise<boolean> {
    const fields = Object.entries(advance);
    const { matchedCount } = await this.#collection().updateOne(
      { _id: id, "lease.owner": owner },
      {
        $set: Object.fromEntries(fields.filter(([, value]) => value !== null)),
        $unset: Object.fromEntries(fields.filter(([, value]) => value === null).map(([name]) => [name, ""])),
        $inc: { sent },
      },
    );
    return matchedCount === 1;
  }

  /** Before its n-th end is put in line. Idempotent. */
  async noteEnding(id: string, owner: string, number: number): Promise<void> {
    await this.#collection().updateOne(
      { _id: id, "lease.owner": owner, ends: number - 1 },
      { $set: { ends: number }, $unset: { lastEnd: "" } },
    );
  }

  /** @returns whether it was still open */
  async finish(id: string, status: Exclude<JobStatus, "running">): Promise<boolean> {
    const { modifiedCount } = await this.#collection().updateOne({ _id: id, ...isOpen }, [
      { $set: { status, finishedAt: "$$NOW" } },
      { $unset: ["open", "lease"] },
    ]);
    return modifiedCount === 1;
  }

  /** The router passed its begin: the first place it saw it at stays. Idempotent. */
  async noteBegun(id: string, { epoch, offset }: LinePlace): Promise<void> {
    await this.#collection().updateOne(
      { _id: id, begunAt: { $exists: false } },
      { $set: { begunAt: { epoch, offset } } },
    );
  }

  /** What was decided at a record that ends a recovery. */
  async findEnd(recordId: RecordId): Promise<DecidedRecoveryEnd | undefined> {
    return (await this.#ends().findOne({ _id: recordId }, majority)) ?? undefined;
  }

  /** Stores the decision unless there is one. @returns the one that counts */
  async storeEnd(recordId: RecordId, decided: DecidedRecoveryEnd, at: Date): Promise<DecidedRecoveryEnd> {
    try {
      await this.#ends().insertOne({ _id: recordId, ...decided, decidedAt: at });
      return decided;
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
    }
    const stored = await this.findEnd(recordId);
    if (!stored) throw new Error(`The decision of ${recordId} exists and cannot be read yet`);
    return stored;
  }

  /** Tells who carries it out what became of its n-th end: all of the line before it is stored. Idempotent. */
  async noteEnd(
    id: string,
    number: number,
    { kind, position: { epoch, offset }, entering }: DecidedRecoveryEnd,
  ): Promise<void> {
    await this.#collection().updateOne(
      { _id: id, ends: { $lte: number }, lastEnd: { $exists: false } },
      {
        $set: { ends: number, lastEnd: kind, routedThrough: { epoch, offset } },
        $inc: { sent: entering.length },
      },
    );
  }

  #collection() {
    return this.#store.db.collection<RecoveryDocument>(RECOVERIES);
  }

  #ends() {
    return this.#store.db.collection<RecoveryEndDocument>(RECOVERY_ENDS);
  }
}
