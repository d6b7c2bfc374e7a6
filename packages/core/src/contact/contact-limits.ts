import {
  CONTACT_FIELDS_LENGTH_MAX,
  CONTACT_FIELDS_MAX,
  CONTACT_TAGS_MAX,
  type ContactState,
} from "./contact.js";

/** What a contact has too much of. A patch adds to what is there, so it shows only in what comes of it. */
export type ContactExcess = "too_many_fields" | "fields_too_large" | "too_many_tags";

/** Why a contact cannot be as it is to be; undefined when it can. */
export function whyTooMuch({
  fields,
  tags,
}: Pick<ContactState, "fields" | "tags">): ContactExcess | undefined {
  if (Object.keys(fields).length > CONTACT_FIELDS_MAX) return "too_many_fields";
  if (JSON.stringify(fields).length > CONTACT_FIELDS_LENGTH_MAX) return "fields_too_large";
  return tags.length > CONTACT_TAGS_MAX ? "too_many_tags" : undefined;
}
