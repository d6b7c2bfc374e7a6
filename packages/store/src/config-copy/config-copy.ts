import type { ContactId, EndpointId, WebhookId, WorkspaceId } from "@hooklane/core";
import type { ApiKeyDocument } from "../api-keys/api-key.js";
import type { DeletedContactDocument } from "../audiences/deleted-contact.js";
import { type EndpointDocument, ENDPOINTS } from "../endpoints/endpoint.js";
import { type EventTypeDocument, toEventTypeId } from "../event-types/event-type.js";
import type { Store, StoreLogger } from "../store.js";
import { type WebhookDocument, WEBHOOKS } from "../webhooks/webhook.js";
import { type WorkspaceDocument, WORKSPACES } from "../workspaces/workspace.js";
import { ChangeFeed, type FeedChange } from "./change-feed.js";
import { type CopiedCollection, createTables, type Tables } from "./tables.js";
import { VersionWaiters } from "./version-waiters.js";

export type { CopiedCollection } from "./tables.js";

/** One document of the copy changed, or all may have (after lost history). */
export type ConfigChange =
  { readonly collection: CopiedCollection; readonly id: string } | { readonly collection: "all" };

/**
 * The configuration in memory, about as fresh as the database (architecture.md §1.5): no read per event. Values are
 * frozen; the same object until it changes. While the database is away the last known state stays.
 */
export interface ConfigCopy {
  workspace(id: WorkspaceId): WorkspaceDocument | undefined;
  /** By SHA-256 of the key; look at `isApiKeyUsable`. */
  apiKey(hash: string): ApiKeyDocument | undefined;
  eventType(workspaceId: WorkspaceId, type: string): EventTypeDocument | undefined;
  /** Also a tombstone: look at `deletedAt`. */
  webhook(id: WebhookId): WebhookDocument | undefined;
  /** Without tombstones. The array is the same object until one of them changes: indexes may be cached by it. */
  webhooksOf(workspaceId: WorkspaceId): readonly WebhookDocument[];
  endpoint(id: EndpointId): EndpointDocument | undefined;
  /** Undefined: it is there, or nothing can be in line about it (product.md W5). */
  deletedContact(id: ContactId): DeletedContactDocument | undefined;
  /** Resolves when the copy has that version or a later one. @throws the signal's reason, or when closed */
  waitForWebhookVersion(id: WebhookId, version: number, signal: AbortSignal): Promise<WebhookDocument>;
  /** Reads a webhook and its endpoint past the stream, and its workspace where that is not known yet. @returns undefined when there is none */
  refreshWebhook(id: WebhookId): Promise<WebhookDocument | undefined>;
  /** Reads a workspace past the stream: one made a moment ago. @returns undefined when there is none */
  refreshWorkspace(id: WorkspaceId): Promise<WorkspaceDocument | undefined>;
  /** Has every webhook as it is in the database at the time of the call, or later: past the stream, where that is behind. */
  catchUpWebhooks(): Promise<void>;
  /** Called after the copy has changed. @returns how to stop */
  onChange(listener: (change: ConfigChange) => void): () => void;
  /** False while the stream is broken: what is held may be old. */
  ready(): boolean;
  close(): Promise<void>;
}

export interface ConfigCopyOptions {
  /** Only what the service uses. */
  readonly collections: readonly CopiedCollection[];
  readonly logger: StoreLogger;
}

/** Loads the configuration and follows it. @throws when the database does not answer */
export async function openConfigCopy(store: Store, options: ConfigCopyOptions): Promise<ConfigCopy> {
  const copy = new FollowingConfigCopy(store, options);
  await copy.start();
  return copy;
}

class FollowingConfigCopy implements ConfigCopy {
  readonly #store: Store;
  readonly #options: ConfigCopyOptions;
  readonly #tables: Tables;
  readonly #waiters = new VersionWaiters();
  readonly #listeners = new Set<(change: ConfigChange) => void>();
  readonly #feed: ChangeFeed;

