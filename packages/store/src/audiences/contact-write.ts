import type { Contact, ContactExcess, ContactId, ContactPatch, EventSource } from "@hooklane/core";

/** A write of one contact. */
export type ContactWrite =
  /** Makes one; rejected where the audience has the address. */
  | { readonly kind: "add"; readonly email: string; readonly patch: ContactPatch }
  /** Makes one, or changes the one that has the address. `patch.email` is not looked at. */
  | { readonly kind: "put"; readonly email: string; readonly patch: ContactPatch }
  | {
      readonly kind: "change";
      readonly contactId: ContactId;
      /** Rejected where it is at another. */
      readonly expectedVersion?: number | undefined;
      readonly patch: ContactPatch;
    }
  | {
      readonly kind: "delete";
      readonly contactId: ContactId;
      readonly expectedVersion?: number | undefined;
    };

export type ContactRejection =
  /** The audience is deleted: no write of it is done. */
  | { readonly reason: "audience_deleted" }
  | { readonly reason: "not_found" }
  | { readonly reason: "moved"; readonly version: number }
  | { readonly reason: "email_taken"; readonly by: ContactId }
  /** Names the audience has no tag of, in their order. */
  | { readonly reason: "unknown_tag"; readonly tags: readonly string[] }
  | { readonly reason: ContactExcess };

/** What became of a write. */
export type ContactOutcome =
  /** `contact` is as it is now; of one deleted, as it was, with the version its end has. */
  | { readonly kind: "added" | "updated" | "unchanged" | "deleted"; readonly contact: Contact }
  | ({ readonly kind: "rejected" } & ContactRejection);

/** Of all writes of a call. */
export interface ContactWriteOptions {
  /** Of the events that tell of it: `api`, `admin` or `import`. */
  readonly source: EventSource;
  /** The time of the change. */
  readonly at: Date;
}
