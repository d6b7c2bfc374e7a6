import type { TouchpointCancelReason, WebhookId, WorkspaceId } from "@hooklane/core";
import { type AudienceDocument, AUDIENCES } from "../audiences/audience.js";
import { SegmentRepository } from "../audiences/segment-repository.js";
import { TagRepository } from "../audiences/tag-repository.js";
import type { ControlPayload } from "../outbox/outbox.js";
import { isFreeFor, takeLease } from "../lease.js";
import type { Store } from "../store.js";
import { runTogether, type Session } from "../transaction.js";
import { WebhookRepository } from "../webhooks/webhook-repository.js";
import { TOUCHPOINT_SNAPSHOTS, type TouchpointSnapshotDocument } from "./membership.js";
import {
  newTouchpointRun,
  type TouchpointDocument,
  touchpointParser,
  type TouchpointRun,
  TOUCHPOINTS,
} from "./touchpoint.js";

/** A touchpoint somebody has to do something about. */
export interface DueTouchpoint {
  readonly id: WebhookId;
  readonly workspaceId: WorkspaceId;
}

/** How a run is found, and what it may be no further than. */
export type ClaimedRun = TouchpointDocument & { readonly run: TouchpointRun };

/** What an advance sets; null takes away. */
export type RunAdvance = {
  readonly [Name in Exclude<keyof TouchpointRun, "step" | "startedAt" | "conditionsJson">]?:
    TouchpointRun[Name] | null;
};

export type StartOutcome =
  | { readonly kind: "running"; readonly touchpoint: ClaimedRun }
  | {
      readonly kind: "cancelled";
      readonly reason: TouchpointCancelReason;
      readonly control: ControlPayload | undefined;
    }
  /** Somebody else has it, or it is not due any more. */
  | { readonly kind: "not_ours" };

const isOpen = { open: true } as const;
const isDue = { $expr: { $lte: ["$dueAt", "$$NOW"] } };

/** So long after its end what failed of a touchpoint can be resent: then its webhook is switched off. */
const RETIRES_AFTER_MS = 7 * 24 * 3_600_000;

/**
 * Touchpoints that are due, as who runs them sees them. One process has one, by lease; it may lose it and go on for a
 * moment: what it decided is stored before it acts, by compare-and-set on the run's step. The database's clock decides
 * what is due.
 */
export class TouchpointRuns {
  readonly #store: Store;
  readonly #webhooks: WebhookRepository;

  constructor(store: Store) {
    this.#store = store;
    this.#webhooks = new WebhookRepository(store);
  }

  /**
   * Those that are due and have not ended, the one that was looked at longest ago first.
   *
   * @param what `walking`: whose contacts were not all put in line yet; `settling`: the others
   */
  async listDue(what: "walking" | "settling", limit: number): Promise<readonly DueTouchpoint[]> {
    const found = await this.#collection()
      .find(
        { ...isOpen, ...isDue, "run.isWalked": what === "settling" ? true : { $ne: true } },
        { hint: "open" },
      )
      .sort({ "lease.until": 1, dueAt: 1 })
      .limit(limit)
      .project<Pick<TouchpointDocument, "_id" | "workspaceId">>({ workspaceId: 1 })
      .toArray();
    return found.map(({ _id: id, workspaceId }) => ({ id, workspaceId }));
  }

  async countWaiting(): Promise<number> {
    return this.#collection().countDocuments({ ...isOpen, status: "scheduled" }, { hint: "open" });
  }

