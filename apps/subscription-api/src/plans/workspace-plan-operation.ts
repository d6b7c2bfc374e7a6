import { patchWorkspacePlan, workspace as workspaceSchema } from "@hooklane/contracts";
import { asWorkspaceId } from "@hooklane/core";
import type { WorkspaceRepository } from "@hooklane/store";
import { invalid, moved, notFound, ok, toEtag } from "../http/answer.js";
import { type Operation, operatorOperation } from "../http/operation.js";
import { toWorkspaceAnswer } from "../workspaces/workspace-answer.js";
import { unknownPlan } from "./unknown-plan.js";

export interface WorkspacePlanOptions {
  readonly workspaces: WorkspaceRepository;
  readonly now: () => Date;
}

/** `PATCH /v1/workspaces/{id}`: gives a workspace another plan. */
export function workspacePlanOperation({ workspaces, now }: WorkspacePlanOptions): Operation {
  return operatorOperation({
    method: "patch",
    path: "/v1/workspaces/{id}",
    operationId: "patchWorkspaceById",
    tag: "Workspaces (operator)",
    summary: "Give a workspace another plan: what it lacks is locked, what was locked and it has comes back",
    body: patchWorkspacePlan,
    isConditional: true,
    success: { status: 200, description: "The workspace as it is now", body: workspaceSchema },
    problems: ["not_found", "precondition_failed"],
    handle: async ({ params, body, expectedVersion }) => {
      const id = asWorkspaceId(params.id ?? "");
      const outcome = await workspaces.changePlan(id, body.plan, expectedVersion, now());
      switch (outcome.kind) {
        case "not_found":
          return notFound("workspace");
        case "moved":
          return moved("workspace", outcome.workspace.version);
        case "unknown_plan":
          return invalid([unknownPlan()]);
        case "changed": {
          const { workspace } = outcome;
          const answer = ok(toWorkspaceAnswer(workspace), { etag: toEtag(workspace.version) });
          return { ...answer, followUp: { kind: "workspace", workspaceId: id } };
        }
      }
    },
  });
}
