import type { AudienceId, Contact, ContactId } from "@hooklane/core";
import type { ContactPage, ContactRepository } from "@hooklane/store";

/** Whom it begins behind, and what an index tells. */
export interface ScanStart extends Omit<ContactPage, "limit" | "after"> {
  readonly after?: ContactId | undefined;
}

/** When looking ends though the audience does not. */
export interface ScanLimits {
  readonly examinedMax: number;
  readonly matchingMax: number;
}

/** What of an audience matches, as far as it was looked at. */
export interface Scanned {
  readonly matching: readonly Contact[];
  readonly examined: number;
  /** The last one looked at; undefined: nobody is behind it. */
  readonly through: ContactId | undefined;
}

const READ_AT_ONCE = 200;

/** Conditions that take long on each contact: then few are looked at, so that calls of others are answered. */
const TIME_MAX_MS = 250;

/** Looks through contacts in the order of their ids, for what no index tells. */
export async function scanContacts(
  contacts: Pick<ContactRepository, "page">,
  audienceId: AudienceId,
  { after: from, ...of }: ScanStart,
  isMatching: (contact: Contact) => boolean,
  { examinedMax, matchingMax }: ScanLimits,
): Promise<Scanned> {
  const end = performance.now() + TIME_MAX_MS;
  const matching: Contact[] = [];
  let examined = 0;
  let after = from;
  for (;;) {
    const limit = Math.min(READ_AT_ONCE, examinedMax - examined);
    const page = await contacts.page(audienceId, { ...of, limit, ...(after !== undefined && { after }) });
    for (const contact of page) {
      if (isMatching(contact)) matching.push(contact);
      examined += 1;
      after = contact.id;
      if (matching.length === matchingMax || examined === examinedMax || performance.now() > end)
        return { matching, examined, through: after };
    }
    if (page.length < limit) return { matching, examined, through: undefined };
  }
}
