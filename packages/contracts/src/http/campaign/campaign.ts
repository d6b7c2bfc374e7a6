import { asAudienceId, type TouchpointStatus } from "@hooklane/core";
import { z } from "zod";
import { listOf, time } from "../lists.js";

const name = z.string().trim().min(1).max(100);
const goal = z.string().trim().min(1).max(500).meta({ description: "What it is to reach, in your words" });

/** An audience a body names. */
export const audienceRef = z
  .string()
  .min(1)
  .max(300)
  .transform(asAudienceId)
  .meta({ description: "`au_…`", override: { type: "string" } });

/** `POST /v1/campaigns` */
export const createCampaign = z
  .strictObject({ name, audienceId: audienceRef, goal: goal.optional() })
  .meta({ id: "CreateCampaign" });

/** `PATCH /v1/campaigns/{id}` */
export const patchCampaign = z
  .strictObject({
    name: name.optional(),
    audienceId: audienceRef.optional().meta({ description: "Of touchpoints made from now on" }),
    goal: goal.nullable().optional(),
  })
  .meta({ id: "PatchCampaign" });

const count = z.number().int();

const touchpointStatuses = z.strictObject({
  draft: count,
  scheduled: count,
  running: count,
  completed: count,
  cancelled: count,
} satisfies Record<TouchpointStatus, typeof count>);

export const campaign = z
  .strictObject({
    id: z.string().meta({ description: "`cp_…`" }),
    name: z.string(),
    audienceId: z.string().meta({ description: "Its touchpoints' unless they name another" }),
    goal: z.string().optional(),
    touchpointCount: count,
    touchpointStatuses: touchpointStatuses.meta({ description: "How many of them are in each status" }),
    version: z
      .number()
      .int()
      .meta({ description: "Raised by every change of the campaign itself; the ETag" }),
    createdAt: time,
    updatedAt: time,
  })
  .meta({ id: "Campaign" });
export type CampaignAnswer = z.input<typeof campaign>;

export const campaignList = listOf(campaign, "CampaignList");