  /** Takes it up, or goes on with it. @returns undefined when another process has it, it ended, or is not due */
  async claim(id: WebhookId, owner: string, leaseMs: number): Promise<TouchpointDocument | undefined> {
    const claimed = await this.#collection().findOneAndUpdate(
      {
        _id: id,
        ...isOpen,
        $and: [isDue, isFreeFor(owner)],
      },
      takeLease(owner, leaseMs),
      { returnDocument: "after" },
    );
    return claimed ? touchpointParser.parse(claimed) : undefined;
  }

  /** Lets one that is due run; or ends it, when those it was for are not there any more. */
  async start(id: WebhookId, owner: string, at: Date): Promise<StartOutcome> {
    return runTogether(this.#store, async (session): Promise<StartOutcome> => {
      const found = await this.#collection().findOne(
        { _id: id, status: "scheduled", "lease.owner": owner, ...isDue },
        { session },
      );
      if (!found) return { kind: "not_ours" };
      const touchpoint = touchpointParser.parse(found);
      const target = await this.#readTarget(touchpoint, session);
      if ("missing" in target) {
        const reason = target.missing;
        const set = { status: "cancelled", cancelReason: reason, finishedAt: at } as const;
        await this.#close(id, set, session);
        return { kind: "cancelled", reason, control: await this.#switchOff(id, at) };
      }
      const run = newTouchpointRun(at, target.conditionsJson);
      await this.#collection().updateOne({ _id: id }, { $set: { status: "running", run } }, { session });
      return { kind: "running", touchpoint: { ...touchpoint, status: "running", run } };
    });
  }

  /**
   * The audience of one that runs was deleted: nobody else enters, and what is in line is skipped.
   *
   * @returns what is to be announced
   */
  async stop(
    claimed: ClaimedRun,
    owner: string,
    to: RunAdvance,
    at: Date,
  ): Promise<ControlPayload | undefined> {
    return runTogether(this.#store, async (session) => {
      const run = advanced(claimed.run, { ...to, isWalked: true, page: null, movedAt: at });
      const { matchedCount } = await this.#collection().updateOne(
        toExpected(claimed, owner),
        { $set: { run, cancelReason: "audience_deleted" } },
        { session },
      );
      return matchedCount === 1 ? this.#switchOff(claimed._id, at) : undefined;
    });
  }

  async isAudienceThere({ audienceId, workspaceId }: TouchpointDocument): Promise<boolean> {
    const found = await this.#audiences().findOne(
      { _id: audienceId, workspaceId, deletedAt: { $exists: false } },
      { projection: { _id: 1 } },
    );
    return found !== null;
  }

  /** @returns the run as it is now; undefined when somebody else was further, or it is not ours any more */
  async advance(claimed: ClaimedRun, owner: string, to: RunAdvance): Promise<ClaimedRun | undefined> {
    const run = advanced(claimed.run, to);
    const { matchedCount } = await this.#collection().updateOne(toExpected(claimed, owner), {
      $set: { run },
    });
    return matchedCount === 1 ? { ...claimed, run } : undefined;
  }

  /** All contacts were walked: nobody has to keep how they were any more. Idempotent. */
  async closeSnapshot(id: WebhookId): Promise<void> {
    await this.#snapshots().updateOne({ _id: id }, { $unset: { open: "" } });
  }

  /** Ends a run of which all is told, with the counts it has. @returns whether it was ours to end */
  async finish(claimed: ClaimedRun, owner: string, at: Date): Promise<boolean> {
    return runTogether(this.#store, async (session) => {
      const isOurs = await this.#collection().findOne(toExpected(claimed, owner), { session });
      if (!isOurs) return false;
      const set =
        claimed.cancelReason === undefined
          ? ({
              status: "completed",
              finishedAt: at,
              retiresAt: new Date(at.getTime() + RETIRES_AFTER_MS),
            } as const)
          : ({ status: "cancelled", finishedAt: at } as const);
      await this.#close(claimed._id, set, session);
      return true;
    });
  }

  /** Switches the webhooks of those off that ended long ago. @returns what is to be announced */
  async retire(limit: number, at: Date): Promise<readonly ControlPayload[]> {
    const found = await this.#collection()
      .find({ retiresAt: { $lte: at } }, { projection: { _id: 1 } })
      .limit(limit)
      .toArray();
    const controls: ControlPayload[] = [];
    for (const { _id } of found) {
      const control = await runTogether(this.#store, async (session) => {
        await this.#collection().updateOne({ _id }, { $unset: { retiresAt: "" } }, { session });
        return this.#switchOff(_id, at);
      });
      if (control) controls.push(control);
    }
    return controls;
  }

  async #readTarget(
    { audienceId, workspaceId, segmentId, tag }: TouchpointDocument,
    session: Session,
  ): Promise<{ readonly missing: TouchpointCancelReason } | { readonly conditionsJson?: string }> {
    const audience = await this.#audiences().findOne(
      { _id: audienceId, workspaceId, deletedAt: { $exists: false } },
      { session, projection: { _id: 1 } },
    );
    if (!audience) return { missing: "audience_deleted" };
    if (segmentId !== undefined) {
      const segment = await new SegmentRepository(this.#store).find(audienceId, segmentId, session);
      return segment ? { conditionsJson: segment.conditionsJson } : { missing: "segment_deleted" };
    }
    if (tag === undefined) return {};
    return (await new TagRepository(this.#store).find(audienceId, tag, session))
      ? {}
      : { missing: "tag_deleted" };
  }

  async #close(id: WebhookId, set: Partial<TouchpointDocument>, session: Session): Promise<void> {
    await this.#collection().updateOne(
      { _id: id },
      { $set: set, $unset: { open: "", lease: "" } },
      { session },
    );
    await this.#snapshots().deleteOne({ _id: id }, { session });
  }

  /** One that was disabled stays so: its user sees why, and can have what it missed sent. */
  async #switchOff(id: WebhookId, at: Date): Promise<ControlPayload | undefined> {
    const outcome = await this.#webhooks.change(
      id,
      {},
      (webhook) =>
        webhook.status === "inactive" || webhook.status === "auto_disabled"
          ? undefined
          : { webhook: { ...webhook, status: "inactive" } },
      at,
    );
    return outcome.kind === "changed" ? outcome.control : undefined;
  }

  #audiences() {
    return this.#store.db.collection<AudienceDocument>(AUDIENCES);
  }

  #snapshots() {
    return this.#store.db.collection<TouchpointSnapshotDocument>(TOUCHPOINT_SNAPSHOTS);
  }

  #collection() {
    return this.#store.db.collection<TouchpointDocument>(TOUCHPOINTS);
  }
}

const toExpected = ({ _id, run }: ClaimedRun, owner: string) => ({
  _id,
  status: "running" as const,
  "lease.owner": owner,
  "run.step": run.step,
});

function advanced(run: TouchpointRun, to: RunAdvance): TouchpointRun {
  const fields = Object.entries({ ...run, ...to, step: run.step + 1 });
  return Object.fromEntries(fields.filter(([, value]) => value !== null)) as unknown as TouchpointRun;
}
