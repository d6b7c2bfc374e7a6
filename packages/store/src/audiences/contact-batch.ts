import {
  type AudienceId,
  type Contact,
  type ContactEvent,
  type ContactId,
  type ContactPatch,
  type ContactPlan,
  type ContactState,
  applyContactPatch,
  planContactWrite,
  toEmailKey,
  toNewContactState,
  whyTooMuch,
} from "@hooklane/core";
import { newContactId } from "./contact.js";
import type { ContactOutcome, ContactRejection, ContactWrite } from "./contact-write.js";

/** What is known of the audience before the writes. */
export interface ContactBatchStart {
  readonly audienceId: AudienceId;
  /** Every contact the writes name, by id or by address. */
  readonly contacts: readonly Contact[];
  /** Which of the tags the writes name the audience has. */
  readonly tags: ReadonlySet<string>;
  readonly at: Date;
}

/** A change that was planned, in its order. */
export interface PlannedChange {
  readonly kind: "added" | "updated" | "deleted";
  readonly contact: Contact;
  readonly events: readonly ContactEvent[];
}

/**
 * Writes of one audience, planned one after the other: each sees what those before it make of the contacts. Decides, and
 * stores nothing.
 */
export class ContactBatch {
  readonly #start: ContactBatchStart;
  readonly #byId = new Map<ContactId, Contact>();
  readonly #byEmail = new Map<string, Contact>();
  /** As the first write to touch it found it; undefined: it was added here. */
  readonly #before = new Map<ContactId, Contact | undefined>();
  readonly #changes: PlannedChange[] = [];

  constructor(start: ContactBatchStart) {
    this.#start = start;
    for (const contact of start.contacts) this.#keep(contact);
  }

  get changes(): readonly PlannedChange[] {
    return this.#changes;
  }

  /** Of every contact changed, how it was before all of the writes. */
  get before(): ReadonlyMap<ContactId, Contact | undefined> {
    return this.#before;
  }

  plan(write: ContactWrite): ContactOutcome {
    switch (write.kind) {
      case "add": {
        const holder = this.#byEmail.get(toEmailKey(write.email));
        return holder
          ? rejected({ reason: "email_taken", by: holder.id })
          : this.#set(undefined, toNewContactState(write.email, write.patch), write.patch);
      }
      case "put": {
        const { email: _, ...patch } = write.patch;
        const current = this.#byEmail.get(toEmailKey(write.email));
        return current
          ? this.#set(current, applyContactPatch(current, patch), patch)
          : this.#set(undefined, toNewContactState(write.email, patch), patch);
      }
      case "change": {
        const found = this.#find(write);
        return "reason" in found
          ? rejected(found)
          : this.#set(found, applyContactPatch(found, write.patch), write.patch);
      }
      case "delete": {
        const found = this.#find(write);
        return "reason" in found
          ? rejected(found)
          : this.#carryOut(found, planContactWrite(found, undefined, this.#start.at));
      }
    }
  }

  #find({
    contactId,
    expectedVersion,
  }: Extract<ContactWrite, { kind: "change" | "delete" }>): Contact | ContactRejection {
    const found = this.#byId.get(contactId);
    if (!found) return { reason: "not_found" };
    const { version } = found;
    return expectedVersion === undefined || expectedVersion === version
      ? found
      : { reason: "moved", version };
  }

  #set(current: Contact | undefined, wanted: ContactState, patch: ContactPatch): ContactOutcome {
    const holder = this.#byEmail.get(toEmailKey(wanted.email));
    if (holder && holder.id !== current?.id) return rejected({ reason: "email_taken", by: holder.id });
    const unknown = namedTags(patch).filter((tag) => !this.#start.tags.has(tag));
    if (unknown.length > 0) return rejected({ reason: "unknown_tag", tags: unknown });
    const excess = whyTooMuch(wanted);
    if (excess) return rejected({ reason: excess });
    const id = current?.id ?? newContactId();
    const { audienceId, at } = this.#start;
    return this.#carryOut(current, planContactWrite(current, { ...wanted, id, audienceId }, at));
  }

  #carryOut(current: Contact | undefined, plan: ContactPlan): ContactOutcome {
    if (plan.kind === "absent") return rejected({ reason: "not_found" });
    const { kind, contact } = plan;
    if (kind === "unchanged") return { kind, contact };
    if (!this.#before.has(contact.id)) this.#before.set(contact.id, current);
    if (current) this.#byEmail.delete(toEmailKey(current.email));
    if (kind === "deleted") this.#byId.delete(contact.id);
    else this.#keep(contact);
    this.#changes.push({ kind, contact, events: plan.events });
    return { kind, contact };
  }

  #keep(contact: Contact): void {
    this.#byId.set(contact.id, contact);
    this.#byEmail.set(toEmailKey(contact.email), contact);
  }
}

/** Tags a patch gives. */
export const namedTags = ({ tags = [], addTags = [] }: ContactPatch): readonly string[] => [
  ...new Set([...tags, ...addTags]),
];

const rejected = (rejection: ContactRejection): ContactOutcome => ({ kind: "rejected", ...rejection });
