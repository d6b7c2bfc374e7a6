import { hash } from "node:crypto";
import { asWorkspaceId } from "@hooklane/core";
import { API_KEYS, EVENT_TYPES, type Store, toEventTypeId, WORKSPACES } from "@hooklane/store";

/** The workspace of the tests; its events go to partition 2. */
export const workspaceId = asWorkspaceId("ws_1");
export const eventsPartition = 2;

type Document = { _id: string } & Record<string, unknown>;

const AT = new Date("2026-01-01T00:00:00Z");

const insert = (store: Store, collection: string, document: Document) =>
  store.db.collection<Document>(collection).insertOne(document);

/** Inserts a key that can ingest, unless `change` says otherwise. @returns the key */
export async function insertKey(store: Store, name: string, change: object = {}): Promise<string> {
  const key = `hl_live_${name}`;
  await insert(store, API_KEYS, {
    _id: `key_${name}`,
    workspaceId,
    name,
    hash: hash("sha256", key),
    hint: key.slice(-4),
    scopes: ["ingest"],
    createdAt: AT,
    ...change,
  });
  return key;
}

/** Inserts a workspace as the API makes it. */
export async function insertWorkspace(store: Store, id: string, partition: number): Promise<void> {
  await insert(store, WORKSPACES, {
    _id: id,
    name: id,
    contacts: [{ email: "a@example.org", language: "en" }],
    plan: "self_hosted",
    timeZone: "UTC",
    disablePolicy: "worst",
    redact: [],
    retentionDays: 30,
    eventsPartition: partition,
    version: 1,
    createdAt: AT,
    updatedAt: AT,
  });
}

/** Inserts an event type; without `change` one that takes any data. */
export async function insertType(
  store: Store,
  type: string,
  change: object = {},
  owner = workspaceId,
): Promise<void> {
  await insert(store, EVENT_TYPES, {
    _id: toEventTypeId(owner, type),
    workspaceId: owner,
    type,
    schemaJson: "{}",
    schemaVersion: 1,
    labels: { en: type, fr: type },
    descriptions: { en: "", fr: "" },
    validation: "reject",
    version: 1,
    createdAt: AT,
    updatedAt: AT,
    ...change,
  });
}

/** Types `free`, `strict`, `lenient`, `unchecked` (of one schema) and `no.import`, in the workspace of the tests. */
export async function insertConfiguration(store: Store): Promise<void> {
  await insertWorkspace(store, workspaceId, eventsPartition);
  const schemaJson = JSON.stringify({
    $schema: "https://json-schema.org/draft/2020-12/schema",
    type: "object",
    required: ["contact"],
    properties: { contact: { $ref: "#/$defs/contact" }, "odd/name": { type: "string" } },
    $defs: { contact: { type: "object", properties: { email: { type: "string", format: "email" } } } },
  });
  await insertType(store, "free");
  await insertType(store, "strict", { schemaJson });
  await insertType(store, "lenient", { schemaJson, validation: "warn" });
  await insertType(store, "unchecked", { schemaJson, validation: "off" });
  await insertType(store, "no.import", { suppressedSources: ["import"] });
}
