import type { ApiKeyId } from "@hooklane/core";
import type { StoreLogger } from "../store.js";
import type { ApiKeyRepository } from "./api-key-repository.js";

/** How exactly the last use of a key is known, milliseconds. */
const RESOLUTION_MS = 60_000;

/** Beyond so many keys, it is forgotten when each was noted: they are noted again then. */
const KEYS_REMEMBERED_MAX = 10_000;

/**
 * Notes when keys were last used: beside the request, at most once a minute for each key and process. A note that fails
 * is left to the next use.
 */
export class KeyUseRecorder {
  readonly #apiKeys: Pick<ApiKeyRepository, "noteUse">;
  readonly #logger: StoreLogger;
  readonly #notedAt = new Map<ApiKeyId, number>();

  constructor(apiKeys: Pick<ApiKeyRepository, "noteUse">, logger: StoreLogger) {
    this.#apiKeys = apiKeys;
    this.#logger = logger;
  }

  /** Does not wait and does not fail. */
  note(id: ApiKeyId, at: Date): void {
    const notedAt = this.#notedAt.get(id);
    if (notedAt !== undefined && at.getTime() - notedAt < RESOLUTION_MS) return;
    if (this.#notedAt.size >= KEYS_REMEMBERED_MAX) this.#notedAt.clear();
    this.#notedAt.set(id, at.getTime());
    this.#apiKeys.noteUse(id, at, RESOLUTION_MS).catch((err: unknown) => {
      this.#notedAt.delete(id);
      this.#logger.warn({ err, keyId: id }, "api_key.use_not_noted");
    });
  }
}
