import { WEBHOOK_KINDS, WEBHOOK_ACCESSES } from "@hooklane/core";
import { z } from "zod";
import { time } from "./lists.js";
import { refuse, refuseRepeated } from "./refuse.js";

const EVENT_TYPES_MAX = 200;

const part = "[a-z][a-z0-9_-]*";

const family = z
  .string()
  .max(50)
  .regex(new RegExp(`^${part}$`), "must be lower-case letters, digits, - and _, such as mail");

const id = z
  .string()
  .max(100)
  .regex(new RegExp(`^${part}\\.${part}$`), "must be family and name, such as mail.standard")
  .meta({ example: "mail.standard" });

const access = z.enum(WEBHOOK_ACCESSES);

const perKind = z
  .strictObject({
    events: access.optional(),
    audience: access.optional(),
    journey_point: access.optional(),
    touchpoint: access.optional(),
  } satisfies Record<(typeof WEBHOOK_KINDS)[number], unknown>)
  .meta({ description: "Kinds of webhooks that differ" });

const label = z.string().trim().min(1).max(100);

const upgradeUrl = z
  .url({ protocol: /^https?$/, error: "must be an http or https URL" })
  .max(2_000)
  .meta({ description: "Where people of this plan upgrade. Absent: the console's page of plans" });

const fields = {
  rank: z
    .number()
    .int()
    .min(0)
    .max(1_000_000)
    .meta({ description: "Place in the family; the lowest is the cheapest" }),
  name: z.strictObject({ en: label, fr: label }),
  webhooks: z.strictObject({
    access: access.meta({
      description: "`none`: no webhooks; `configure`: they stay drafts; `full`: they can be activated",
    }),
    perKind: perKind.optional(),
  }),
  events: z.strictObject({
    locked: z
      .array(z.string().min(1).max(200))
      .max(EVENT_TYPES_MAX)
      .superRefine(refuseRepeated)
      .meta({ description: "Types that are not delivered; events of them are accepted", uniqueItems: true }),
  }),
};

const settings = z.strictObject({
  rank: fields.rank,
  name: fields.name,
  webhooks: fields.webhooks,
  events: fields.events.default({ locked: [] }),
  upgradeUrl: upgradeUrl.optional(),
});

/** `POST /v1/plans` */
export const createPlan = settings
  .extend({ id, family })
  .superRefine((given, context) => {
    // One that has no dot is told so already.
    if (!given.id.includes(".") || given.id.startsWith(`${given.family}.`)) return;
    refuse(context, ["id"], "invalid_value", "must begin with the family and a dot");
  })
  .meta({ id: "CreatePlan" });
export type CreatePlan = z.output<typeof createPlan>;

/** What a merge patch of a plan has to lead to. */
export const planSettings = settings;
export type PlanSettings = z.output<typeof planSettings>;

/** `PATCH /v1/plans/{id}`, for the documentation: what is checked is the state it leads to. */
export const patchPlan = z
  .strictObject({
    rank: fields.rank.optional(),
    name: z.strictObject({ en: label.optional(), fr: label.optional() }).optional(),
    webhooks: z
      .strictObject({
        access: access.optional(),
        perKind: z
          .strictObject({
            events: access.nullable().optional(),
            audience: access.nullable().optional(),
            journey_point: access.nullable().optional(),
            touchpoint: access.nullable().optional(),
          })
          .nullable()
          .optional(),
      })
      .optional(),
    events: fields.events.nullable().optional(),
    upgradeUrl: upgradeUrl.nullable().optional(),
  })
  .meta({ id: "PatchPlan", description: "JSON merge patch: null removes a value or sets it to its default" });

const unlocks = z
  .strictObject({
    webhooks: z.array(z.strictObject({ kind: z.enum(WEBHOOK_KINDS), access })),
    eventTypes: z.array(z.string()),
  })
  .meta({ description: "What it has that the workspace's plan lacks; for a workspace's key" });

export const plan = z
  .strictObject({
    id: z.string(),
    family: z.string().meta({ description: "Plans of a family are upgrades of each other" }),
    rank: z.number().int(),
    name: z.strictObject({ en: z.string(), fr: z.string() }),
    webhooks: fields.webhooks,
    events: z.strictObject({ locked: z.array(z.string()) }),
    upgradeUrl: z.string().optional(),
    isBuiltIn: z.boolean().meta({ description: "Cannot be changed or deleted" }),
    unlocks: unlocks.optional(),
    version: z.number().int(),
    createdAt: time.optional().meta({ description: "Absent: built in" }),
    updatedAt: time.optional(),
  })
  .meta({ id: "Plan" });
export type PlanAnswer = z.input<typeof plan>;

/** `GET /v1/plans`: never so many that it needs pages. */
export const planList = z
  .strictObject({
    data: z.array(plan).meta({
      description:
        "With a workspace's key the plans of its family, else all; families by name, cheapest first",
    }),
    nextCursor: z.null(),
    currentPlan: z.string().optional().meta({ description: "With a workspace's key: the id of its plan" }),
    upgradeUrl: z.string().optional().meta({ description: "With a workspace's key: where to upgrade" }),
  })
  .meta({ id: "PlanList" });

/** `POST /v1/plans/families/{family}` */
export const installPlanFamily = z
  .strictObject({ upgradeUrl: upgradeUrl.optional() })
  .meta({ id: "InstallPlanFamily" });

export const planFamilyInstalled = z
  .strictObject({
    family: z.string(),
    added: z.array(z.string()).meta({ description: "Plans there were not; the others stay as they are" }),
    data: z.array(plan),
  })
  .meta({ id: "PlanFamilyInstalled" });

/** `PATCH /v1/workspaces/{id}`: what of a workspace is the operator's. */
export const patchWorkspacePlan = z
  .strictObject({ plan: z.string().min(1).max(100) })
  .meta({ id: "PatchWorkspacePlan" });
