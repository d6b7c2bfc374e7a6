import type { Store } from "../store.js";
import { type FoundSecret, listSecrets, SECRET_COLLECTIONS, type SecretCollection } from "./secret-fields.js";
import { SecretError, type SecretKey } from "./secret-key.js";
import { SecretKeyRegistry } from "./secret-key-registry.js";
import { countSealed, rotateSealedBytes, type SealedByKey } from "./rotate-sealed-bytes.js";
import { openValue, sealedWith, sealValue } from "./sealed-value.js";

export interface RotationOptions {
  /** Looks and counts, changes nothing. */
  readonly isDryRun?: boolean;
  /** After every page of documents. */
  readonly onProgress?: (progress: RotationProgress) => void;
  /** Ends it between two pages. What is done stays done, and the next run goes on from there. */
  readonly signal?: AbortSignal;
}

/** Documents looked at so far, and how many there are in all. */
export interface RotationProgress {
  readonly done: number;
  readonly total: number;
}

/** A secret that could not be opened; it was left as it is. */
export interface UnreadableSecret {
  readonly collection: string;
  readonly id: string;
  readonly path: string;
  readonly keyId: string | undefined;
}

export interface RotationReport {
  /** The key that writes. */
  readonly keyId: string;
  /** Documents looked at. */
  readonly documents: number;
  /** Secrets sealed anew, or to be, in a dry run. */
  readonly resealed: number;
  /** Secrets after it by the key they are sealed with; `plain` for those that are not sealed. */
  readonly byKey: Readonly<Record<string, number>>;
  /** Events whose bytes were sealed anew, or are to be, in a dry run. */
  readonly resealedEvents: number;
  /** Events whose bytes are sealed, after it, by the key; also those that wait for their time, and parked ones. */
  readonly eventsByKey: SealedByKey;
  /** Of events those of keys this process has; the others are in `eventsByKey`. */
  readonly unreadable: readonly UnreadableSecret[];
  /** Keys nothing is sealed with any more. */
  readonly unused: readonly string[];
}

/** As {@link RotationReport.byKey} calls what is not sealed. */
const PLAIN = "plain";

const PAGE_DOCUMENTS = 200;
/** Writes at the same time. */
const WRITES_MAX = 16;
const TRIES_MAX = 10;

interface SecretHolder {
  readonly _id: string;
}

/**
 * Seals every secret with the key that writes, plain ones too, and the bytes of events that are kept sealed. Safe while
 * services run: a secret is replaced only where it still is what was read, and the document's version stays, as nothing
 * about the webhook changes; copies take the document in again and find the same secrets. Finished ones are passed over,
 * so it can be ended and started at any time.
 *
 * @throws SecretError `no_key` without a key
 */
export async function rotateSecrets(store: Store, options: RotationOptions = {}): Promise<RotationReport> {
  const { current } = store.secrets;
  if (!current) throw new SecretError("no_key", "There is no key to seal with");
  return new Rotation(store, current, options).run();
}

class Rotation {
  readonly #store: Store;
  readonly #current: SecretKey;
  readonly #options: RotationOptions;
  readonly #registry: SecretKeyRegistry;
  readonly #unreadable: UnreadableSecret[] = [];
  #documents = 0;
  #resealed = 0;

  constructor(store: Store, current: SecretKey, options: RotationOptions) {
    this.#store = store;
    this.#current = current;
    this.#options = options;
    this.#registry = new SecretKeyRegistry(store);
  }

