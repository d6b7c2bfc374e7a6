import { WEBHOOK_STATUSES } from "@hooklane/core";
import { z } from "zod";

/** `GET /v1/health` */
export const workspaceHealth = z
  .strictObject({
    errorQuota: z
      .strictObject({ used: z.number().int(), limit: z.number().int(), windowMinutes: z.number() })
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
