import { planList } from "@hooklane/contracts";
import { SELF_HOSTED, type WorkspaceId } from "@hooklane/core";
import type { PlanRepository, WorkspaceRepository } from "@hooklane/store";
import { type Answer, notFound, ok } from "../http/answer.js";
import { type Operation, sharedOperation } from "../http/operation.js";
import { toBuiltInAnswer, toPlanAnswer } from "./plan-answer.js";
import { toUpgradeUrl } from "./plan-gate.js";

export interface ListPlansOptions {
  readonly plans: PlanRepository;
  readonly workspaces: WorkspaceRepository;
  readonly consoleUrl: string;
}

/** `GET /v1/plans`: all of them for the operator, for a workspace its own and what it could have. */
export function listPlans(options: ListPlansOptions): Operation {
  return sharedOperation({
    method: "get",
    path: "/v1/plans",
    operationId: "listPlans",
    tag: "Plans",
    summary: "List plans; with a workspace's key its plan, those of its family and what each unlocks",
    success: { status: 200, description: "Plans", body: planList },
    problems: ["not_found"],
    handle: ({ workspaceId }) =>
      workspaceId === undefined ? listAll(options) : listOfWorkspace(options, workspaceId),
  });
}

async function listAll({ plans }: ListPlansOptions): Promise<Answer> {
  const stored = await plans.list();
  return ok({ data: [toBuiltInAnswer(), ...stored.map((plan) => toPlanAnswer(plan))], nextCursor: null });
}

async function listOfWorkspace(
  { plans, workspaces, consoleUrl }: ListPlansOptions,
  workspaceId: WorkspaceId,
): Promise<Answer> {
  const workspace = await workspaces.find(workspaceId);
  const current = workspace && (await plans.read(workspace.plan));
  if (!current) return notFound("plan");
  const stored = await plans.list();
  return ok({
    data:
      current.id === SELF_HOSTED.id
        ? [toBuiltInAnswer(current)]
        : stored.filter(({ family }) => family === current.family).map((plan) => toPlanAnswer(plan, current)),
    nextCursor: null,
    currentPlan: current.id,
    upgradeUrl: toUpgradeUrl(current, consoleUrl),
  });
}