  async run(): Promise<RotationReport> {
    const { isDryRun = false, signal } = this.#options;
    const counts = await Promise.all(
      SECRET_COLLECTIONS.map((name) => this.#collection(name).countDocuments()),
    );
    const sealedBefore = await countSealed(this.#store);
    const oldKeys = Object.keys(sealedBefore).filter((id) => id !== this.#current.id);
    const usable = oldKeys.filter((id) => this.#store.secrets.key(id) !== undefined);
    const events = usable.reduce((sum, id) => sum + (sealedBefore[id] ?? 0), 0);
    const total = counts.reduce((sum, count) => sum + count, isDryRun ? 0 : events);
    for (const collection of SECRET_COLLECTIONS) {
      await this.#eachPage(collection, async (page) => {
        await inParallel(page, (document) => this.#rotate(collection, document));
        this.#done(page.length, total);
      });
    }
    const resealedEvents = isDryRun ? events : await this.#rotateEvents(usable, total);
    const byKey = await this.#countByKey();
    const eventsByKey = await countSealed(this.#store);
    signal?.throwIfAborted();
    const unused = (await this.#registry.list()).filter(
      (id) => id !== this.#current.id && byKey[id] === undefined && eventsByKey[id] === undefined,
    );
    if (!isDryRun) await this.#registry.forget(unused);
    return {
      keyId: this.#current.id,
      documents: this.#documents,
      resealed: this.#resealed,
      byKey,
      resealedEvents,
      eventsByKey,
      unreadable: this.#unreadable,
      unused,
    };
  }

  async #rotateEvents(keyIds: readonly string[], total: number): Promise<number> {
    const { resealed, unreadable } = await rotateSealedBytes(this.#store, keyIds, {
      onDone: (count) => this.#done(count, total),
      signal: this.#options.signal,
    });
    this.#unreadable.push(...unreadable.map((place) => ({ ...place, path: "sealed" })));
    return resealed;
  }

  #done(documents: number, total: number): void {
    this.#documents += documents;
    this.#options.onProgress?.({ done: this.#documents, total: Math.max(total, this.#documents) });
  }

  /** By compare-and-set on the secrets themselves: no two sealed values are alike. */
  async #rotate(collection: SecretCollection, first: SecretHolder): Promise<void> {
    let document: SecretHolder | null = first;
    for (let tries = 1; document; tries++) {
      const filter: Record<string, unknown> = { _id: document._id };
      const resealed: Record<string, string> = {};
      for (const secret of listSecrets(collection, document)) {
        if (sealedWith(secret.value) === this.#current.id) continue;
        const text = this.#open(collection, document._id, secret);
        if (text === undefined) continue;
        filter[secret.path] = secret.value;
        resealed[secret.path] = sealValue(
          text,
          { collection, documentId: document._id, field: secret.field },
          this.#current,
        );
      }
      const count = Object.keys(resealed).length;
      if (count === 0) return;
      if (this.#options.isDryRun === true || (await this.#write(collection, filter, resealed))) {
        this.#resealed += count;
        return;
      }
      // Somebody changed it meanwhile.
      if (tries === TRIES_MAX) throw new Error(`${collection} ${document._id} changes all the time`);
      document = await this.#collection(collection).findOne({ _id: document._id });
    }
  }

  /** Undefined, and noted once, when it cannot be opened. */
  #open(collection: string, id: string, { field, path, value }: FoundSecret): string | undefined {
    try {
      return openValue(value, { collection, documentId: id, field }, (keyId) =>
        this.#store.secrets.key(keyId),
      );
    } catch (error) {
      if (!(error instanceof SecretError)) throw error;
      const isNoted = this.#unreadable.some((known) => known.id === id && known.path === path);
      if (!isNoted) this.#unreadable.push({ collection, id, path, keyId: error.keyId });
      return undefined;
    }
  }

  async #write(
    collection: SecretCollection,
    filter: Readonly<Record<string, unknown>>,
    resealed: Readonly<Record<string, string>>,
  ): Promise<boolean> {
    const written = await this.#collection(collection).updateOne(filter, { $set: resealed });
    return written.matchedCount === 1;
  }

  /** Read again, as services went on writing. */
  async #countByKey(): Promise<Readonly<Record<string, number>>> {
    const counts: Record<string, number> = {};
    for (const collection of SECRET_COLLECTIONS) {
      await this.#eachPage(collection, (page) => {
        for (const { value } of page.flatMap((document) => listSecrets(collection, document))) {
          const keyId = sealedWith(value) ?? PLAIN;
          counts[keyId] = (counts[keyId] ?? 0) + 1;
        }
        return Promise.resolve();
      });
    }
    return counts;
  }

  async #eachPage(
    collection: SecretCollection,
    work: (page: readonly SecretHolder[]) => Promise<void>,
  ): Promise<void> {
    let after = "";
    for (;;) {
      this.#options.signal?.throwIfAborted();
      const page = await this.#collection(collection)
        .find({ _id: { $gt: after } })
        .sort({ _id: 1 })
        .limit(PAGE_DOCUMENTS)
        .toArray();
      await work(page);
      const last = page.at(-1);
      if (last === undefined || page.length < PAGE_DOCUMENTS) return;
      after = last._id;
    }
  }

  #collection(name: SecretCollection) {
    return this.#store.db.collection<SecretHolder>(name);
  }
}

async function inParallel<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const waiting = [...items];
  const workers = Array.from({ length: WRITES_MAX }, async () => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) await work(item);
  });
  await Promise.all(workers);
}
