import { z } from "zod";
import { listOf } from "../lists.js";
import { patchTriggeredForm, triggeredWebhook } from "../webhook/triggered-form.js";
import { newSecret } from "../webhook/signature.js";
import { webhook } from "../webhook/webhook.js";

/** `POST /v1/journeys/{id}/points` */
export const createJourneyPoint = triggeredWebhook.meta({ id: "CreateJourneyPoint" });

/** `PATCH /v1/journeys/{id}/points/{pointId}`, for the documentation: what is checked is the state it leads to. */
export const patchJourneyPoint = z.strictObject(patchTriggeredForm).meta({
  id: "PatchJourneyPoint",
  description: "JSON merge patch: null removes a value or sets it to its default",
});

/** A point is a webhook; the calls of `/v1/webhooks/{id}` that read it take its id. */
export const journeyPoint = webhook
  .extend({
    journeyId: z.string(),
    requestsSent: z.number().int().meta({
      description:
        "Arrivals a request was sent for: counted at the first attempt, a little later than it is made",
    }),
    attempts: z.number().int().meta({ description: "Requests to the receiver, retries and resends too" }),
  })
  .meta({ id: "JourneyPoint" });
export type JourneyPointAnswer = z.input<typeof journeyPoint>;

/** Of calls that may make a secret. */
export const createdJourneyPoint = journeyPoint
  .extend({ secret: newSecret })
  .meta({ id: "CreatedJourneyPoint" });

export const journeyPointList = listOf(journeyPoint, "JourneyPointList");
