import { emptyBody, job } from "@hooklane/contracts";
import type { WorkspaceId } from "@hooklane/core";
import type {
  ContactImportRepository,
  JobRepository,
  OwedEvents,
  Recovery,
  RecoveryRepository,
} from "@hooklane/store";
import { toContactImportAnswer } from "../contact-imports/contact-import-answer.js";
import { notFound, ok, refusal } from "../http/answer.js";
import { type Operation, workspaceOperation } from "../http/operation.js";
import { REMAINING_MAX, toJobAnswer, toRecoverJobAnswer } from "./job-answer.js";

const tag = "Jobs";

export interface JobOperationsOptions {
  readonly jobs: Pick<JobRepository, "find" | "cancel">;
  readonly imports: Pick<ContactImportRepository, "find" | "cancel">;
  readonly recoveries: Pick<RecoveryRepository, "find">;
  readonly owed: Pick<OwedEvents, "count">;
}

export function jobOperations(options: JobOperationsOptions): readonly Operation[] {
  return [getOne(options), cancel(options)];
}

function getOne({ jobs, imports, recoveries, owed }: JobOperationsOptions): Operation {
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
      const id = params.id ?? "";
      const found = await jobs.find(workspaceId, id);
      if (found) return ok(toJobAnswer(found));
      const contactImport = await imports.find(workspaceId, id);
      if (contactImport) return ok(toContactImportAnswer(contactImport));
      const recovery = await recoveries.find(workspaceId, id);
      return recovery
        ? ok(toRecoverJobAnswer(recovery, await countRemaining(owed, workspaceId, recovery)))
        : notFound("job");
    },
  });
}

async function countRemaining(
  owed: Pick<OwedEvents, "count">,
  workspaceId: WorkspaceId,
  recovery: Recovery,
): Promise<number> {
  if (recovery.status !== "running" || recovery.lastEnd === "enter") return 0;
  return owed.count({ ...recovery, workspaceId }, recovery.sentThrough, REMAINING_MAX + 1);
}

function cancel({ jobs, imports, recoveries }: JobOperationsOptions): Operation {
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
      const id = params.id ?? "";
      const found = await jobs.cancel(workspaceId, id);
      if (found) return found.status === "completed" ? ended() : ok(toJobAnswer(found));
      const contactImport = await imports.cancel(workspaceId, id);
      if (contactImport) {
        return contactImport.status === "cancelled" ? ok(toContactImportAnswer(contactImport)) : ended();
      }
      return (await recoveries.find(workspaceId, id))
        ? refusal("conflict", "A recovery ends with its webhook's status: deactivate the webhook.")
        : notFound("job");
    },
  });
}

const ended = () => refusal("conflict", "Its work is done.");
