import type { JourneyId, WebhookId, WorkspaceId } from "@hooklane/core";
import { recordChange } from "../audit/record-change.js";
import type { Store } from "../store.js";
import type { Session } from "../transaction.js";
import { WEBHOOKS, type WebhookDocument } from "../webhooks/webhook.js";
import { writeChanges } from "../write-changes.js";
import { type JourneyDocument, JOURNEYS } from "./journey.js";

/** What the caller believes the journey to be. */
export interface ExpectedJourney {
  /** Another workspace's journey is `not_found`. */
  readonly workspaceId: WorkspaceId;
  readonly version?: number | undefined;
}

export type JourneyMiss =
  | { readonly kind: "not_found" }
  /** The version is not the expected one. */
  | { readonly kind: "moved"; readonly journey: JourneyDocument };

/** Of those that are not deleted. */
export const NOT_DELETED = { deletedAt: { $exists: false } } as const;

export const journeysOf = ({ db }: Store) => db.collection<JourneyDocument>(JOURNEYS);

export async function findExpected(
  store: Store,
  id: JourneyId,
  { workspaceId, version }: ExpectedJourney,
  session: Session,
): Promise<{ readonly kind: "found"; readonly journey: JourneyDocument } | JourneyMiss> {
  const journey = await journeysOf(store).findOne({ _id: id, workspaceId, ...NOT_DELETED }, { session });
  if (!journey) return { kind: "not_found" };
  if (version !== undefined && journey.version !== version) return { kind: "moved", journey };
  return { kind: "found", journey };
}

/** Stores a new state with the next version, and the entry of the audit log. */
export async function replaceJourney(
  store: Store,
  before: JourneyDocument,
  wanted: JourneyDocument,
  at: Date,
  session: Session,
): Promise<JourneyDocument> {
  const journey = { ...wanted, version: before.version + 1, updatedAt: at };
  await writeChanges(journeysOf(store), { before, after: journey }, session);
  await recordJourney(store, { before, after: journey, at }, session);
  return journey;
}

/** The ids of a journey's points, oldest first. */
export async function listPointIds(
  store: Store,
  id: JourneyId,
  session: Session,
): Promise<readonly WebhookId[]> {
  const found = await store.db
    .collection<WebhookDocument>(WEBHOOKS)
    .find({ journeyId: id, ...NOT_DELETED }, { session, projection: { _id: 1 } })
    .sort({ _id: 1 })
    .toArray();
  return found.map(({ _id }) => _id);
}

export async function recordJourney(
  store: Store,
  change: { readonly before?: JourneyDocument; readonly after?: JourneyDocument; readonly at: Date },
  session: Session,
): Promise<void> {
  const known = change.after ?? change.before;
  if (!known) return;
  await recordChange(
    store,
    { owner: known.workspaceId, object: { kind: "journey", id: known._id }, ...change },
    session,
  );
}
