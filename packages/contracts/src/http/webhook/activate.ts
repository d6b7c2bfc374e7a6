import { z } from "zod";

/** `POST /v1/webhooks/{id}/activate` */
export const activateWebhook = z
  .strictObject({
    recover: z.boolean().default(false).meta({
      description:
        "Send what the webhook did not get since it was last switched on without this, in the order it happened, before anything new. Without it new events only",
    }),
  })
  .meta({ id: "ActivateWebhook" });
