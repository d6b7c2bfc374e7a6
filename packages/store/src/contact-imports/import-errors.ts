import type { FieldError } from "@hooklane/contracts";
import type { CollectionIndexes } from "../collection-indexes.js";
import type { Page } from "../page.js";
import type { Store } from "../store.js";
import type { Session } from "../transaction.js";
import { KEPT_ENDED_SECONDS } from "./contact-import.js";

/** What is wrong with a line of an upload. */
export interface ImportError extends FieldError {
  /** Its place among those of the import: grows with lines and, within one, with its errors. */
  readonly place: string;
  readonly line: number;
}

/** A document of `importErrors`. */
interface ImportErrorDocument extends FieldError {
  /** `<import>:<line>:<ordinal>`, so that the order of ids is that of lines. */
  readonly _id: string;
  readonly line: number;
  readonly at: Date;
}

const IMPORT_ERRORS = "importErrors";

export const importErrorIndexes: CollectionIndexes = {
  collection: IMPORT_ERRORS,
  indexes: [{ name: "ttl", key: { at: 1 }, expireAfterSeconds: KEPT_ENDED_SECONDS }],
};

/** Of one line so many are told. */
const ERRORS_OF_LINE_MAX = 20;

/** Lines imports could not write, and why. */
export class ImportErrors {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  /** As a part of the transaction that counts the lines. */
  async add(
    importId: string,
    rejected: readonly { readonly line: number; readonly errors: readonly FieldError[] }[],
    at: Date,
    session: Session,
  ): Promise<void> {
    const documents = rejected.flatMap(({ line, errors }) =>
      errors.slice(0, ERRORS_OF_LINE_MAX).map(({ path, code, message }, ordinal): ImportErrorDocument => ({
        _id: `${importId}:${pad(line, 9)}:${pad(ordinal, 2)}`,
        line,
        path,
        code,
        message,
        at,
      })),
    );
    if (documents.length > 0) await this.#collection().insertMany(documents, { session });
  }

  /** By line. */
  async list(importId: string, { after, limit }: Page): Promise<readonly ImportError[]> {
    const found = await this.#collection()
      .find({ _id: { $gt: `${importId}:${after ?? ""}`, $lt: `${importId};` } })
      .sort({ _id: 1 })
      .limit(limit)
      .toArray();
    return found.map(({ _id, at: _, ...error }) => ({ place: _id.slice(importId.length + 1), ...error }));
  }

  #collection() {
    return this.#store.db.collection<ImportErrorDocument>(IMPORT_ERRORS);
  }
}

const pad = (number: number, digits: number): string => String(number).padStart(digits, "0");
