import { type Contact, compileContactFilter, planWalkPage, toSubscriber } from "@hooklane/core";
import type { ClaimedRun, TouchpointContacts, TouchpointPage } from "@hooklane/store";

/** Contacts looked at at once, and how often for one page. */
const READ_AT_ONCE = 500;
const READS_A_PAGE_MAX = 20;

/** A page with the contacts that enter by it. */
export interface PlannedPage {
  readonly page: TouchpointPage;
  readonly contacts: readonly Contact[];
}

/**
 * Whom a touchpoint is for, of the contacts as they were at its due time.
 *
 * @throws when its segment's conditions cannot be read: nobody would be left out by guessing
 */
export function toMembership({ tag, run: { conditionsJson } }: ClaimedRun): (contact: Contact) => boolean {
  const compiled =
    conditionsJson === undefined ? undefined : compileContactFilter(JSON.parse(conditionsJson));
  if (compiled?.ok === false) throw new Error("A segment's conditions cannot be read");
  const filter = compiled?.filter;
  return (contact) =>
    contact.status === "subscribed" &&
    (tag === undefined || contact.tags.includes(tag)) &&
    (filter?.matches(toSubscriber(contact)) ?? true);
}

/**
 * Looks for those who enter next. Where few are, it looks through many contacts for them, and for no one for ever: then
 * the page is short, even empty, and the next begins behind it.
 *
 * @param limit so many enter at most
 */
export async function planPage(
  contacts: Pick<TouchpointContacts, "read">,
  claimed: ClaimedRun,
  isMember: (contact: Contact) => boolean,
  limit: number,
): Promise<PlannedPage> {
  const entering: Contact[] = [];
  let after = claimed.run.walkedThrough;
  let deleted = 0;
  let isLast = false;
  for (let reads = 0; reads < READS_A_PAGE_MAX && entering.length < limit && !isLast; reads++) {
    const { walked, isEnd } = await contacts.read(claimed, after, READ_AT_ONCE);
    const planned = planWalkPage(walked, isMember, limit - entering.length);
    entering.push(...planned.entering);
    deleted += planned.deleted;
    after = planned.through ?? after;
    isLast = isEnd && planned.through === walked.at(-1)?.id;
  }
  const page = { ...(after && { through: after }), entering: entering.map(({ id }) => id), deleted, isLast };
  return { page, contacts: entering };
}
