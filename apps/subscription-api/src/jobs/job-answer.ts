import type { JobAnswer } from "@hooklane/contracts";
import type { NewResendJob, ResendJob, ResendTally } from "@hooklane/store";

const NOTHING_DONE: ResendTally = {
  resent: 0,
  skipped: { webhook_not_active: 0, event_expired: 0, repeated: 0 },
};

/** A job that is made by the call that answers with it. */
export const toNewJobAnswer = (job: NewResendJob): JobAnswer =>
  toJobAnswer({ ...job, ...NOTHING_DONE, status: "running" });

export function toJobAnswer(job: ResendJob): JobAnswer {
  const { webhookId, eventType, status, from, to } = job.filter;
  return {
    id: job.id,
    kind: "resend_many",
    status: job.status,
    filter: {
      ...(webhookId !== undefined && { webhookId }),
      ...(eventType !== undefined && { eventType }),
      ...(status !== undefined && { status }),
      ...(from && { from: from.toISOString() }),
      ...(to && { to: to.toISOString() }),
    },
    expected: { ...job.expected },
    resent: job.resent,
    skipped: { ...job.skipped },
    createdAt: job.createdAt.toISOString(),
    ...(job.finishedAt && { finishedAt: job.finishedAt.toISOString() }),
  };
}
