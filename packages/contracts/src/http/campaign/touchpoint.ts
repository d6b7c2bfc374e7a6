import { asSegmentId, TOUCHPOINT_CANCEL_REASONS, TOUCHPOINT_STATUSES } from "@hooklane/core";
import { z } from "zod";
import { listOf, time } from "../lists.js";
import { refuse } from "../refuse.js";
import { newSecret } from "../webhook/signature.js";
import { patchTriggeredForm, triggeredForm, withTriggeredChecks } from "../webhook/triggered-form.js";
import { webhook } from "../webhook/webhook.js";
import { audienceRef } from "./campaign.js";

const segmentId = z
  .string()
  .min(1)
  .max(300)
  .transform(asSegmentId)
  .meta({ description: "`seg_…` of the audience; not with `tag`", override: { type: "string" } });
const tag = z.string().min(1).max(100).meta({ description: "Of the audience; not with `segmentId`" });
const date = z.iso.date().meta({ description: "YYYY-MM-DD in the workspace's time zone; today or later" });
const clock = z
  .string()
  .regex(/^(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d)?$/, "must be a time such as 09:30 or 09:30:00")
  .meta({
    description: "HH:MM or HH:MM:SS in the workspace's time zone, ahead of now and by two years at most",
    example: "09:30",
  });

/** For whom and when: what a touchpoint has beside its form. */
const plan = {
  audienceId: audienceRef.optional().meta({ description: "Default: the campaign's" }),
  segmentId: segmentId.optional(),
  tag: tag.optional(),
  date,
  time: clock,
};

/** A whole plan, also what a merge patch of one has to lead to. */
export const touchpointPlan = z.strictObject(plan).superRefine((given, context) => {
  refuseBoth(given, context);
});
export type TouchpointPlan = z.output<typeof touchpointPlan>;

/** Names of a plan's fields. */
export const TOUCHPOINT_PLAN_FIELDS = ["audienceId", "segmentId", "tag", "date", "time"] as const;

/** `POST /v1/campaigns/{id}/touchpoints` */
export const createTouchpoint = withTriggeredChecks(
  z.strictObject({
    ...triggeredForm,
    ...plan,
    schedule: z.boolean().default(true).meta({ description: "False: it stays a draft, which sends nothing" }),
  }),
)
  .superRefine((given, context) => {
    refuseBoth(given, context);
  })
  .meta({ id: "CreateTouchpoint" });
export type CreateTouchpoint = z.output<typeof createTouchpoint>;

/** `PATCH /v1/campaigns/{id}/touchpoints/{touchpointId}`, for the documentation: what is checked is the state it leads to. */
export const patchTouchpoint = z
  .strictObject({
    ...patchTriggeredForm,
    audienceId: audienceRef.nullable().optional().meta({ description: "Null: the campaign's" }),
    segmentId: segmentId.nullable().optional(),
    tag: tag.nullable().optional(),
    date: date.optional(),
    time: clock.optional(),
  })
  .meta({
    id: "PatchTouchpoint",
    description:
      "JSON merge patch: null removes a value or sets it to its default. A new date or time counts in the time zone the workspace has now",
  });

const count = z.number().int();

/** What became of the contacts of a touchpoint. */
export const touchpointCounts = z
  .strictObject({
    contacts: count.meta({ description: "Whom it has reached so far, or tried to: all below together" }),
    sent: count.meta({ description: "Delivered" }),
    failed: count.meta({ description: "Dead letters" }),
    skipped: count.meta({ description: "Never sent: its webhook was off, disabled or locked" }),
    cancelled: count.meta({ description: "Deleted between the due time and their request" }),
    pending: count.meta({ description: "Without an end yet" }),
  })
  .meta({ id: "TouchpointCounts" });

const status = z.enum(TOUCHPOINT_STATUSES);

/** A touchpoint is a webhook; the calls of `/v1/webhooks/{id}` that read it take its id. */
export const touchpoint = webhook
  .extend({
    campaignId: z.string(),
    status: status.meta({
      description: "`draft` and `scheduled` can be changed; `completed` and `cancelled` are ends",
    }),
    webhookStatus: webhook.shape.status.meta({
      description: "Of the webhook it is: `auto_disabled` and `plan_locked` skip contacts",
    }),
    cancelReason: z.enum(TOUCHPOINT_CANCEL_REASONS).optional(),
    audienceId: z.string(),
    segmentId: z.string().optional(),
    tag: z.string().optional(),
    date: z.string().meta({ description: "As given" }),
    time: z.string().meta({ description: "As given" }),
    timeZone: z.string().meta({ description: "The workspace's when date or time was given" }),
    dueAt: time,
    timeNote: z.enum(["ambiguous", "moved"]).optional().meta({
      description:
        "`ambiguous`: the clock shows that time twice, and the first counts. `moved`: the clock leaves it out, and it is due as much later as is left out",
    }),
    counts: touchpointCounts,
    finishedAt: time.optional(),
  })
  .meta({ id: "Touchpoint" });
export type TouchpointAnswer = z.input<typeof touchpoint>;

/** Of calls that may make a secret. */
export const createdTouchpoint = touchpoint.extend({ secret: newSecret }).meta({ id: "CreatedTouchpoint" });

export const touchpointList = listOf(touchpoint, "TouchpointList");

function refuseBoth(
  given: { readonly segmentId?: unknown; readonly tag?: unknown },
  context: z.core.$RefinementCtx,
): void {
  if (given.segmentId !== undefined && given.tag !== undefined)
    refuse(context, ["tag"], "excluded_by", "excludes segmentId");
}
