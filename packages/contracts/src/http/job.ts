import { z } from "zod";
import { time } from "./lists.js";

const count = z.number().int().nonnegative();

/** `GET /v1/jobs/{id}`: something that was begun and takes its time. */
export const job = z
  .strictObject({
    id: z.string(),
    kind: z.literal("resend_many"),
    status: z.enum(["running", "completed", "cancelled"]),
    filter: z
      .strictObject({
        webhookId: z.string().optional(),
        eventType: z.string().optional(),
        status: z.string().optional(),
        from: time.optional(),
        to: time.optional(),
      })
      .meta({ id: "JobFilter" }),
    expected: z
      .strictObject({ count, isAtLeast: z.boolean() })
      .meta({ description: "Deliveries the filter had when the job was made" }),
    resent: count.meta({ description: "Deliveries put in line" }),
    skipped: z
      .strictObject({
        webhook_not_active: count,
        event_expired: count,
        repeated: count.meta({
          description: "Resends of a delivery that the filter has as well: the event goes once",
        }),
      })
      .meta({ description: "Deliveries not resent, by reason" }),
    createdAt: time,
    finishedAt: time.optional(),
  })
  .meta({ id: "Job" });
export type JobAnswer = z.input<typeof job>;
