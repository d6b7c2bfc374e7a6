import type { Logger } from "@hooklane/service";
import {
  AudienceRepository,
  ContactImportRepository,
  ContactUploads,
  ImportErrors,
  ImportLines,
  type Store,
  TagRepository,
} from "@hooklane/store";
import { contactImportOperations } from "./contact-imports/contact-import-operations.js";
import { ContactUpload } from "./contact-imports/contact-upload.js";
import type { Operation } from "./http/operation.js";
import { newJobId } from "./ids.js";

/** Lines of an upload. */
const UPLOAD_LINES_MAX = 1_000_000;

/** Imports of contacts. */
export function createImportOperations(
  store: Store,
  logger: Pick<Logger, "warn">,
  now: () => Date,
): readonly Operation[] {
  const uploads = new ContactUploads(store);
  return contactImportOperations({
    audiences: new AudienceRepository(store),
    tags: new TagRepository(store),
    imports: new ContactImportRepository(store),
    uploads,
    errors: new ImportErrors(store),
    upload: new ContactUpload({
      uploads,
      lines: new ImportLines(store),
      linesMax: UPLOAD_LINES_MAX,
      logger,
      now,
    }),
    newJob: newJobId,
    now,
  });
}
