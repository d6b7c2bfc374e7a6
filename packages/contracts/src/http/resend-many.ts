import { z } from "zod";
import { job } from "./job.js";
import { timeQuery } from "./lists.js";
import { refuse } from "./refuse.js";

/** What can be resent: nothing more will happen to it by itself. */
const RESENDABLE = ["delivered", "dead_letter", "skipped", "cancelled"] as const;

/** Which deliveries to resend. Shown again as a job's filter. */
export const resendFilter = z
  .strictObject({
    webhookId: z.string().min(1).max(300).optional(),
    eventType: z.string().min(1).max(200).optional(),
    status: z.enum(RESENDABLE).optional().meta({ description: "Default: all of these" }),
    from: timeQuery.optional().meta({ description: "Event accepted at or after" }),
    to: timeQuery.optional().meta({ description: "Event accepted before. Default: now" }),
  })
  .superRefine(({ webhookId, status }, context) => {
    if (webhookId !== undefined || (status !== undefined && status !== "delivered")) return;
    // Else a slip would send everything to everybody again.
    refuse(context, ["webhookId"], "required", "is required, or a `status` other than `delivered`");
  })
  .meta({
    id: "ResendFilter",
    description: "All given conditions hold. Of one webhook, or a status other than `delivered`",
  });

/** `POST /v1/deliveries/resend-many` */
export const resendMany = z
  .strictObject({
    filter: resendFilter,
    dryRun: z.boolean().default(false).meta({ description: "Only count; nothing is resent" }),
  })
  .meta({ id: "ResendMany" });

/** 200 of `POST /v1/deliveries/resend-many` */
export const resendManyAnswer = z
  .strictObject({
    count: z.number().int().meta({ description: "Deliveries the filter has now" }),
    isAtLeast: z.boolean().meta({ description: "There are more than were counted, or may be" }),
    job: job.optional().meta({ description: "Absent with `dryRun`" }),
  })
  .meta({ id: "ResendManyAnswer" });
export type ResendManyAnswer = z.input<typeof resendManyAnswer>;
