import { asWebhookId, asWorkspaceId, type DeliveryStatus } from "@hooklane/core";
import { z } from "zod";
import type { DeliverySelection } from "../delivery-log/delivery-query.js";

/** States in which nothing more will happen to a delivery by itself: what is resent. */
export const RESENDABLE_STATUSES = [
  "delivered",
  "dead_letter",
  "skipped",
  "cancelled",
] as const satisfies readonly DeliveryStatus[];

/** Which deliveries a job resends. All given conditions hold; of one webhook, or in one state that is rare. */
const resendFilter = z.object({
  webhookId: z.string().transform(asWebhookId).optional(),
  eventType: z.string().optional(),
  status: z.enum(RESENDABLE_STATUSES).optional(),
  /** Accepted at or after. */
  from: z.coerce.date().optional(),
  /** Accepted before. */
  to: z.coerce.date().optional(),
});
export type ResendFilter = z.output<typeof resendFilter>;

/** A job as it is made; kept with the answer to the call, so that a repeated call makes no other. */
export const newResendJob = z.object({
  /** `job_…` */
  id: z.string(),
  workspaceId: z.string().transform(asWorkspaceId),
  filter: resendFilter,
  /** Deliveries when it was made. */
  expected: z.object({ count: z.number(), isAtLeast: z.boolean() }),
  createdAt: z.coerce.date(),
});
export type NewResendJob = z.output<typeof newResendJob>;

/** Not resent, and why. */
export interface ResendSkips {
  /** The webhook is not sent to, or deleted. */
  readonly webhook_not_active: number;
  /** The event's bytes are not kept any more. */
  readonly event_expired: number;
  /** It is a resend of a delivery that the filter has as well: the event goes once. */
  readonly repeated: number;
  /** A test event: nobody but who tests it is to get it. */
  readonly test: number;
}

/** What came of some deliveries. */
export interface ResendTally {
  readonly resent: number;
  readonly skipped: ResendSkips;
}

export const JOB_STATUSES = ["running", "completed", "cancelled"] as const;
export type JobStatus = (typeof JOB_STATUSES)[number];

/** A job and how far it is. */
export interface ResendJob extends NewResendJob, ResendTally {
  readonly status: JobStatus;
  /** Everything accepted up to then is done. */
  readonly cursor?: Date;
  readonly finishedAt?: Date;
}

/**
 * The deliveries a job goes through. Those it makes itself are accepted later than it was made, so it does not meet
 * them.
 */
export function toSelection({
  filter,
  createdAt,
}: Pick<NewResendJob, "filter" | "createdAt">): DeliverySelection {
  const { webhookId, eventType, status, from, to } = filter;
  const more = {
    ...(eventType !== undefined && { eventType }),
    ...(from && { from }),
    to: to && to < createdAt ? to : createdAt,
  };
  if (webhookId !== undefined) {
    return { ...more, webhookId, statuses: status === undefined ? RESENDABLE_STATUSES : [status] };
  }
  if (status === undefined || status === "delivered") {
    throw new RangeError("A job resends what one webhook got, or what is in a rare state");
  }
  return { ...more, statuses: [status] };
}
