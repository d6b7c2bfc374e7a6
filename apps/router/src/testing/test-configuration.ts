import { encodeEvent, type EventMeta, type OutgoingRecord } from "@hooklane/contracts";
import { asEventId, asRecordId, asWorkspaceId, toEventJson } from "@hooklane/core";
import { ENDPOINTS, type Store, WEBHOOKS, type WebhookDocument, WORKSPACES } from "@hooklane/store";
import type { EventRouterDeps } from "../routing/event-router.js";

/** The workspace of the tests. */
export const workspaceId = asWorkspaceId("ws_1");

export type Document = { _id: string } & Record<string, unknown>;
/** Inserts a document as the API makes it. */
export const insert = (store: Store, collection: string, document: Document) =>
  store.db.collection<Document>(collection).insertOne(document);

/** An active webhook for type `routed`. */
export function webhook(id: string, change: Partial<WebhookDocument> = {}): Document {
  const at = new Date("2026-01-01T00:00:00Z");
  return {
    _id: id,
    workspaceId,
    endpointId: "ep_1",
    kind: "events",
    name: id,
    url: "https://receiver.example/",
    eventTypes: ["routed"],
    status: "active",
    version: 1,
    generation: 1,
    successStatus: "2xx",
    headers: {},
    contentType: "application/json",
    secrets: [],
    createdAt: at,
    updatedAt: at,
    ...change,
  };
}

/**
 * Webhooks `wh_a` (endpoint `ep_1`, partition 6), `wh_b` (`ep_2`, 2), `wh_c` (inactive), `wh_d` (admin only) and `wh_e` (another
 * type).
 */
export async function insertConfiguration(store: Store): Promise<void> {
  const at = new Date("2026-01-01T00:00:00Z");
  await insert(store, WORKSPACES, {
    _id: workspaceId,
    name: "One",
    contacts: [{ email: "a@example.org", language: "en" }],
    plan: "self_hosted",
    timeZone: "UTC",
    disablePolicy: "worst",
    redact: [],
    retentionDays: 3,
    eventsPartition: 1,
    version: 1,
    createdAt: at,
    updatedAt: at,
  });
  for (const [id, partition] of [["ep_1", 6] as const, ["ep_2", 2] as const]) {
    const url = `https://${id}.example/`;
    await insert(store, ENDPOINTS, { _id: id, workspaceId, url, partition, version: 1, createdAt: at });
  }
  const filtered = { eventTypes: ["routed", "unfiltered"], sources: ["admin"] as const };
  await insert(store, WEBHOOKS, webhook("wh_a"));
  await insert(
    store,
    WEBHOOKS,
    webhook("wh_b", { endpointId: "ep_2" as WebhookDocument["endpointId"], generation: 4 }),
  );
  await insert(store, WEBHOOKS, webhook("wh_c", { status: "inactive" }));
  await insert(store, WEBHOOKS, webhook("wh_d", filtered));
  await insert(store, WEBHOOKS, webhook("wh_e", { eventTypes: ["other"] }));
}

/** Not long ago: what is kept for seven days from then on is not to be deleted in the middle of a test. */
export const ACCEPTED_AT = Date.now();

/** The record of an event in line, of type `routed`. */
export function eventRecord(
  topic: string,
  id: string,
  change: Partial<EventMeta> = {},
  partition = 1,
): OutgoingRecord {
  const eventId = asEventId(id);
  const { type = "routed", source = "api" } = change;
  const timestamp = "2026-01-15T11:00:00+01:00";
  const meta = {
    workspaceId,
    recordId: asRecordId(id),
    eventId,
    type,
    source,
    acceptedAt: ACCEPTED_AT,
    ...change,
  };
  const body = Buffer.from(toEventJson({ id: eventId, type, timestamp, source, data: { id } }));
  return encodeEvent(topic, partition, meta, body);
}

/** The log of a test is one and the same. */
export const sameLog: EventRouterDeps["epochs"] = {
  epochOf: () => Promise.resolve(0),
  noteRouted: () => undefined,
};
