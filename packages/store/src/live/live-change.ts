import { asWorkspaceId, DEFAULT_ERROR_RULE, type WorkspaceId } from "@hooklane/core";
import type { mongo } from "mongoose";
import { DELIVERIES, type DeliveryDocument } from "../delivery-log/delivery-document.js";
import { type LoggedDelivery, toLoggedDelivery } from "../delivery-log/logged-delivery.js";
import { countingErrors, ERROR_WINDOWS, type WindowError } from "../error-windows/error-count-reader.js";
import { EVENTS } from "../event-log/event-log.js";
import type { ListedEvent } from "../event-log/event-reader.js";
import { WITHOUT_BYTES } from "../event-log/logged-event.js";
import { type WebhookDocument, WEBHOOKS } from "../webhooks/webhook.js";
import { type ClusterTime, fromTimestamp, toSeconds } from "./cluster-time.js";

/** What of a webhook is told live; nothing of it is secret. */
export type LiveWebhook = Pick<
  WebhookDocument,
  "_id" | "status" | "disabled" | "generation" | "version" | "deletedAt"
>;

/** What people see change in a workspace. */
export type LiveFact =
  /** A delivery in the log, in its state at the change or after it. */
  | { readonly kind: "delivery"; readonly delivery: LoggedDelivery }
  /** Deliveries that were decided, and are pending. */
  | { readonly kind: "decided"; readonly event: ListedEvent }
  | { readonly kind: "webhook"; readonly webhook: LiveWebhook }
  /** The errors that count then in the shared rule (product.md D5), oldest first. */
  | { readonly kind: "errors"; readonly errors: readonly WindowError[] };

/** A fact and its place in the order of all changes of the database. */
export type LiveChange = LiveFact & {
  readonly workspaceId: WorkspaceId;
  readonly time: ClusterTime;
  /** Compares as the changes follow each other. It names keys of documents, so it is not for clients. */
  readonly token: string;
};

type DocumentChange =
  mongo.ChangeStreamInsertDocument | mongo.ChangeStreamUpdateDocument | mongo.ChangeStreamReplaceDocument;

/** Documents written, of the workspaces and collections that matter, without what nobody is shown. */
export function toLivePipeline(workspaceIds: Iterable<WorkspaceId>): mongo.Document[] {
  const listened = { $in: [...workspaceIds] };
  const written = { $in: ["insert", "update", "replace"] };
  const decided = {
    "ns.coll": EVENTS,
    operationType: "insert",
    "fullDocument.workspaceId": listened,
    "fullDocument.decision.matched.0": { $exists: true },
  };
  const ofWorkspace = {
    "ns.coll": { $in: [DELIVERIES, WEBHOOKS] },
    operationType: written,
    "fullDocument.workspaceId": listened,
  };
  const errors = { "ns.coll": ERROR_WINDOWS, operationType: written, "documentKey._id": listened };
  return [
    { $match: { $or: [ofWorkspace, decided, errors] } },
    {
      $project: {
        updateDescription: 0,
        fullDocument: { ...WITHOUT_BYTES, secrets: 0, auth: 0, headers: 0, filterJson: 0, trips: 0 },
      },
    },
  ];
}

/** Reads a change of {@link toLivePipeline}; undefined when its document is gone since, or it is of another kind. */
export function toLiveChange(change: mongo.ChangeStreamDocument): LiveChange | undefined {
  switch (change.operationType) {
    case "insert":
    case "update":
    case "replace":
      return change.fullDocument && toChangeOf(change, change.fullDocument);
    default:
      return undefined;
  }
}

function toChangeOf(change: DocumentChange, document: mongo.Document): LiveChange | undefined {
  if (!change.clusterTime) return undefined;
  const time = fromTimestamp(change.clusterTime);
  const fact = toFact(change.ns.coll, document, time);
  if (!fact) return undefined;
  const { workspaceId = document._id as unknown } = document as { workspaceId?: unknown };
  return { ...fact, workspaceId: asWorkspaceId(String(workspaceId)), time, token: tokenText(change._id) };
}

function toFact(collection: string, document: mongo.Document, time: ClusterTime): LiveFact | undefined {
  switch (collection) {
    case DELIVERIES:
      return { kind: "delivery", delivery: toLoggedDelivery(document as DeliveryDocument) };
    case EVENTS:
      return { kind: "decided", event: document as ListedEvent };
    case WEBHOOKS:
      return { kind: "webhook", webhook: document as WebhookDocument };
    case ERROR_WINDOWS: {
      const at = new Date(toSeconds(time) * 1_000);
      return { kind: "errors", errors: countingErrors(document, DEFAULT_ERROR_RULE, at) };
    }
    default:
      return undefined;
  }
}

/** A resume token's text. */
export function tokenText(token: unknown): string {
  return typeof token === "object" && token !== null && "_data" in token ? String(token._data) : "";
}
