import type { WebhookId, WorkspaceId } from "@hooklane/core";
import type { CollectionIndexes } from "../collection-indexes.js";
import type { Store } from "../store.js";
import type { Session } from "../transaction.js";

const COLLECTION = "outbox";

/** What has to be produced to `events.v1` so that a webhook's change has its place in the line. */
export interface ControlPayload {
  readonly workspaceId: WorkspaceId;
  readonly webhookId: WebhookId;
  readonly version: number;
  /** Explicit partition of the workspace on `events.v1`. */
  readonly eventsPartition: number;
}

/** Something promised in a transaction and done after it: at least once, whoever crashes (architecture.md §1.5). */
export interface OutboxEntry<Payload extends object = object> {
  /** Deterministic: `ctl:<webhook>:<version>`, `disable:<webhook>:<generation>:mail`. */
  readonly _id: string;
  readonly kind: "control" | "mail" | "operational_webhook";
  readonly payload: Payload;
  readonly createdAt: Date;
  readonly doneAt?: Date;
}

/** `_id` of the entry that announces a webhook's version. */
export const toControlEntryId = (webhookId: WebhookId, version: number): string =>
  `ctl:${webhookId}:${version}`;

/** The entry that announces a webhook's version. */
export function toControlEntry(control: ControlPayload, at: Date): OutboxEntry<ControlPayload> {
  return {
    _id: toControlEntryId(control.webhookId, control.version),
    kind: "control",
    payload: control,
    createdAt: at,
  };
}

const KEPT_DONE_SECONDS = 7 * 24 * 3600;

export const outboxIndexes: CollectionIndexes = {
  collection: COLLECTION,
  indexes: [
    {
      name: "pending",
      key: { kind: 1, createdAt: 1 },
      partialFilterExpression: { pending: true },
    },
    { name: "done_ttl", key: { doneAt: 1 }, expireAfterSeconds: KEPT_DONE_SECONDS },
  ],
};

/** As stored: `pending` is there so that the index holds open entries only. */
type StoredEntry = OutboxEntry & { readonly pending?: true };

/** The promises of committed transactions. */
export class Outbox {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  /** Adds entries as a part of a transaction. An entry that exists already makes the transaction fail. */
  async add(entries: readonly OutboxEntry[], session: Session): Promise<void> {
    if (entries.length === 0) return;
    await this.#collection().insertMany(
      entries.map((entry): StoredEntry => ({ ...entry, pending: true })),
      { session },
    );
  }

  /** Open entries created before `before`, oldest first: what a sweeper takes up. */
  async listPending(kind: OutboxEntry["kind"], before: Date, limit: number): Promise<OutboxEntry[]> {
    return this.#collection()
      .find({ pending: true, kind, createdAt: { $lt: before } })
      .sort({ createdAt: 1 })
      .limit(limit)
      .project<OutboxEntry>({ pending: 0 })
      .toArray();
  }

  /** The announcement of a webhook's version while it is open. */
  async findOpenControl(webhookId: WebhookId, version: number): Promise<ControlPayload | undefined> {
    const entry = await this.#collection().findOne<OutboxEntry<ControlPayload>>({
      _id: toControlEntryId(webhookId, version),
      pending: true,
    });
    return entry?.payload;
  }

  /** The announcements of these versions that are open. */
  async listOpenControls(
    webhooks: readonly { readonly _id: WebhookId; readonly version: number }[],
  ): Promise<ControlPayload[]> {
    const entries = await this.#collection()
      .find<OutboxEntry<ControlPayload>>({
        _id: { $in: webhooks.map(({ _id, version }) => toControlEntryId(_id, version)) },
        pending: true,
      })
      .toArray();
    return entries.map(({ payload }) => payload);
  }

  /** Marks entries as done. Idempotent; they are deleted a week later. */
  async markDone(ids: readonly string[], at: Date): Promise<void> {
    if (ids.length === 0) return;
    await this.#collection().updateMany(
      { _id: { $in: [...ids] }, pending: true },
      { $set: { doneAt: at }, $unset: { pending: "" } },
    );
  }

  #collection() {
    return this.#store.db.collection<StoredEntry>(COLLECTION);
  }
}
