import type { RecoverJobAnswer, ResendManyJobAnswer } from "@hooklane/contracts";
import type { NewResendJob, Recovery, ResendJob, ResendTally } from "@hooklane/store";

const NOTHING_DONE: ResendTally = {
  resent: 0,
  skipped: { webhook_not_active: 0, event_expired: 0, repeated: 0, test: 0 },
};

/** A job that is made by the call that answers with it. */
export const toNewJobAnswer = (job: NewResendJob): ResendManyJobAnswer =>
  toJobAnswer({ ...job, ...NOTHING_DONE, status: "running" });

export function toJobAnswer(job: ResendJob): ResendManyJobAnswer {
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

/** More is not counted. */
export const REMAINING_MAX = 10_000;

/** @param remaining counted up to one more than {@link REMAINING_MAX} */
export function toRecoverJobAnswer(recovery: Recovery, remaining: number): RecoverJobAnswer {
  const { id, status, webhookId, waitingFor, sent, createdAt, finishedAt } = recovery;
  const phase = recovery.isCollected ? "sending" : "waiting";
  return {
    id,
    kind: "recover",
    status,
    webhookId,
    phase: status === "running" ? phase : "done",
    waitingFor,
    sent,
    remaining: { count: Math.min(remaining, REMAINING_MAX), isAtLeast: remaining > REMAINING_MAX },
    createdAt: createdAt.toISOString(),
    ...(finishedAt && { finishedAt: finishedAt.toISOString() }),
  };
}
