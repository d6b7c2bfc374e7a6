import type { Logger } from "@hooklane/service";
import {
  type AudienceDocument,
  type AudienceRepository,
  type ContactRepository,
  type ContactWriter,
  retryDuplicateKey,
  runTransaction,
  type SegmentRepository,
  type Store,
  type TagDocument,
  type TagRepository,
} from "@hooklane/store";
import type { ContactEventSweeper } from "./contact-event-sweeper.js";
import type { ContactMetrics } from "./contact-metrics.js";

export interface AudienceClearingOptions {
  readonly store: Store;
  readonly audiences: Pick<AudienceRepository, "listBeingDeleted" | "remove">;
  readonly segments: Pick<SegmentRepository, "removeOfGone">;
  readonly tags: Pick<TagRepository, "listBeingDeleted" | "remove" | "removeOfGone">;
  readonly contacts: Pick<ContactRepository, "page" | "removeOfGone">;
  readonly writer: Pick<ContactWriter, "writeMany">;
  readonly events: Pick<ContactEventSweeper, "produce">;
  readonly metrics: Pick<ContactMetrics, "tagged" | "removed">;
  readonly logger: Logger;
  readonly now: () => Date;
}

/** Of each tag and audience in one sweep: what else goes through the line has its share. */
const CONTACTS_A_SWEEP = 500;
const DELETED_AT_ONCE = 20;

/**
 * Who began a write before a deletion may commit it afterwards: MongoDB ends a transaction after 60 s. What is empty so
 * long after the deletion stays so.
 */
const SETTLED_AFTER_MS = 90_000;

/** Takes away what tags and audiences leave that were deleted, step by step. Harmless if two processes do it. */
export class AudienceClearing {
  readonly #options: AudienceClearingOptions;

  constructor(options: AudienceClearingOptions) {
    this.#options = options;
  }

  /** One step of each. One that fails is tried again the next time, and does not keep the others waiting. */
  async sweep(signal: AbortSignal): Promise<void> {
    const { audiences, tags, logger } = this.#options;
    for (const audience of await audiences.listBeingDeleted(DELETED_AT_ONCE)) {
      if (signal.aborted) return;
      await this.#clearAudience(audience).catch((err: unknown) =>
        logger.error({ err, audienceId: audience._id }, "audience.clearing_failed"),
      );
    }
    for (const tag of await tags.listBeingDeleted(DELETED_AT_ONCE)) {
      if (signal.aborted) return;
      await this.#clearTag(tag, signal).catch((err: unknown) =>
        logger.error({ err, audienceId: tag.audienceId }, "tag.clearing_failed"),
      );
    }
  }

  /** Nobody can be told of its contacts any more, and nothing waits for them. */
  async #clearAudience({ _id, deletedAt }: AudienceDocument): Promise<void> {
    const { audiences, segments, tags, contacts, metrics } = this.#options;
    const removed = await contacts.removeOfGone(_id, CONTACTS_A_SWEEP);
    metrics.removed.inc(removed);
    if (removed > 0 || !this.#isSettled(deletedAt)) return;
    await segments.removeOfGone(_id);
    await tags.removeOfGone(_id);
    await audiences.remove(_id);
  }

  /** A contact that loses a tag is changed, and webhooks are told as of any other change. */
  async #clearTag(
    { _id, workspaceId, audienceId, name, deletedAt, deletedBy = "api" }: TagDocument,
    signal: AbortSignal,
  ): Promise<void> {
    const { store, tags, contacts, writer, events, metrics, now } = this.#options;
    const tagged = await contacts.page(audienceId, { tag: name, limit: CONTACTS_A_SWEEP });
    if (tagged.length === 0) {
      if (this.#isSettled(deletedAt)) await tags.remove(_id);
      return;
    }
    const writes = tagged.map(({ id }) => ({
      kind: "change" as const,
      contactId: id,
      patch: { removeTags: [name] },
    }));
    await retryDuplicateKey(() =>
      runTransaction(store, (session) =>
        writer.writeMany(session, { _id: audienceId, workspaceId }, writes, {
          source: deletedBy,
          at: now(),
        }),
      ),
    );
    metrics.tagged.inc(tagged.length);
    await events.produce(
      tagged.map(({ id }) => id),
      signal,
    );
  }

  #isSettled(deletedAt: Date | undefined): boolean {
    return deletedAt !== undefined && this.#options.now().getTime() - deletedAt.getTime() > SETTLED_AFTER_MS;
  }
}
