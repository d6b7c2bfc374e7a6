import type { FieldError } from "@hooklane/contracts";
import { type ContactId, toEmailKey } from "@hooklane/core";
import { CONTACTS, type ContactDocument } from "../audiences/contact.js";
import type { ContactOutcome, ContactWrite } from "../audiences/contact-write.js";
import { ContactWriter } from "../audiences/contact-writer.js";
import { retryDuplicateKey } from "../retry-duplicate-key.js";
import type { Store } from "../store.js";
import { runTransaction, type Session } from "../transaction.js";
import {
  CONTACT_IMPORTS,
  type ContactImport,
  type ContactImportDocument,
  type ContactImportOptions,
  type ContactImportTally,
} from "./contact-import.js";
import { ImportErrors } from "./import-errors.js";
import { type ImportedContact, type ImportLine, ImportLines } from "./import-lines.js";
import { toRejectionError } from "./rejection-error.js";

/** Of so many rejected lines it is told why; all are counted. */
export const IMPORT_ERROR_LINES_MAX = 10_000;

/** What a step wrote. */
export type WrittenChunk =
  /** `contactIds`: whose events wait to be put in line. */
  | {
      readonly kind: "written";
      readonly contactIds: readonly ContactId[];
      readonly tally: ContactImportTally;
    }
  | { readonly kind: "all_written" }
  | { readonly kind: "audience_deleted" }
  /** It was cancelled, or is another's by now. */
  | { readonly kind: "lost" };

type Rejected = Extract<ImportLine, { readonly errors: unknown }>;

/**
 * Writes imports chunk by chunk. Contacts, the events that tell of them, counts, errors and the place where it goes on
 * are one transaction: whoever dies, and however many work on it, each line is written once and counted once.
 */
export class ImportWriter {
  readonly #store: Store;
  readonly #contacts: ContactWriter;
  readonly #lines: ImportLines;
  readonly #errors: ImportErrors;

  constructor(store: Store) {
    this.#store = store;
    this.#contacts = new ContactWriter(store);
    this.#lines = new ImportLines(store);
    this.#errors = new ImportErrors(store);
  }

  /** Writes the next chunk and prolongs the lease. @param at the time of the contacts' change */
  async writeNext(
    id: string,
    lease: { readonly owner: string; readonly ms: number },
    at: Date,
  ): Promise<WrittenChunk> {
    return retryDuplicateKey(() =>
      runTransaction(this.#store, async (session): Promise<WrittenChunk> => {
        // First of all: of two that write the same, one begins again here and finds it written.
        const job = await this.#imports().findOneAndUpdate(
          { _id: id, phase: "writing", "lease.owner": lease.owner },
          [{ $set: { "lease.until": { $add: ["$$NOW", lease.ms] } } }],
          { session, returnDocument: "after" },
        );
        if (!job) return { kind: "lost" };
        if (job.cursor >= job.chunks) return { kind: "all_written" };
        return this.#write(job, at, session);
      }),
    );
  }

  /**
   * Whose events the chunk written last may have left: whoever wrote it may have died before they were in line. Those
   * of chunks before it are in line.
   */
  async listLastWritten({ id, audienceId, cursor }: ContactImport): Promise<readonly ContactId[]> {
    const lines = cursor === 0 ? undefined : await this.#lines.read(id, cursor - 1);
    const emailKeys = (lines ?? []).flatMap((one) =>
      "contact" in one ? [toEmailKey(one.contact.email)] : [],
    );
    const found = await this.#store.db
      .collection<ContactDocument>(CONTACTS)
      .find({ audienceId, emailKey: { $in: emailKeys } })
      .project<Pick<ContactDocument, "_id">>({ _id: 1 })
      .toArray();
    return found.map(({ _id }) => _id);
  }

  async #write(job: ContactImportDocument, at: Date, session: Session): Promise<WrittenChunk> {
    const { _id: id, cursor, audienceId, workspaceId } = job;
    const lines = await this.#lines.read(id, cursor, session);
    if (!lines) throw new Error(`Chunk ${cursor} of import ${id} does not exist`);
    const given = lines.filter((one) => "contact" in one);
    const outcomes = await this.#contacts.writeMany(
      session,
      { _id: audienceId, workspaceId },
      given.map(({ contact }) => toWrite(contact, job)),
      { source: "import", at },
    );
    if (outcomes.some(isAudienceDeleted)) return { kind: "audience_deleted" };
    const refused = given.flatMap(({ line }, index): Rejected[] => {
      const errors = toErrors(outcomes[index], job);
      return errors.length > 0 ? [{ line, errors }] : [];
    });
    const rejected = [...lines.filter((one) => "errors" in one), ...refused].sort((a, b) => a.line - b.line);
    const tally = toTally(outcomes, rejected.length);
    await this.#errors.add(
      id,
      rejected.slice(0, Math.max(0, IMPORT_ERROR_LINES_MAX - job.rejected)),
      at,
      session,
    );
    await this.#imports().updateOne(
      { _id: id },
      { $set: { cursor: cursor + 1 }, $inc: { ...tally } },
      { session },
    );
    // Its events are in line.
    if (cursor > 0) await this.#lines.delete(id, cursor - 1, session);
    const contactIds = outcomes.flatMap((one) =>
      one.kind === "added" || one.kind === "updated" ? [one.contact.id] : [],
    );
    return { kind: "written", contactIds: [...new Set(contactIds)], tally };
  }

  #imports() {
    return this.#store.db.collection<ContactImportDocument>(CONTACT_IMPORTS);
  }
}

/** Tags are added to those a contact has: no line takes one away. */
function toWrite(
  { email, addTags = [], ...patch }: ImportedContact,
  { update, tags }: ContactImportOptions,
): ContactWrite {
  return {
    kind: update ? "put" : "add",
    email,
    patch: { ...patch, addTags: [...new Set([...addTags, ...tags])] },
  };
}

const isAudienceDeleted = (outcome: ContactOutcome): boolean =>
  outcome.kind === "rejected" && outcome.reason === "audience_deleted";

/** Of an import that leaves contacts as they are, one that is there is no error. */
const isLeft = (outcome: ContactOutcome): boolean =>
  outcome.kind === "rejected" && outcome.reason === "email_taken";

function toErrors(
  outcome: ContactOutcome | undefined,
  { update }: ContactImportOptions,
): readonly FieldError[] {
  if (outcome?.kind !== "rejected" || (!update && isLeft(outcome))) return [];
  return toRejectionError(outcome);
}

function toTally(outcomes: readonly ContactOutcome[], rejected: number): ContactImportTally {
  const count = (kind: ContactOutcome["kind"]) => outcomes.filter((one) => one.kind === kind).length;
  return {
    added: count("added"),
    updated: count("updated"),
    unchanged: count("unchanged") + outcomes.filter(isLeft).length,
    rejected,
  };
}
