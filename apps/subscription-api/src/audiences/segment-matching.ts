import type { SegmentCountAnswer } from "@hooklane/contracts";
import {
  type AudienceId,
  compileContactFilter,
  type Contact,
  type Filter,
  toSubscriber,
} from "@hooklane/core";
import type { ContactRepository, SegmentDocument } from "@hooklane/store";
import { toContactAnswer } from "./contact-answer.js";
import { scanContacts } from "./scan-contacts.js";

const COUNT_LIMITS = { examinedMax: 10_000, matchingMax: Infinity };
const SAMPLE_MAX = 10;

/** Counts the contacts that meet conditions, as far as it looks. */
export async function countMatching(
  contacts: Pick<ContactRepository, "page">,
  audienceId: AudienceId,
  conditions: Filter,
): Promise<SegmentCountAnswer> {
  const { matching, examined, through } = await scanContacts(
    contacts,
    audienceId,
    {},
    toPredicate(conditions),
    COUNT_LIMITS,
  );
  return {
    count: matching.length,
    isAtLeast: through !== undefined,
    examined,
    sample: matching.slice(0, SAMPLE_MAX).map(toContactAnswer),
  };
}

/** Whether a contact meets a segment's conditions. Those that were saved by other rules than today's match nobody. */
export function toPredicate(conditions: Filter): (contact: Contact) => boolean {
  const compiled = compileContactFilter(conditions);
  return compiled.ok ? (contact) => compiled.filter.matches(toSubscriber(contact)) : () => false;
}

/** The conditions a segment was saved with. */
export const readConditions = ({ conditionsJson }: Pick<SegmentDocument, "conditionsJson">): Filter =>
  JSON.parse(conditionsJson) as Filter;
