import type { AudienceId, ContactId, WebhookId, WorkspaceId } from "@hooklane/core";
import type { mongo } from "mongoose";
import type { CollectionIndexes } from "../collection-indexes.js";
import type { Store } from "../store.js";
import { type Session, TRANSACTION_LIMIT_MS } from "../transaction.js";
import { type WebhookDocument, WEBHOOKS } from "../webhooks/webhook.js";
import { type TouchpointDocument, TOUCHPOINTS } from "./touchpoint.js";

export const TOUCHPOINT_SNAPSHOTS = "touchpointSnapshots";
export const TOUCHPOINT_CONTACTS_BEFORE = "touchpointContactsBefore";

/**
 * A document of `touchpointSnapshots`: a touchpoint that is scheduled or running, so that whoever changes a contact of
 * its audience after the due time leaves it as it was then. Made with the schedule, long before anybody may come to it:
 * a runner that was down when it was due finds the audience as of the due time all the same.
 */
export interface TouchpointSnapshotDocument {
  /** The touchpoint's, which is its webhook's. */
  readonly _id: WebhookId;
  readonly workspaceId: WorkspaceId;
  readonly audienceId: AudienceId;
  readonly dueAt: Date;
  /** Until all contacts were walked: nobody asks for how they were any more. */
  readonly open?: true;
}

/** A contact as it was before a change. */
export interface ContactBefore<Contact extends object = object> {
  readonly contactId: ContactId;
  /** Its document; undefined: there was none, it is added. */
  readonly before: Contact | undefined;
}

/** A document of `touchpointContactsBefore`: a contact as it was when a touchpoint was due. */
export interface ContactBeforeDocument {
  /** {@link toContactBeforeId}: a touchpoint's are next to each other, in the order of the contacts. */
  readonly _id: string;
  /** Absent: it was not there. */
  readonly contact?: object;
  readonly keptAt: Date;
}

/** They are deleted with the walk's end; who was in the middle of a write then leaves one that nobody reads. */
const KEPT_SECONDS = 8 * 24 * 3600;

export const touchpointSnapshotIndexes: CollectionIndexes = {
  collection: TOUCHPOINT_SNAPSHOTS,
  indexes: [{ name: "audience", key: { audienceId: 1, dueAt: 1 } }],
};

export const contactBeforeIndexes: CollectionIndexes = {
  collection: TOUCHPOINT_CONTACTS_BEFORE,
  indexes: [{ name: "kept_ttl", key: { keptAt: 1 }, expireAfterSeconds: KEPT_SECONDS }],
};

export const toContactBeforeId = (touchpointId: WebhookId, contactId: ContactId | ""): string =>
  `${touchpointId}:${contactId}`;

/**
 * To be called by everything that adds, changes or deletes contacts of an audience, within its transaction: where a
 * touchpoint is due and has not walked the audience yet, it keeps the contacts as they were. The first to change one
 * counts: that is how it was at the due time. The database's clock decides what is due. A write in progress in just
 * that moment counts either way, but for each contact as a whole.
 *
 * @param contacts each at most once, as read in this transaction
 */
export async function keepBefore(
  store: Store,
  session: Session,
  audienceId: AudienceId,
  contacts: readonly ContactBefore[],
): Promise<void> {
  if (contacts.length === 0) return;
  const due = await store.db
    .collection<TouchpointSnapshotDocument>(TOUCHPOINT_SNAPSHOTS)
    .find(
      { audienceId, open: true, $expr: { $lte: ["$dueAt", "$$NOW"] } },
      { session, projection: { _id: 1 }, hint: "audience" },
    )
    .toArray();
  if (due.length === 0) return;
  const keptAt = new Date();
  const operations = due.flatMap(({ _id: touchpointId }) =>
    contacts.map(({ contactId, before }): mongo.AnyBulkWriteOperation<ContactBeforeDocument> => ({
      updateOne: {
        filter: { _id: toContactBeforeId(touchpointId, contactId) },
        update: { $setOnInsert: { ...(before && { contact: before }), keptAt } },
        upsert: true,
      },
    })),
  );
  await store.db
    .collection<ContactBeforeDocument>(TOUCHPOINT_CONTACTS_BEFORE)
    .bulkWrite(operations, { session, ordered: true });
}

/**
 * Whether requests about contacts of an audience may be on their way, within the transaction that deletes one: then the
 * dispatchers have to be told. After a touchpoint's end resends and recoveries are, until its webhook is off.
 */
export const mayBeSentAbout = async (
  store: Store,
  session: Session,
  audienceId: AudienceId,
): Promise<boolean> =>
  (await hasRunningTouchpoint(store, session, audienceId)) ||
  (await hasResendableTouchpoint(store, session, audienceId));

/** One that is due within the time a transaction may take counts, as it may be due when this one is committed. */
async function hasRunningTouchpoint(
  store: Store,
  session: Session,
  audienceId: AudienceId,
): Promise<boolean> {
  const found = await store.db
    .collection<TouchpointSnapshotDocument>(TOUCHPOINT_SNAPSHOTS)
    .findOne(
      { audienceId, $expr: { $lte: ["$dueAt", { $add: ["$$NOW", TRANSACTION_LIMIT_MS] }] } },
      { session, projection: { _id: 1 }, hint: "audience" },
    );
  return found !== null;
}

/** One that errors have disabled can be switched on again at any time, and then recovers; one that is off stays off. */
async function hasResendableTouchpoint(
  { db }: Store,
  session: Session,
  audienceId: AudienceId,
): Promise<boolean> {
  const begun = await db
    .collection<TouchpointDocument>(TOUCHPOINTS)
    .find(
      { audienceId, run: { $exists: true } },
      { session, projection: { _id: 1 }, hint: "begun_for_audience" },
    )
    .toArray();
  if (begun.length === 0) return false;
  const found = await db.collection<WebhookDocument>(WEBHOOKS).findOne(
    {
      _id: { $in: begun.map(({ _id }) => _id) },
      status: { $ne: "inactive" },
      deletedAt: { $exists: false },
    },
    { session, projection: { _id: 1 } },
  );
  return found !== null;
}
