import type { NativeEvent } from "../event.js";
import { asEventId, toContactRecordId } from "../ids.js";
import type { EventSource } from "../vocabulary.js";
import { type Contact, type ContactState, toEmailKey, toSubscriber } from "./contact.js";

/** The audience events a contact's change fires (product.md W6b). */
export const CONTACT_EVENT_TYPES = [
  "audience.subscribed",
  "audience.unsubscribed",
  "audience.profile_updated",
  "audience.email_changed",
] as const;
export type ContactEventType = (typeof CONTACT_EVENT_TYPES)[number];

/** What tells of a change; which of the workspace's webhooks get it is not decided here. */
export interface ContactEvent {
  readonly type: ContactEventType;
  /** As the catalogue's schema of the type has it. */
  readonly data: Readonly<Record<string, unknown>>;
}

/** A contact as it is to be; undefined where it is to be gone. */
export type WantedContact = ContactState & Pick<Contact, "id" | "audienceId">;

/** A write of one contact and the events that tell of it, in the order in which they are to be sent. */
export type ContactPlan =
  | {
      readonly kind: "added" | "updated";
      readonly contact: Contact;
      readonly events: readonly ContactEvent[];
    }
  | { readonly kind: "unchanged"; readonly contact: Contact; readonly events: readonly [] }
  /** `contact`: as it was, with the version its end has. */
  | { readonly kind: "deleted"; readonly contact: Contact; readonly events: readonly ContactEvent[] }
  /** There was none, and there is to be none. */
  | { readonly kind: "absent"; readonly events: readonly [] };

/**
 * What a write makes of a contact, and what it fires. Pure.
 *
 * - Added or subscribed again: `audience.subscribed`. Added as unsubscribed: nothing, as nobody subscribed.
 * - Unsubscribed, or deleted while subscribed: `audience.unsubscribed`.
 * - Another address: `audience.email_changed`. Anything else of it: `audience.profile_updated`. Both come before what its
 *   status tells: what is last is how it is.
 *
 * @param at the time of the change
 */
export function planContactWrite(
  current: Contact | undefined,
  wanted: WantedContact | undefined,
  at: Date,
): ContactPlan {
  if (!current) return wanted ? planAdded(wanted, at) : { kind: "absent", events: [] };
  if (!wanted) return planDeleted(current, at);
  const contact: Contact = {
    ...wanted,
    version: current.version + 1,
    createdAt: current.createdAt,
    updatedAt: at,
  };
  const changed = changedFields(current, wanted);
  const isSwitched = current.status !== wanted.status;
  if (changed.length === 0 && !isSwitched && current.email === wanted.email)
    return { kind: "unchanged", contact: current, events: [] };
  const events: ContactEvent[] = [];
  if (isOtherAddress(current, wanted)) events.push(emailChanged(current, wanted));
  if (changed.length > 0) events.push(profileUpdated(contact, changed));
  if (isSwitched) events.push(wanted.status === "subscribed" ? subscribed(contact) : unsubscribed(contact));
  return { kind: "updated", contact, events };
}

function planAdded(wanted: WantedContact, at: Date): ContactPlan {
  const contact: Contact = { ...wanted, version: 1, createdAt: at, updatedAt: at };
  return { kind: "added", contact, events: wanted.status === "subscribed" ? [subscribed(contact)] : [] };
}

function planDeleted(current: Contact, at: Date): ContactPlan {
  const contact: Contact = { ...current, version: current.version + 1, updatedAt: at };
  const events = current.status === "subscribed" ? [unsubscribed(contact, "deleted")] : [];
  return { kind: "deleted", contact, events };
}

const subscribed = (contact: Contact): ContactEvent => ({
  type: "audience.subscribed",
  data: { subscriber: toSubscriber(contact) },
});

const unsubscribed = (
  contact: Contact,
  action: "unsubscribed" | "deleted" = "unsubscribed",
): ContactEvent => ({
  type: "audience.unsubscribed",
  data: { subscriber: toSubscriber(contact), action, reason: "manual", campaign_id: null },
});

const profileUpdated = (contact: Contact, changedFields: readonly string[]): ContactEvent => ({
  type: "audience.profile_updated",
  data: { subscriber: toSubscriber(contact), changed_fields: changedFields },
});

const emailChanged = (before: Contact, after: WantedContact): ContactEvent => ({
  type: "audience.email_changed",
  data: {
    audience_id: before.audienceId,
    subscriber_id: before.id,
    old_email: before.email,
    new_email: after.email,
  },
});

const isOtherAddress = (before: ContactState, after: ContactState): boolean =>
  toEmailKey(before.email) !== toEmailKey(after.email);

/**
 * Of the profile: names of the contact's own fields, and `email_format`, `tags`, `email` where the same address is
 * spelled differently; sorted, each once.
 */
function changedFields(before: ContactState, after: ContactState): readonly string[] {
  const names = new Set([...Object.keys(before.fields), ...Object.keys(after.fields)]);
  const changed = [...names].filter((name) => fieldOf(before, name) !== fieldOf(after, name));
  if (before.emailFormat !== after.emailFormat) changed.push("email_format");
  if (!isSameList(before.tags, after.tags)) changed.push("tags");
  if (before.email !== after.email && !isOtherAddress(before, after)) changed.push("email");
  return [...new Set(changed)].sort();
}

const fieldOf = ({ fields }: ContactState, name: string) =>
  Object.hasOwn(fields, name) ? fields[name] : undefined;

const isSameList = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && one.every((value, index) => value === other[index]);

/**
 * An event of a planned write in native form. Its id is the same whoever makes it.
 *
 * @param ordinal of the event among those of the write, from 0
 */
export function toContactEvent(
  { id, version, updatedAt }: Contact,
  { type, data }: ContactEvent,
  ordinal: number,
  source: EventSource,
): NativeEvent {
  return {
    id: asEventId(toContactRecordId(id, version, ordinal)),
    type,
    timestamp: updatedAt.toISOString(),
    source,
    data,
  };
}
