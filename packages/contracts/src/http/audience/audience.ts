import { z } from "zod";
import { listOf, time } from "../lists.js";

const name = z.string().trim().min(1).max(100);

/** `POST /v1/audiences` */
export const createAudience = z.strictObject({ name }).meta({ id: "CreateAudience" });

/** `PATCH /v1/audiences/{id}` */
export const patchAudience = z.strictObject({ name: name.optional() }).meta({ id: "PatchAudience" });

export const audience = z
  .strictObject({
    id: z.string().meta({ description: "`audienceId` of the webhooks that are told of its contacts" }),
    name: z.string(),
    version: z.number().int(),
    createdAt: time,
    updatedAt: time,
  })
  .meta({ id: "Audience" });
export type AudienceAnswer = z.input<typeof audience>;

export const audienceList = listOf(audience, "AudienceList");
