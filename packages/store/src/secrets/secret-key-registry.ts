import type { Store } from "../store.js";
import { isDuplicateKey } from "../store-error.js";
import { SecretError, type SecretKey } from "./secret-key.js";
import { openValue, sealValue, type SecretPlace } from "./sealed-value.js";

const COLLECTION = "secretKeys";

/** A key that secrets in this database are sealed with. The key itself is not kept, only what recognises it. */
interface SecretKeyDocument {
  /** Id of the key. */
  readonly _id: string;
  /** A known text, sealed with it. */
  readonly check: string;
  readonly firstUsedAt: Date;
}

const KNOWN_TEXT = "hooklane";
const placeOf = (keyId: string): SecretPlace => ({
  collection: COLLECTION,
  documentId: keyId,
  field: "check",
});

/** What `GET /readyz` shows of the keys. */
export type SecretKeysState = { readonly ready: true } | { readonly ready: false; readonly detail: string };

/**
 * The keys in use in this database: whether a process has all of them, and the right ones, is known from a few documents
 * before the first secret is read, and before anything is written with a wrong one.
 */
export class SecretKeyRegistry {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  /** Whether this process can read every secret. Enters the key it writes with. */
  async state(): Promise<SecretKeysState> {
    const fault = await this.#findFault();
    return fault ? { ready: false, detail: fault.message } : { ready: true };
  }

  /** @throws SecretError what keeps this process from reading some of the secrets */
  async assertUsable(): Promise<void> {
    const fault = await this.#findFault();
    if (fault) throw fault;
  }

  /** Ids of the keys that may be in use. */
  async list(): Promise<readonly string[]> {
    const documents = await this.#collection().find().sort({ _id: 1 }).toArray();
    return documents.map(({ _id }) => _id);
  }

  /** No secret is sealed with these any more. A process that still writes with one enters it again. */
  async forget(ids: readonly string[]): Promise<void> {
    await this.#collection().deleteMany({ _id: { $in: [...ids] } });
  }

  async #findFault(): Promise<SecretError | undefined> {
    const known = await this.#collection().find().sort({ _id: 1 }).toArray();
    for (const document of known) {
      const fault = this.#check(document);
      if (fault) return fault;
    }
    const { current } = this.#store.secrets;
    if (!current || known.some(({ _id }) => _id === current.id)) return undefined;
    return this.#enter(current);
  }

  #check({ _id, check }: SecretKeyDocument): SecretError | undefined {
    try {
      openValue(check, placeOf(_id), (id) => this.#store.secrets.key(id));
      return undefined;
    } catch (error) {
      if (!(error instanceof SecretError)) throw error;
      return new SecretError(error.code, describe(error.code, _id), _id);
    }
  }

  async #enter(key: SecretKey): Promise<SecretError | undefined> {
    const check = sealValue(KNOWN_TEXT, placeOf(key.id), key);
    try {
      await this.#collection().insertOne({ _id: key.id, check, firstUsedAt: new Date() });
      return undefined;
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
    }
    const entered = await this.#collection().findOne({ _id: key.id });
    return entered ? this.#check(entered) : undefined;
  }

  #collection() {
    return this.#store.db.collection<SecretKeyDocument>(COLLECTION);
  }
}

function describe(code: SecretError["code"], id: string): string {
  return code === "unknown_key"
    ? `HOOKLANE_SECRETS_KEYS lacks the key ${id}, and secrets or events in the database are sealed with it`
    : `the key ${id} of HOOKLANE_SECRETS_KEYS is another one than what is sealed in the database`;
}
