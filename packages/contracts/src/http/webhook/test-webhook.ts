import { z } from "zod";
import { delivery } from "../delivery.js";
import { waitsBehind } from "../resend.js";

/** `POST /v1/webhooks/{id}/test` */
export const testWebhook = z
  .strictObject({
    eventType: z.string().min(1).max(200).meta({
      description:
        "Its example is sent, with an id and a time of its own; ticked or not. Of a journey's point `journey.point_reached`, of a touchpoint `campaign.touchpoint_due`",
    }),
  })
  .meta({ id: "TestWebhook" });

/** What became of a test as far as is known when it is answered. */
export const testDelivery = delivery
  .extend({
    waitsBehind: waitsBehind
      .optional()
      .meta({ description: "While it is `pending`: the line in front of it" }),
  })
  .meta({ id: "TestDelivery" });
export type TestDeliveryAnswer = z.input<typeof testDelivery>;