  constructor(store: Store, options: ConfigCopyOptions) {
    this.#store = store;
    this.#options = options;
    this.#tables = createTables(store.secrets);
    this.#feed = new ChangeFeed({
      store,
      collections: options.collections,
      logger: options.logger,
      load: () => this.#load(),
      apply: (change) => this.#applyFeed(change),
    });
  }

  start(): Promise<void> {
    return this.#feed.start();
  }

  workspace(id: WorkspaceId) {
    return this.#tables.workspaces.get(id);
  }

  apiKey(hash: string) {
    return this.#tables.apiKeys.membersOf(hash)[0];
  }

  eventType(workspaceId: WorkspaceId, type: string) {
    return this.#tables.eventTypes.get(toEventTypeId(workspaceId, type));
  }

  webhook(id: WebhookId) {
    return this.#tables.webhooks.get(id);
  }

  webhooksOf(workspaceId: WorkspaceId) {
    return this.#tables.webhooks.membersOf(workspaceId);
  }

  endpoint(id: EndpointId) {
    return this.#tables.endpoints.get(id);
  }

  deletedContact(id: ContactId) {
    return this.#tables.deletedContacts.get(id);
  }

  async waitForWebhookVersion(id: WebhookId, version: number, signal: AbortSignal): Promise<WebhookDocument> {
    const held = this.webhook(id);
    return held && held.version >= version ? held : this.#waiters.wait(id, version, signal);
  }

  async refreshWebhook(id: WebhookId): Promise<WebhookDocument | undefined> {
    const raw = await this.#read(WEBHOOKS, id);
    if (!raw) return undefined;
    // What it refers to first, so that nobody sees the webhook without it: what may be stored of its events is in the workspace.
    const { endpointId, workspaceId } = raw as { endpointId?: string; workspaceId?: WorkspaceId };
    const isWorkspaceCopied = this.#options.collections.includes("workspaces");
    if (isWorkspaceCopied && workspaceId !== undefined && !this.workspace(workspaceId))
      await this.refreshWorkspace(workspaceId);
    const endpoint = endpointId === undefined ? null : await this.#read(ENDPOINTS, endpointId);
    if (endpoint) this.#apply("endpoints", endpoint._id, endpoint);
    this.#apply("webhooks", id, raw);
    return this.webhook(id);
  }

  async refreshWorkspace(id: WorkspaceId): Promise<WorkspaceDocument | undefined> {
    const raw = await this.#read(WORKSPACES, id);
    if (raw) this.#apply("workspaces", id, raw);
    return this.workspace(id);
  }

  async catchUpWebhooks(): Promise<void> {
    const versions = this.#store.db
      .collection<Pick<WebhookDocument, "_id" | "version">>(WEBHOOKS)
      .find(
        {},
        { projection: { version: 1 }, readConcern: { level: "majority" }, readPreference: "primary" },
      );
    for await (const { _id, version } of versions) {
      const held = this.webhook(_id);
      if (!held || held.version < version) await this.refreshWebhook(_id);
    }
  }

  onChange(listener: (change: ConfigChange) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  ready(): boolean {
    return this.#feed.isReady;
  }

  async close(): Promise<void> {
    this.#waiters.rejectAll(new Error("The configuration copy is closed"));
    await this.#feed.close();
  }

  async #read(collection: string, id: string) {
    return this.#store.db.collection<{ _id: string }>(collection).findOne({ _id: id });
  }

  async #load(): Promise<void> {
    for (const collection of this.#options.collections) {
      const ids = new Set<string>();
      for await (const raw of this.#store.db.collection<{ _id: string }>(collection).find()) {
        ids.add(raw._id);
        this.#put(collection, raw._id, raw);
      }
      this.#tables[collection].retain(ids);
    }
    this.#emit({ collection: "all" });
  }

  #applyFeed({ collection, id, document }: FeedChange): void {
    this.#apply(collection as CopiedCollection, id, document);
  }

  #apply(collection: CopiedCollection, id: string, document: unknown): void {
    const changed =
      document === null
        ? this.#tables[collection].delete(id) !== undefined
        : this.#put(collection, id, document);
    if (changed) this.#emit({ collection, id });
  }

  /** A document that does not fit, or whose secrets cannot be opened, is left out and said so: one of them must not stop everything else. */
  #put(collection: CopiedCollection, id: string, raw: unknown): boolean {
    const put = this.#tables[collection].put(raw);
    if ("fault" in put) {
      this.#options.logger.error({ collection, id, fault: put.fault }, "config_copy.unreadable_document");
      return false;
    }
    if (put.document && collection === "webhooks") this.#waiters.settle(put.document as WebhookDocument);
    return put.document !== undefined;
  }

  #emit(change: ConfigChange): void {
    for (const listener of this.#listeners) listener(change);
  }
}
