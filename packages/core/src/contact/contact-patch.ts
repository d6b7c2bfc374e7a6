import type { ContactFieldValue, ContactState, ContactStatus, EmailFormat } from "./contact.js";

/** What of a contact is to change; what is absent stays. */
export interface ContactPatch {
  readonly email?: string | undefined;
  /** Null: it has none any more. */
  readonly emailFormat?: EmailFormat | null | undefined;
  readonly status?: ContactStatus | undefined;
  /** By their names; null takes one away, or, for `fields` itself, all. */
  readonly fields?: Readonly<Record<string, ContactFieldValue | null>> | null | undefined;
  /** All of them. */
  readonly tags?: readonly string[] | undefined;
  /** Beside those it has, or those of `tags`. */
  readonly addTags?: readonly string[] | undefined;
  readonly removeTags?: readonly string[] | undefined;
}

/** A contact there is nothing of yet: subscribed, unless it is said otherwise. */
const blank = (email: string): ContactState => ({ email, status: "subscribed", fields: {}, tags: [] });

/** The state of a new contact. */
export const toNewContactState = (email: string, patch: ContactPatch): ContactState =>
  applyContactPatch(blank(email), patch);

/** The state a patch makes of a contact's. Repeated tags are one. */
export function applyContactPatch(state: ContactState, patch: ContactPatch): ContactState {
  const { emailFormat: knownFormat, ...known } = state;
  const emailFormat = patch.emailFormat === undefined ? knownFormat : patch.emailFormat;
  return {
    ...known,
    email: patch.email ?? state.email,
    ...(emailFormat && { emailFormat }),
    status: patch.status ?? state.status,
    fields: patchFields(state.fields, patch.fields),
    tags: patchTags(patch.tags ?? state.tags, patch),
  };
}

function patchFields(known: ContactState["fields"], patch: ContactPatch["fields"]): ContactState["fields"] {
  if (patch === undefined) return known;
  const fields = Object.entries(patch === null ? {} : { ...known, ...patch });
  return Object.fromEntries(
    fields.filter((field): field is [string, ContactFieldValue] => field[1] !== null),
  );
}

function patchTags(
  tags: readonly string[],
  { addTags = [], removeTags = [] }: ContactPatch,
): readonly string[] {
  const removed = new Set(removeTags);
  return [...new Set([...tags, ...addTags])].filter((tag) => !removed.has(tag)).sort();
}
