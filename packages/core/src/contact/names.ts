import { isInherited } from "../filter/field-path.js";
import { CONTACT_FIELD_NAME_LENGTH_MAX, TAG_LENGTH_MAX } from "./contact.js";

/** Control, format, private, unassigned and surrogate code points, and line breaks. */
const UNPRINTABLE = /[\p{C}\p{Zl}\p{Zp}]/u;

/**
 * Why a text cannot name a contact's own field, for people: goes on after it; undefined when it can. Every name can be
 * told in a path of a segment's conditions and of a template.
 */
export function whyNoFieldName(name: string): string | undefined {
  if (name.trim() !== name || name.length === 0) return "must not be empty, or begin or end with a blank";
  if (name.length > CONTACT_FIELD_NAME_LENGTH_MAX)
    return `must have at most ${CONTACT_FIELD_NAME_LENGTH_MAX} characters in its name`;
  if (UNPRINTABLE.test(name)) return "must have printable characters only in its name";
  if (name.includes(".") || name.startsWith("$"))
    return "must not have a dot in its name, or $ at its beginning";
  return isInherited(name) ? "is a name that cannot be used" : undefined;
}

/** Why a text cannot be a tag, as {@link whyNoFieldName}. */
export function whyNoTag(name: string): string | undefined {
  if (name.trim() !== name || name.length === 0) return "must not be empty, or begin or end with a blank";
  if (name.length > TAG_LENGTH_MAX) return `must have at most ${TAG_LENGTH_MAX} characters`;
  return UNPRINTABLE.test(name) ? "must have printable characters only" : undefined;
}

/** Whether a text is whole: half a surrogate pair is stored as something else. */
export const isWellFormed = (text: string): boolean => !/\p{Cs}/u.test(text);
