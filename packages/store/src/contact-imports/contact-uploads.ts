import type { WorkspaceId } from "@hooklane/core";
import type { Store } from "../store.js";
import {
  CONTACT_IMPORTS,
  type ContactImportDocument,
  type ContactUploadDocument,
  type NewContactImport,
} from "./contact-import.js";
import { ImportLines } from "./import-lines.js";

/** Uploads of contacts until they are complete. One that breaks off leaves nothing. */
export class ContactUploads {
  readonly #store: Store;
  readonly #lines: ImportLines;

  constructor(store: Store) {
    this.#store = store;
    this.#lines = new ImportLines(store);
  }

  /** Notes it before its first line is kept, so that it is found whoever dies. */
  async begin({ id, ...upload }: NewContactImport, at: Date): Promise<void> {
    await this.#collection().insertOne({ _id: id, ...upload, status: "uploading", startedAt: at });
  }

  /** Of a workspace: uploads in progress and imports that are not done. */
  async countOpen(workspaceId: WorkspaceId): Promise<number> {
    const [uploads, imports] = await Promise.all([
      // Its time makes no difference but to the index that holds nothing else.
      this.#collection().countDocuments({
        status: "uploading",
        workspaceId,
        startedAt: { $gt: new Date(0) },
      }),
      this.#store.db
        .collection<ContactImportDocument>(CONTACT_IMPORTS)
        .countDocuments({ workspaceId, open: true }),
    ]);
    return uploads + imports;
  }

  /** Takes it back with all of its lines, unless it became an import. Idempotent. */
  async discard(id: string): Promise<void> {
    const { matchedCount } = await this.#collection().updateOne(
      { _id: id, status: { $in: ["uploading", "discarded"] } },
      { $set: { status: "discarded" } },
    );
    if (matchedCount === 0) return;
    await this.#lines.clear(id);
    await this.#collection().deleteOne({ _id: id, status: "discarded" });
  }

  /** Those that began before `before`, or were discarded by who died then. */
  async listStale(before: Date, limit: number): Promise<readonly string[]> {
    const found = await this.#collection()
      .find({ status: { $in: ["uploading", "discarded"] }, startedAt: { $lt: before } })
      .sort({ startedAt: 1 })
      .limit(limit)
      .project<Pick<ContactUploadDocument, "_id">>({ _id: 1 })
      .toArray();
    return found.map(({ _id }) => _id);
  }

  #collection() {
    return this.#store.db.collection<ContactUploadDocument>(CONTACT_IMPORTS);
  }
}
