import { importedContact, toFieldErrors } from "@hooklane/contracts";
import type { ImportLine } from "@hooklane/store";
import type { ReadLine } from "./reading/contact-reader.js";

/** What is kept of a line: its contact, checked, or what is wrong with it. */
export function toImportLine(read: ReadLine): ImportLine {
  const { line } = read;
  if ("error" in read) return { line, errors: [read.error] };
  const parsed = importedContact.safeParse(read.value);
  if (!parsed.success) return { line, errors: toFieldErrors(parsed.error.issues, read.value) };
  // Tags are added to those it has: a file seldom knows all of them.
  const { tags: addTags, ...contact } = parsed.data;
  return { line, contact: { ...contact, ...(addTags && { addTags }) } };
}
