import { mapFields, secretFieldsOf } from "./secret-fields.js";
import { SecretError, type SecretKey } from "./secret-key.js";
import { openBytes, type SealedBytes, type SealedPlace, sealBytes } from "./sealed-bytes.js";
import { openValue, sealedWith, sealValue } from "./sealed-value.js";

interface StoredDocument {
  readonly _id: string;
}

/**
 * Seals the secrets of documents on their way into the database and opens them on their way out: the one place that
 * does, for repositories and copies alike, so everything above has plain values in memory only.
 *
 * Without keys, secrets stay as they are stored: a service that has no use for them (the router) cannot read them. What
 * is sealed can be stored again then, plain text cannot.
 */
export class DocumentSecrets {
  readonly #keys: ReadonlyMap<string, SecretKey>;
  /** The key that writes. */
  readonly current: SecretKey | undefined;

  /** @param keys the first one writes, all read */
  constructor(keys: readonly SecretKey[]) {
    this.#keys = new Map(keys.map((key) => [key.id, key]));
    this.current = keys[0];
  }

  /** Undefined when this process does not have it. */
  key(id: string): SecretKey | undefined {
    return this.#keys.get(id);
  }

  /** A copy as it is stored. @throws SecretError `no_key` when there is something to seal and nothing to do it with */
  seal<Document extends StoredDocument>(collection: string, document: Document): Document {
    return mapFields(secretFieldsOf(collection), document, (value, field) => {
      if (this.current) {
        return sealValue(value, { collection, documentId: document._id, field }, this.current);
      }
      if (sealedWith(value) !== undefined) return value;
      throw new SecretError(
        "no_key",
        `There is no key to store ${collection} ${document._id}, ${field} with`,
      );
    });
  }

  /** A copy with its secrets as plain text. @throws SecretError `unknown_key`, `not_authentic` */
  open<Document extends StoredDocument>(collection: string, document: Document): Document {
    if (!this.current) return document;
    return mapFields(secretFieldsOf(collection), document, (value, field) =>
      openValue(value, { collection, documentId: document._id, field }, (id) => this.#keys.get(id)),
    );
  }

  /** For the field `sealed` of a document. @throws SecretError `no_key` */
  sealBytes(plain: Uint8Array, place: SealedPlace): SealedBytes {
    if (this.current) return sealBytes(plain, place, this.current);
    throw new SecretError("no_key", `There is no key to store ${place.collection} ${place.documentId} with`);
  }

  /** @throws SecretError `unknown_key`, `not_authentic` */
  openBytes(sealed: SealedBytes, place: SealedPlace): Uint8Array {
    return openBytes(sealed, place, (id) => this.#keys.get(id));
  }
}
