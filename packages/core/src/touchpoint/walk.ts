import type { ContactId } from "../ids.js";

/** A contact on the walk through an audience. */
export interface WalkedContact<Contact> {
  readonly id: ContactId;
  /** As it is; undefined: it is not there (any more). */
  readonly current: Contact | undefined;
  /** As it was at the due time, where it was changed since: undefined within, it was not there. */
  readonly before: { readonly contact: Contact | undefined } | undefined;
}

/** A part of a walk: what is to be done about the contacts up to `through`. */
export interface WalkPage<Contact> {
  /** Undefined: none was looked at. */
  readonly through: ContactId | undefined;
  /** Those that get their request, as of the due time, in order. */
  readonly entering: readonly Contact[];
  /** Those that would have, and were deleted since. */
  readonly deleted: number;
}

/**
 * Decides about contacts in the order of their ids: those enter that belonged to it at the due time, but for who was
 * deleted since.
 *
 * @param limit so many enter at most; `through` is then the last of them
 */
export function planWalkPage<Contact>(
  walked: readonly WalkedContact<Contact>[],
  isMember: (contact: Contact) => boolean,
  limit: number,
): WalkPage<Contact> {
  const entering: Contact[] = [];
  let through: ContactId | undefined;
  let deleted = 0;
  for (const { id, current, before } of walked) {
    if (entering.length === limit) break;
    through = id;
    const contact = before ? before.contact : current;
    if (contact === undefined || !isMember(contact)) continue;
    if (current === undefined) deleted++;
    else entering.push(contact);
  }
  return { through, entering, deleted };
}

/** What was read of an audience from one place on, each in the order of the ids. */
export interface ReadPart<Contact> {
  readonly contacts: readonly { readonly id: ContactId; readonly contact: Contact }[];
  readonly befores: readonly { readonly id: ContactId; readonly contact: Contact | undefined }[];
  /** Each read gives so many at most: of what is behind the last of a full one, nothing is known. */
  readonly limit: number;
}

/** The contacts up to where both reads reach. */
export interface MergedPart<Contact> {
  /** `current` of those that only a `before` tells of is undefined, whether or not they are there. */
  readonly walked: readonly WalkedContact<Contact>[];
  /** There is nothing behind them. */
  readonly isEnd: boolean;
}

/** Puts contacts as they are and as they were side by side. */
export function mergeReadPart<Contact>({ contacts, befores, limit }: ReadPart<Contact>): MergedPart<Contact> {
  const ends = [contacts, befores].flatMap((read) => (read.length < limit ? [] : (read.at(-1)?.id ?? [])));
  const end = ends.length === 0 ? undefined : ends.reduce((one, other) => (one < other ? one : other));
  const isKnown = ({ id }: { readonly id: ContactId }): boolean => end === undefined || id <= end;
  const current = new Map(contacts.filter(isKnown).map(({ id, contact }) => [id, contact]));
  const before = new Map(befores.filter(isKnown).map(({ id, contact }) => [id, { contact }]));
  const ids = [...new Set([...current.keys(), ...before.keys()])].sort();
  return {
    walked: ids.map((id) => ({ id, current: current.get(id), before: before.get(id) })),
    isEnd: end === undefined,
  };
}
