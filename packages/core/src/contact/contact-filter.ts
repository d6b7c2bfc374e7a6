import { compileFilterOf, type FilterCompilation } from "../filter/compile-filter.js";
import type { FilterSubject } from "../filter/filter.js";
import type { Subscriber } from "./contact.js";

/** What conditions of segments are about. */
export const CONTACT_SUBJECT: FilterSubject = {
  fields: [
    "id",
    "audience_id",
    "email",
    "email_format",
    "fields",
    "tags",
    "status",
  ] satisfies (keyof Subscriber)[],
  openField: "fields" satisfies keyof Subscriber,
};

/** Compiles a segment's conditions for many contacts, or says what is wrong with them. Never throws. */
export const compileContactFilter = (conditions: unknown): FilterCompilation<Subscriber> =>
  compileFilterOf<Subscriber>(conditions, CONTACT_SUBJECT);
