import {
  CONTACT_FIELD_NAME_LENGTH_MAX,
  CONTACT_FIELDS_LENGTH_MAX,
  CONTACT_FIELDS_MAX,
  CONTACT_STATUSES,
  CONTACT_TAGS_MAX,
  CONTACT_TEXT_LENGTH_MAX,
  EMAIL_FORMATS,
  EMAIL_LENGTH_MAX,
  isWellFormed,
  TAG_LENGTH_MAX,
  whyNoFieldName,
} from "@hooklane/core";
import { z } from "zod";
import { listOf, listQuery, time } from "../lists.js";
import { refuse, refuseRepeated } from "../refuse.js";

/** An address as contacts have them, wherever they come from. */
export const contactEmail = z.email().max(EMAIL_LENGTH_MAX);

const fieldValue = z.union([
  z
    .string()
    .max(CONTACT_TEXT_LENGTH_MAX)
    .superRefine((text, context) => {
      if (!isWellFormed(text)) refuse(context, [], "invalid_format", "has half a character");
    }),
  z.number(),
  z.boolean(),
]);

const FIELDS =
  `A contact's own fields: texts of at most ${CONTACT_TEXT_LENGTH_MAX} characters, numbers, true and false; at most ` +
  `${CONTACT_FIELDS_MAX} and ${CONTACT_FIELDS_LENGTH_MAX} characters as JSON. A name has at most ` +
  `${CONTACT_FIELD_NAME_LENGTH_MAX} characters, no dot, and does not begin with \`$\``;

/** Checks the names of fields; how many and how large they are shows in what comes of a patch. */
const fieldsOf = <Value extends z.ZodType>(value: Value) =>
  z
    .record(z.string(), value)
    .superRefine((fields, context) => {
      for (const name of Object.keys(fields)) {
        const fault = whyNoFieldName(name);
        if (fault !== undefined) refuse(context, [name], "invalid_format", fault);
      }
    })
    .meta({ description: FIELDS, example: { city: "Lyon", orders: 3 } });

/** A contact's own fields, wherever it comes from. */
export const contactFields = fieldsOf(fieldValue);

/** Whether the audience has them is for who writes to say. */
export const contactTags = z
  .array(z.string().min(1).max(TAG_LENGTH_MAX))
  .max(CONTACT_TAGS_MAX)
  .superRefine(refuseRepeated)
  .meta({ description: "Names of the audience's tags" });

const status = z.enum(CONTACT_STATUSES);
const emailFormat = z.enum(EMAIL_FORMATS);

/** `POST /v1/audiences/{id}/contacts` */
export const createContact = z
  .strictObject({
    email: contactEmail.meta({
      description: "One contact of an audience has it, however its letters are spelled",
    }),
    emailFormat: emailFormat.optional(),
    status: status.default("subscribed"),
    fields: contactFields.default({}),
    tags: contactTags.default([]),
  })
  .meta({ id: "CreateContact" });
export type CreateContact = z.output<typeof createContact>;

/** `PATCH /v1/audiences/{id}/contacts/{contactId}` */
export const patchContact = z
  .strictObject({
    email: contactEmail.optional(),
    emailFormat: emailFormat.nullable().optional(),
    status: status.optional(),
    fields: fieldsOf(fieldValue.nullable()).nullable().optional(),
    tags: contactTags.nullable().optional(),
  })
  .meta({
    id: "PatchContact",
    description: "JSON merge patch: a field that is null is taken away, `tags` are replaced as a whole",
  });
export type PatchContact = z.output<typeof patchContact>;

/** Query of every write of contacts. */
export const contactWriteQuery = z.strictObject({
  source: z
    .enum(["api", "admin"])
    .default("api")
    .meta({
      description: "Source of the events that tell of it: `admin` where a person of the workspace does it",
      override: { type: "string", enum: ["api", "admin"], default: "api" },
    }),
});

/** `GET /v1/audiences/{id}/contacts` */
export const contactQuery = listQuery.extend({
  email: z.string().min(1).max(EMAIL_LENGTH_MAX).optional().meta({ description: "However it is spelled" }),
  tag: z.string().min(1).max(TAG_LENGTH_MAX).optional(),
  status: status.optional(),
  segmentId: z.string().min(1).max(100).optional().meta({
    description: "Of one thousand contacts looked through, those that match: pages may be short, even empty",
  }),
});

export const contact = z
  .strictObject({
    id: z.string(),
    email: z.string(),
    emailFormat: emailFormat.optional(),
    status,
    fields: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
    tags: z.array(z.string()),
    version: z.number().int(),
    createdAt: time,
    updatedAt: time,
  })
  .meta({ id: "Contact" });
export type ContactAnswer = z.input<typeof contact>;

export const contactList = listOf(contact, "ContactList");
