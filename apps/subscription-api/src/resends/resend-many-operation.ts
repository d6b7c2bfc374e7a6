import { resendMany, resendManyAnswer, type ResendManyAnswer } from "@hooklane/contracts";
import type { WorkspaceId } from "@hooklane/core";
import {
  type DeliveryWalk,
  isSendable,
  type JobRepository,
  newResendJob,
  type NewResendJob,
  toSelection,
  type WebhookRepository,
} from "@hooklane/store";
import { type Answer, notFound, ok, refusal } from "../http/answer.js";
import { type Operation, workspaceOperation } from "../http/operation.js";
import { toNewJobAnswer } from "../jobs/job-answer.js";

export interface ResendManyOptions {
  readonly walk: Pick<DeliveryWalk, "count">;
  readonly webhooks: Pick<WebhookRepository, "find">;
  readonly jobs: Pick<JobRepository, "create">;
  readonly newJob: () => string;
  readonly now: () => Date;
}

export function resendManyOperation(options: ResendManyOptions): Operation {
  const { walk, jobs, newJob, now } = options;
  return workspaceOperation({
    method: "post",
    path: "/v1/deliveries/resend-many",
    operationId: "resendDeliveries",
    tag: "Deliveries",
    summary:
      "Send deliveries once more, oldest first, behind what is queued: counted with `dryRun`, else by a job, 100 a second",
    access: "write",
    body: resendMany,
    success: {
      status: 200,
      description:
        "The count, and the job that was begun. Without an `Idempotency-Key`, a repeated call begins another",
      body: resendManyAnswer,
    },
    problems: ["not_found", "webhook_not_active"],
    handle: async ({ workspaceId, body }) => {
      const { filter, dryRun } = body;
      const made = { id: newJob(), workspaceId, filter, createdAt: now() };
      const job = newResendJob.parse({ ...made, expected: { count: 0, isAtLeast: true } });
      const refused = await whyNot(options, workspaceId, job, dryRun);
      if (refused) return refused;
      const expected = await walk.count(workspaceId, toSelection(job));
      if (dryRun) return ok(expected satisfies ResendManyAnswer);
      const counted: NewResendJob = { ...job, expected };
      await jobs.create(counted);
      return ok({ ...expected, job: toNewJobAnswer(counted) } satisfies ResendManyAnswer);
    },
  });
}

/** Counting is allowed whatever the webhook's state: what is missed while it is off can be counted then. */
async function whyNot(
  { webhooks }: ResendManyOptions,
  workspaceId: WorkspaceId,
  { filter }: NewResendJob,
  dryRun: boolean,
): Promise<Answer | undefined> {
  if (filter.webhookId === undefined) return undefined;
  const webhook = await webhooks.find(filter.webhookId);
  if (webhook?.workspaceId !== workspaceId) return notFound("webhook");
  if (dryRun || (!webhook.deletedAt && isSendable(webhook.status))) return undefined;
  const status = webhook.deletedAt ? "deleted" : webhook.status;
  return refusal("webhook_not_active", `Nothing is sent to it: it is ${status}.`);
}
