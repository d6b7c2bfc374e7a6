import { WEBHOOK_STATUSES } from "@hooklane/core";
import { z } from "zod";
import { time } from "./lists.js";

/** `POST /v1/events/{id}/resend` */
export const resendEvent = z
  .strictObject({
    webhookId: z
      .string()
      .min(1)
      .max(300)
      .optional()
      .meta({ description: "To this one alone, which the event matched. Default: to every one it matched" }),
  })
  .meta({ id: "ResendEvent" });

/** What is known of the line in front of what is to be sent when it is accepted. */
export const waitsBehind = z
  .strictObject({
    deliveries: z
      .number()
      .int()
      .nonnegative()
      .meta({ description: "Deliveries of the endpoint that are queued or being retried, as far as known" }),
    isAtLeast: z.boolean().meta({ description: "There are more than were counted" }),
    nextAttemptAt: time
      .optional()
      .meta({ description: "When the endpoint's line goes on, while it waits for a retry" }),
  })
  .meta({ id: "WaitsBehind", description: "The line in front of it" });

export type WaitsBehindAnswer = z.input<typeof waitsBehind>;

const resend = z
  .strictObject({
    deliveryId: z.string().meta({ description: "The new delivery; it can be read once it was routed" }),
    resendOf: z.string(),
    eventId: z.string(),
    webhookId: z.string(),
    endpointId: z.string().meta({ description: "The line it stands in, at its end" }),
    waitsBehind,
  })
  .meta({ id: "Resend" });

/** 202 of both resend calls. */
export const resendAccepted = z
  .strictObject({
    count: z.number().int(),
    resends: z.array(resend),
    skipped: z
      .array(
        z.strictObject({
          deliveryId: z.string(),
          webhookId: z.string(),
          status: z.enum([...WEBHOOK_STATUSES, "deleted"]).meta({ description: "Of the webhook" }),
        }),
      )
      .meta({ description: "Not resent, as their webhooks are not sent to" }),
  })
  .meta({ id: "ResendAccepted" });
export type ResendAcceptedAnswer = z.input<typeof resendAccepted>;
