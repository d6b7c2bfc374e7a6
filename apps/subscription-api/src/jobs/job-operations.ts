import { emptyBody, job } from "@hooklane/contracts";
import type { JobRepository } from "@hooklane/store";
import { notFound, ok, refusal } from "../http/answer.js";
import { type Operation, workspaceOperation } from "../http/operation.js";
import { toJobAnswer } from "./job-answer.js";

const tag = "Jobs";

type Jobs = Pick<JobRepository, "find" | "cancel">;

export function jobOperations(jobs: Jobs): readonly Operation[] {
  return [getOne(jobs), cancel(jobs)];
}

function getOne(jobs: Jobs): Operation {
  return workspaceOperation({
    method: "get",
    path: "/v1/jobs/{id}",
    operationId: "getJob",
    tag,
    summary: "Read how far a job is; kept for 30 days after its end",
    access: "read",
    success: { status: 200, description: "The job", body: job },
    problems: ["not_found"],
    handle: async ({ workspaceId, params }) => {
      const found = await jobs.find(workspaceId, params.id ?? "");
      return found ? ok(toJobAnswer(found)) : notFound("job");
    },
  });
}

function cancel(jobs: Jobs): Operation {
  return workspaceOperation({
    method: "post",
    path: "/v1/jobs/{id}/cancel",
    operationId: "cancelJob",
    tag,
    summary: "End a job where it is, at most a second's work later; what is in line stays there",
    access: "write",
    body: emptyBody,
    success: { status: 200, description: "The job; it may have been cancelled before", body: job },
    problems: ["not_found", "conflict"],
    handle: async ({ workspaceId, params }) => {
      const found = await jobs.cancel(workspaceId, params.id ?? "");
      if (!found) return notFound("job");
      return found.status === "completed" ? refusal("conflict", "It is completed.") : ok(toJobAnswer(found));
    },
  });
}
