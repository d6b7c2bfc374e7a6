import { FIELD_CODES, type FieldError } from "@hooklane/contracts";
import { CONTACT_STATUSES, type ContactPatch, EMAIL_FORMATS } from "@hooklane/core";
import { mongo } from "mongoose";
import { z } from "zod";
import type { Store } from "../store.js";
import type { Session } from "../transaction.js";

/** A contact as a line of an upload has it. */
export interface ImportedContact extends Omit<ContactPatch, "email" | "tags" | "removeTags"> {
  readonly email: string;
}

/** One line of an upload, counted from 1: its contact, or why it has none. */
export type ImportLine =
  | { readonly line: number; readonly contact: ImportedContact }
  | { readonly line: number; readonly errors: readonly FieldError[] };

/** A document of `importLines`: what is written in one transaction. */
interface ChunkDocument {
  /** `<import>:<number>` */
  readonly _id: string;
  readonly importId: string;
  /** JSON. Contacts' own fields have any name, and MongoDB does not take every one. */
  readonly lines: mongo.Binary;
}

export const IMPORT_LINES = "importLines";

const fieldValue = z.union([z.string(), z.number(), z.boolean()]);

const importedContact: z.ZodType<ImportedContact> = z.object({
  email: z.string(),
  emailFormat: z.enum(EMAIL_FORMATS).exactOptional(),
  status: z.enum(CONTACT_STATUSES).exactOptional(),
  fields: z.record(z.string(), fieldValue).exactOptional(),
  addTags: z.array(z.string()).exactOptional(),
});

const line = z.number().int();
const fieldError = z.object({ path: z.string(), code: z.enum(FIELD_CODES), message: z.string() });

const linesParser: z.ZodType<readonly ImportLine[]> = z.array(
  z.union([z.object({ line, contact: importedContact }), z.object({ line, errors: z.array(fieldError) })]),
);

/** `_id` of a chunk; chunks count from 0. */
const toChunkId = (importId: string, number: number): string =>
  `${importId}:${String(number).padStart(7, "0")}`;

/** Lines of uploads until they are written, in chunks. */
export class ImportLines {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  /** @param lines with their texts fewer bytes than MongoDB takes in one document */
  async add(importId: string, number: number, lines: readonly ImportLine[]): Promise<void> {
    await this.#collection().insertOne({
      _id: toChunkId(importId, number),
      importId,
      lines: new mongo.Binary(Buffer.from(JSON.stringify(lines))),
    });
  }

  async read(
    importId: string,
    number: number,
    session?: Session,
  ): Promise<readonly ImportLine[] | undefined> {
    const found = await this.#collection().findOne(
      { _id: toChunkId(importId, number) },
      session ? { session } : {},
    );
    return found
      ? linesParser.parse(JSON.parse(Buffer.from(found.lines.buffer).toString("utf8")))
      : undefined;
  }

  async delete(importId: string, number: number, session: Session): Promise<void> {
    await this.#collection().deleteOne({ _id: toChunkId(importId, number) }, { session });
  }

  /** Whatever is left of an import's. Idempotent. */
  async clear(importId: string): Promise<void> {
    await this.#collection().deleteMany({ _id: { $gte: `${importId}:`, $lt: `${importId};` } });
  }

  #collection() {
    return this.#store.db.collection<ChunkDocument>(IMPORT_LINES);
  }
}
