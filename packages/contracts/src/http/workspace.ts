import { DISABLE_POLICIES, LANGUAGES, SELF_HOSTED } from "@hooklane/core";
import { z } from "zod";
import { PRESETS } from "../catalogue/catalogue.js";
import { destinationUrl } from "./checked-url.js";
import type { IssueParams } from "./field-errors.js";
import { listOf, time } from "./lists.js";

const contact = z.strictObject({
  email: z.email().max(254),
  language: z.enum(LANGUAGES),
});

const timeZone = z
  .string()
  .max(64)
  .superRefine((text, context) => {
    if (isTimeZone(text)) return;
    context.addIssue({
      code: "custom",
      params: { code: "invalid_value" } satisfies IssueParams,
      message: "must be an IANA time zone, such as Europe/Paris",
    });
  })
  .meta({ description: "IANA name, used in mails", example: "Europe/Paris" });

function isTimeZone(text: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: text }).resolvedOptions().timeZone.length > 0;
  } catch {
    return false;
  }
}

const redactPath = z
  .string()
  .regex(/^data(?:\.[^.\s]{1,100}){1,10}$/, "must be a dotted path into data, such as data.contact.email")
  .max(300);

const settings = {
  name: z.string().trim().min(1).max(100),
  contacts: z.array(contact).min(1).max(20).meta({ description: "Told when a webhook is disabled" }),
  timeZone,
  disablePolicy: z.enum(DISABLE_POLICIES).meta({ description: "Which webhooks the 31st error disables" }),
  redact: z.array(redactPath).max(50).meta({
    description:
      "Paths into events that are stored and shown as `[redacted]`; receivers get the original, which is kept sealed. A change holds for later events",
  }),
  retentionDays: z.number().int().min(1).max(365).meta({ description: "Days the logs are kept" }),
};

const operationalWebhook = z
  .strictObject({ url: destinationUrl })
  .meta({ description: "Told beside the contacts; signed with a secret of its own" });

/** `POST /v1/workspaces` */
export const createWorkspace = z
  .strictObject({
    name: settings.name,
    contacts: settings.contacts,
    plan: z
      .string()
      .min(1)
      .max(100)
      .default(SELF_HOSTED.id)
      .meta({ description: "The id of a plan; by default everything is on", example: "mail.standard" }),
    timeZone: settings.timeZone.default("UTC"),
    presets: z
      .array(z.enum(PRESETS))
      .default([...PRESETS])
      .meta({ description: "Sets of event types to install" }),
    disablePolicy: settings.disablePolicy.default("worst"),
    redact: settings.redact.default([]),
    retentionDays: settings.retentionDays.default(30),
    operationalWebhook: operationalWebhook.optional(),
  })
  .meta({ id: "CreateWorkspace" });
export type CreateWorkspace = z.output<typeof createWorkspace>;

/** What a workspace key may change; the merged state is checked. `plan` is the operator's. */
export const workspaceSettings = z.strictObject({
  ...settings,
  operationalWebhook: operationalWebhook.optional(),
});

/** `PATCH /v1/workspace`, a JSON merge patch. */
export const patchWorkspace = z
  .strictObject({
    name: settings.name.optional(),
    contacts: settings.contacts.optional(),
    timeZone: settings.timeZone.nullable().optional(),
    disablePolicy: settings.disablePolicy.nullable().optional(),
    redact: settings.redact.nullable().optional(),
    retentionDays: settings.retentionDays.nullable().optional(),
    operationalWebhook: operationalWebhook.nullable().optional(),
  })
  .meta({ id: "PatchWorkspace", description: "JSON merge patch: null sets back to the default" });

export const workspace = z
  .strictObject({
    id: z.string(),
    name: z.string(),
    contacts: z.array(z.strictObject({ email: z.string(), language: z.enum(LANGUAGES) })),
    plan: z.string(),
    timeZone: z.string(),
    disablePolicy: z.enum(DISABLE_POLICIES),
    redact: z.array(z.string()),
    retentionDays: z.number(),
    operationalWebhook: z
      .strictObject({
        url: z.string(),
        secret: z.string().optional().meta({ description: "Given when the URL was set, this once" }),
      })
      .optional(),
    version: z.number().int(),
    createdAt: time,
    updatedAt: time,
  })
  .meta({ id: "Workspace" });
export type WorkspaceAnswer = z.input<typeof workspace>;

/** 201 of `POST /v1/workspaces` */
export const createdWorkspace = workspace
  .extend({
    apiKey: z.string().meta({ description: "The workspace's first key, with all scopes, shown this once" }),
  })
  .meta({ id: "CreatedWorkspace" });

export const workspaceList = listOf(workspace, "WorkspaceList");
