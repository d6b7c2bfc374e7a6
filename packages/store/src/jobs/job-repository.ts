import type { WorkspaceId } from "@hooklane/core";
import { recordChange } from "../audit/record-change.js";
import type { CollectionIndexes } from "../collection-indexes.js";
import { type NewResendJob, type ResendJob, type ResendTally } from "../resends/resend-job.js";
import { isFreeFor, type Lease, takeLease } from "../lease.js";
import type { Store } from "../store.js";
import { runTransaction, type Session } from "../transaction.js";

export const JOBS = "jobs";

/** A document of `jobs`. */
interface JobDocument extends Omit<ResendJob, "id"> {
  readonly _id: string;
  readonly kind: "resend_many";
  /** Until it ended; so that the index of what is to be done holds nothing else. */
  readonly open?: true;
  /** Who works on it, until when by the database's clock. */
  readonly lease?: Lease;
}

const KEPT_ENDED_SECONDS = 30 * 24 * 3600;

const isOpen = { open: true } as const;

export const jobIndexes: CollectionIndexes = {
  collection: JOBS,
  indexes: [
    { name: "open", key: { workspaceId: 1, createdAt: 1, _id: 1 }, partialFilterExpression: isOpen },
    {
      name: "ended_ttl",
      key: { finishedAt: 1 },
      expireAfterSeconds: KEPT_ENDED_SECONDS,
      partialFilterExpression: { finishedAt: { $exists: true } },
    },
  ],
};

/** The right to go on with a job. */
export interface ClaimedJob {
  readonly job: ResendJob;
  /** It was this owner's before, too, and nobody's in between. */
  readonly isHeld: boolean;
}

/** What was begun and takes its time: made by the API, worked on by one health-monitor at a time. */
export class JobRepository {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  async create(job: NewResendJob): Promise<void> {
    const { id, ...made } = job;
    const document: JobDocument = {
      _id: id,
      kind: "resend_many",
      ...made,
      status: "running",
      open: true,
      resent: 0,
      skipped: { webhook_not_active: 0, event_expired: 0, repeated: 0, test: 0 },
    };
    await runTransaction(this.#store, async (session) => {
      await this.#collection().insertOne(document, { session });
      await this.#record(undefined, document, job.createdAt, session);
    });
  }

  async find(workspaceId: WorkspaceId, id: string): Promise<ResendJob | undefined> {
    const found = await this.#collection().findOne({ _id: id, workspaceId });
    return found ? toJob(found) : undefined;
  }

  /** Ends a job where it is; what was put in line stays there. @returns the job as it is now, ended either way */
  async cancel(workspaceId: WorkspaceId, id: string): Promise<ResendJob | undefined> {
    return runTransaction(this.#store, async (session) => {
      const before = await this.#collection().findOne({ _id: id, workspaceId }, { session });
      if (!before?.open) return before ? toJob(before) : undefined;
      const cancelled = await this.#collection().findOneAndUpdate(
        { _id: id },
        [{ $set: { status: "cancelled", finishedAt: "$$NOW" } }, { $unset: "open" }],
        { session, returnDocument: "after" },
      );
      if (!cancelled) return undefined;
      await this.#record(before, cancelled, cancelled.finishedAt ?? cancelled.createdAt, session);
      return toJob(cancelled);
    });
  }

  /** The oldest open job of each workspace: a workspace's jobs are worked on one after the other. */
  async listNext(): Promise<readonly string[]> {
    const found = await this.#collection()
      .aggregate<{ readonly job: string }>(
        [
          { $match: isOpen },
          { $sort: { workspaceId: 1, createdAt: 1, _id: 1 } },
          { $group: { _id: "$workspaceId", job: { $first: "$_id" } } },
        ],
        { hint: "open" },
      )
      .toArray();
    return found.map(({ job }) => job);
  }

  /** Takes the job up, or goes on with it. @returns undefined when another process has it, or it ended */
  async claim(id: string, owner: string, leaseMs: number): Promise<ClaimedJob | undefined> {
    const before = await this.#collection().findOneAndUpdate(
      {
        _id: id,
        ...isOpen,
        ...isFreeFor(owner),
      },
      takeLease(owner, leaseMs),
      { returnDocument: "before" },
    );
    return before ? { job: toJob(before), isHeld: before.lease?.owner === owner } : undefined;
  }

  /**
   * Adds what was done. A job cancelled meanwhile counts it, too.
   *
   * @param upTo everything accepted up to then is done; undefined: not yet all of one moment
   */
  async advance(id: string, owner: string, tally: ResendTally, upTo?: Date): Promise<void> {
    const { webhook_not_active, event_expired, repeated, test } = tally.skipped;
    await this.#collection().updateOne(
      { _id: id, "lease.owner": owner },
      {
        $inc: {
          resent: tally.resent,
          "skipped.webhook_not_active": webhook_not_active,
          "skipped.event_expired": event_expired,
          "skipped.repeated": repeated,
          "skipped.test": test,
        },
        ...(upTo && { $set: { cursor: upTo } }),
      },
    );
  }

  /** @returns whether it was this owner's to end */
  async complete(id: string, owner: string): Promise<boolean> {
    const { modifiedCount } = await this.#collection().updateOne(
      { _id: id, ...isOpen, "lease.owner": owner },
      [{ $set: { status: "completed", finishedAt: "$$NOW" } }, { $unset: "open" }],
    );
    return modifiedCount === 1;
  }

  /** How far it is changes all the time and is no change by anybody. */
  async #record(
    before: JobDocument | undefined,
    after: JobDocument,
    at: Date,
    session: Session,
  ): Promise<void> {
    await recordChange(
      this.#store,
      {
        owner: after.workspaceId,
        object: { kind: "job", id: after._id },
        ...(before && { before: withoutWork(before) }),
        after: withoutWork(after),
        at,
      },
      session,
    );
  }

  #collection() {
    return this.#store.db.collection<JobDocument>(JOBS);
  }
}

const withoutWork = ({ lease: _, open: __, ...job }: JobDocument) => job;

function toJob({ _id, kind: _, open: __, lease: ___, ...job }: JobDocument): ResendJob {
  return { id: _id, ...job };
}
