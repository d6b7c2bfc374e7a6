import { type FieldError, importedContact, toFieldErrors } from "@hooklane/contracts";
import { whyNoFieldName } from "@hooklane/core";
import type { ImportLine } from "@hooklane/store";
import type { ReadLine } from "./reading/contact-reader.js";

/** What is kept of a line: its contact, checked, or what is wrong with it. */
export function toImportLine(read: ReadLine): ImportLine {
  const { line } = read;
  if ("error" in read) return { line, errors: [read.error] };
  const parsed = importedContact.safeParse(read.value);
  const errors = parsed.success ? [] : toFieldErrors(parsed.error.issues, read.value);
  const all = [...errors, ...findLostField(read.value)];
  if (!parsed.success || all.length > 0) return { line, errors: all };
  // Tags are added to those it has: a file seldom knows all of them.
  const { tags: addTags, ...contact } = parsed.data;
  return { line, contact: { ...contact, ...(addTags && { addTags }) } };
}

/** The one name of a field that a schema's parser leaves out before anybody can refuse it. */
const LOST_NAME = "__proto__";

/** Bodies of other calls have no such name anywhere; lines of an upload are not looked through as they are read. */
function findLostField(value: unknown): readonly FieldError[] {
  const fields = ownOf(value, "fields");
  if (!isObject(fields) || !Object.hasOwn(fields, LOST_NAME)) return [];
  const message = whyNoFieldName(LOST_NAME) ?? "is a name that cannot be used";
  return [{ path: `fields.${LOST_NAME}`, code: "invalid_format", message }];
}

const isObject = (value: unknown): value is object => typeof value === "object" && value !== null;

const ownOf = (value: unknown, name: string): unknown =>
  isObject(value) && Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : undefined;
