import { RESERVED_TYPES, type WorkspaceId } from "@hooklane/core";
import {
  API_KEYS,
  type ApiKeyDocument,
  type ConfigCopy,
  EVENT_TYPES,
  type EventTypeDocument,
  type Store,
  toEventTypeId,
  type WorkspaceDocument,
  WORKSPACES,
} from "@hooklane/store";
import { MissLoader } from "./miss-loader.js";

/** The parts of the copy looked at. */
type Copy = Pick<ConfigCopy, "workspace" | "apiKey" | "eventType">;

export interface WantedType {
  readonly workspaceId: WorkspaceId;
  readonly type: string;
}

/**
 * Keys, workspaces and event types. The look-ups are synchronous and answer from the copy; `prepare…` before them reads
 * what the copy does not have yet, so that an event sent right after a workspace was made is not refused.
 */
export class Directory {
  readonly #copy: Copy;
  readonly #apiKeys: MissLoader<ApiKeyDocument>;
  readonly #workspaces: MissLoader<WorkspaceDocument>;
  readonly #eventTypes: MissLoader<EventTypeDocument>;

  constructor(copy: Copy, store: Store) {
    this.#copy = copy;
    this.#apiKeys = new MissLoader({
      read: (hashes) => readBy<ApiKeyDocument>(store, API_KEYS, "hash", hashes),
    });
    this.#workspaces = new MissLoader({
      read: (ids) => readBy<WorkspaceDocument>(store, WORKSPACES, "_id", ids),
    });
    this.#eventTypes = new MissLoader({
      read: (ids) => readBy<EventTypeDocument>(store, EVENT_TYPES, "_id", ids),
    });
  }

  /** @param hash SHA-256 of the key, lower-case hex */
  apiKey(hash: string): ApiKeyDocument | undefined {
    return this.#copy.apiKey(hash) ?? this.#apiKeys.get(hash);
  }

  workspace(id: WorkspaceId): WorkspaceDocument | undefined {
    return this.#copy.workspace(id) ?? this.#workspaces.get(id);
  }

  eventType(workspaceId: WorkspaceId, type: string): EventTypeDocument | undefined {
    return this.#copy.eventType(workspaceId, type) ?? this.#eventTypes.get(toEventTypeId(workspaceId, type));
  }

  /** @returns undefined when the answer is known; otherwise settles once it is. @throws when the database is away */
  prepareApiKey(hash: string): Promise<void> | undefined {
    if (this.apiKey(hash) ?? this.#apiKeys.isKnown(hash)) return undefined;
    return this.#apiKeys.load([hash]);
  }

  /** As {@link prepareApiKey}, for workspaces. */
  prepareWorkspaces(ids: Iterable<WorkspaceId>): Promise<void> | undefined {
    const missing = [...ids].filter((id) => !(this.workspace(id) ?? this.#workspaces.isKnown(id)));
    return missing.length > 0 ? this.#workspaces.load(missing) : undefined;
  }

  /** As {@link prepareApiKey}, for event types. */
  prepareEventTypes(wanted: Iterable<WantedType>): Promise<void> | undefined {
    const missing: string[] = [];
    for (const { workspaceId, type } of wanted) {
      // Hooklane's own: in nobody's catalogue, so it is not looked for either.
      if (RESERVED_TYPES.includes(type)) continue;
      const id = toEventTypeId(workspaceId, type);
      if (!(this.eventType(workspaceId, type) ?? this.#eventTypes.isKnown(id))) missing.push(id);
    }
    return missing.length > 0 ? this.#eventTypes.load(missing) : undefined;
  }
}

async function readBy<Document extends object>(
  store: Store,
  collection: string,
  field: string,
  keys: readonly string[],
): Promise<ReadonlyMap<string, Document>> {
  const documents = await store.db
    .collection<Record<string, unknown>>(collection)
    .find({ [field]: { $in: [...keys] } })
    .toArray();
  // Written by our own repositories, through the models' checks.
  return new Map(documents.map((document) => [String(document[field]), document as unknown as Document]));
}
