import { z } from "zod";
import { contactImportJob } from "./contact-import.js";
import { time } from "./lists.js";

const count = z.number().int().nonnegative();

const jobFields = {
  id: z.string(),
  status: z.enum(["running", "completed", "cancelled"]),
  createdAt: time,
  finishedAt: time.optional(),
};

const resendManyJob = z
  .strictObject({
    ...jobFields,
    kind: z.literal("resend_many"),
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
        test: count.meta({ description: "Test events: they are not sent again" }),
      })
      .meta({ description: "Deliveries not resent, by reason" }),
  })
  .meta({ id: "ResendManyJob" });
export type ResendManyJobAnswer = z.input<typeof resendManyJob>;

const recoverJob = z
  .strictObject({
    ...jobFields,
    kind: z.literal("recover"),
    webhookId: z.string(),
    phase: z.enum(["waiting", "sending", "done"]).meta({
      description:
        "`waiting`: deliveries from before have no end yet, and nothing may overtake them. `sending`: what the webhook did not get enters the line",
    }),
    waitingFor: count.meta({ description: "Deliveries from before that had no end at the last look" }),
    sent: count.meta({ description: "Events put in line" }),
    remaining: z.strictObject({ count, isAtLeast: z.boolean() }).meta({
      description: "Events still to be put in line, those among them that were delivered otherwise",
    }),
  })
  .meta({ id: "RecoverJob" });
export type RecoverJobAnswer = z.input<typeof recoverJob>;

/** `GET /v1/jobs/{id}`: something that was begun and takes its time. */
export const job = z
  .discriminatedUnion("kind", [resendManyJob, recoverJob, contactImportJob])
  .meta({ id: "Job" });
export type JobAnswer = z.input<typeof job>;
