import { ATTEMPT_ERRORS, WEBHOOK_STATUSES } from "@hooklane/core";
import { z } from "zod";
import { time } from "./lists.js";

/** A failed attempt that counts in the shared rule (product.md D5). */
const quotaError = z
  .strictObject({
    webhookId: z.string(),
    at: time.meta({ description: "ISO 8601, UTC. When it was counted; it counts for the window's length" }),
    countsUntil: time,
    attempt: z.number().int().meta({ description: "Of the delivery, from 1" }),
    deliveryId: z.string().optional().meta({ description: "What failed; of a batch its first" }),
    error: z.enum(ATTEMPT_ERRORS).optional().meta({ description: "Absent: not in the delivery log yet" }),
    statusCode: z.number().int().optional(),
    errorDetail: z.string().optional(),
  })
  .meta({ id: "QuotaError" });
export type QuotaErrorAnswer = z.input<typeof quotaError>;

/** `GET /v1/health` */
export const workspaceHealth = z
  .strictObject({
    errorQuota: z
      .strictObject({
        used: z.number().int(),
        limit: z.number().int(),
        windowMinutes: z.number(),
        errors: z.array(quotaError).meta({ description: "Those that make it up, oldest first" }),
      })
      .meta({ description: "Failed attempts of all webhooks together; one more than the limit disables" }),
    endpoints: z.array(
      z.strictObject({
        endpointId: z.string(),
        url: z.string(),
        errorsInWindow: z.number().int(),
        webhooks: z.array(
          z.strictObject({
            webhookId: z.string(),
            status: z.enum(WEBHOOK_STATUSES),
            errorsInWindow: z.number().int(),
          }),
        ),
      }),
    ),
  })
  .meta({ id: "Health" });
export type WorkspaceHealthAnswer = z.input<typeof workspaceHealth>;
