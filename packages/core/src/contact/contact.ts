import type { AudienceId, ContactId } from "../ids.js";

export const CONTACT_STATUSES = ["subscribed", "unsubscribed"] as const;
export type ContactStatus = (typeof CONTACT_STATUSES)[number];

export const EMAIL_FORMATS = ["html", "text"] as const;
export type EmailFormat = (typeof EMAIL_FORMATS)[number];

/** An address has at most so many characters (RFC 5321 §4.5.3.1.3, without its angle brackets). */
export const EMAIL_LENGTH_MAX = 254;

/** Fields of a contact's own, tags of a contact. */
export const CONTACT_FIELDS_MAX = 100;
export const CONTACT_TAGS_MAX = 100;

/** UTF-16 units of a field's name, of a text in one, of a tag. */
export const CONTACT_FIELD_NAME_LENGTH_MAX = 64;
export const CONTACT_TEXT_LENGTH_MAX = 2_000;
export const TAG_LENGTH_MAX = 64;

/** All fields of a contact as JSON, UTF-16 units: events that tell of it stay far below what an event may have. */
export const CONTACT_FIELDS_LENGTH_MAX = 32_768;

/** A contact's own fields have one value each: what segments and templates can compare and print. */
export type ContactFieldValue = string | number | boolean;

/** What can be written of a contact. */
export interface ContactState {
  /** As it was given; {@link toEmailKey} tells whether two are the same. */
  readonly email: string;
  readonly emailFormat?: EmailFormat;
  readonly status: ContactStatus;
  readonly fields: Readonly<Record<string, ContactFieldValue>>;
  /** Names, each once, in the order of their UTF-16 units. */
  readonly tags: readonly string[];
}

/** A person in an audience (product.md W6b). */
export interface Contact extends ContactState {
  readonly id: ContactId;
  readonly audienceId: AudienceId;
  /** Raised by every change, from 1. */
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** A contact as events tell of it and as segments see it. */
export interface Subscriber {
  readonly id: ContactId;
  readonly audience_id: AudienceId;
  readonly email: string;
  readonly email_format?: EmailFormat;
  readonly fields: ContactState["fields"];
  readonly tags: readonly string[];
  readonly status: ContactStatus;
}

/** The catalogue's `subscriber`. */
export function toSubscriber({
  id,
  audienceId,
  email,
  emailFormat,
  fields,
  tags,
  status,
}: Omit<Contact, "version" | "createdAt" | "updatedAt">): Subscriber {
  return {
    id,
    audience_id: audienceId,
    email,
    ...(emailFormat && { email_format: emailFormat }),
    fields,
    tags,
    status,
  };
}

/** By which addresses are compared: one contact of an audience has it. */
export const toEmailKey = (email: string): string => email.toLowerCase();
