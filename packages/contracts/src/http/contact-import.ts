import { CONTACT_STATUSES, CONTACT_TAGS_MAX, EMAIL_FORMATS, TAG_LENGTH_MAX, whyNoTag } from "@hooklane/core";
import { z } from "zod";
import { contactEmail, contactFields, contactTags } from "./audience/contact.js";
import { listOf, time } from "./lists.js";
import { fieldError } from "./problem.js";
import { refuse } from "./refuse.js";

const count = z.number().int().nonnegative();

/** Query of `POST /v1/audiences/{id}/imports`. */
export const contactImportQuery = z.strictObject({
  update: z
    .enum(["true", "false"])
    .default("true")
    .meta({ description: "Change contacts the audience has; `false`: leave them as they are" }),
  tags: z
    .string()
    .min(1)
    .max(CONTACT_TAGS_MAX * (TAG_LENGTH_MAX + 1))
    .transform((text) => [...new Set(text.split(",").map((tag) => tag.trim()))])
    .superRefine((tags, context) => {
      for (const fault of tags.flatMap((tag) => whyNoTag(tag) ?? []))
        refuse(context, [], "invalid_format", fault);
      if (tags.length > CONTACT_TAGS_MAX)
        refuse(context, [], "too_long", `must have at most ${CONTACT_TAGS_MAX}`);
    })
    .optional()
    .meta({
      description: "Tags every contact gets, separated by commas",
      override: { type: "string", minLength: 1 },
    }),
});

/** A contact as uploads have it. What is not said is left as it is, and of a new contact what it is by default. */
export const importedContact = z
  .strictObject({
    email: contactEmail,
    emailFormat: z.enum(EMAIL_FORMATS).exactOptional(),
    status: z.enum(CONTACT_STATUSES).exactOptional(),
    fields: contactFields.exactOptional(),
    tags: contactTags.exactOptional().meta({ description: "Added to those it has" }),
  })
  .meta({ id: "ImportedContact" });

/** `POST /v1/audiences/{id}/imports` as `application/json`. */
export const contactImportJson = z
  .array(importedContact)
  .meta({ description: "Contacts; an element that is none is reported, and the rest goes on" });

/** `POST /v1/audiences/{id}/imports` as `text/csv`. */
export const contactImportCsv = z.string().meta({
  id: "ContactImportCsv",
  description:
    "RFC 4180 in UTF-8 with a header line; columns are separated by commas, semicolons or tabs. Columns `email` (required), `email_format`, `status` and `tags` (separated by `|`), in whatever case; any other, `fields.x` as well as `x`, is a field of the contact's own. An empty cell changes nothing",
  example: "email,status,tags,city\nlea@example.org,subscribed,vip|fr,Paris\n",
});

/** `POST /v1/audiences/{id}/imports` as `application/x-ndjson`. */
export const contactImportNdjson = z.string().meta({
  id: "ContactImportNdjson",
  description: "A line each a contact, as `application/json` has them",
  example: '{"email":"lea@example.org","tags":["vip"],"fields":{"city":"Paris"}}\n',
});

/** A job as `GET /v1/jobs/{id}` tells of it. */
export const contactImportJob = z
  .strictObject({
    id: z.string(),
    kind: z.literal("contact_import"),
    status: z.enum(["running", "completed", "failed", "cancelled"]).meta({
      description: "`failed`: what is not `done` was not written, see `error`. What was written before stays",
    }),
    phase: z.enum(["writing", "ending", "done"]).meta({
      description: "`ending`: nothing more is written, and `contacts.import_finished` is being put in line",
    }),
    audienceId: z.string(),
    update: z.boolean(),
    tags: z.array(z.string()),
    total: count.meta({ description: "Lines with something in them; elements of a JSON array" }),
    done: count.meta({ description: "Of these, looked at" }),
    added: count,
    updated: count,
    unchanged: count.meta({ description: "As they were before; with `update=false`, the audience had them" }),
    rejected: count.meta({ description: "Why: `GET /v1/audiences/{id}/imports/{job}/errors`" }),
    error: z.string().optional().meta({ description: "Why it failed" }),
    createdAt: time,
    finishedAt: time.optional(),
  })
  .meta({ id: "ContactImportJob" });
export type ContactImportJobAnswer = z.input<typeof contactImportJob>;

/** `GET /v1/audiences/{id}/imports` */
export const contactImportList = listOf(contactImportJob, "ContactImportList");

/** What is wrong with one line. */
export const contactImportError = fieldError
  .extend({
    line: z.number().int().positive().meta({
      description: "Of the upload, from 1, the header's included; of a JSON array the element, from 1",
    }),
    path: z.string().meta({ description: "Dotted path into the contact; empty for the line itself" }),
  })
  .strict()
  .meta({ id: "ContactImportError" });
export type ContactImportErrorAnswer = z.input<typeof contactImportError>;

/** `GET /v1/audiences/{id}/imports/{job}/errors` */
export const contactImportErrorList = listOf(contactImportError, "ContactImportErrorList");
