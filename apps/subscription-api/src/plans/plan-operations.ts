import {
  createPlan,
  type CreatePlan,
  installPlanFamily,
  patchPlan,
  plan as planSchema,
  planFamilyInstalled,
  type PlanSettings,
  planSettings,
  toFieldErrors,
} from "@hooklane/contracts";
import { byRank, type Plan, PLAN_FAMILIES, plansOfFamily, SELF_HOSTED } from "@hooklane/core";
import { type PlanDocument, type PlanRepository, toPlan } from "@hooklane/store";
import {
  type Answer,
  created,
  invalid,
  moved,
  noContent,
  notFound,
  ok,
  refusal,
  toEtag,
} from "../http/answer.js";
import { mergePatch } from "../http/merge-patch.js";
import { type Call, type Operation, operatorOperation } from "../http/operation.js";
import { toBuiltInAnswer, toPlanAnswer } from "./plan-answer.js";

const tag = "Plans (operator)";

export interface PlanOperationsOptions {
  readonly plans: PlanRepository;
  readonly now: () => Date;
}

export function planOperations(options: PlanOperationsOptions): readonly Operation[] {
  return [create(options), getOne(options), patch(options), deleteOne(options), installFamily(options)];
}

function create({ plans, now }: PlanOperationsOptions): Operation {
  return operatorOperation({
    method: "post",
    path: "/v1/plans",
    operationId: "createPlan",
    tag,
    summary: "Make a plan",
    body: createPlan,
    success: { status: 201, description: "The plan", body: planSchema },
    problems: ["conflict"],
    handle: async ({ body }) => {
      const made = toDocument(toRules(body), now());
      if (!(await plans.insert(made))) return refusal("conflict", "There is a plan of that id.");
      return created(toPlanAnswer(made), { etag: toEtag(made.version) });
    },
  });
}

function getOne({ plans }: PlanOperationsOptions): Operation {
  return operatorOperation({
    method: "get",
    path: "/v1/plans/{id}",
    operationId: "getPlan",
    tag,
    summary: "Read a plan",
    success: { status: 200, description: "The plan", body: planSchema },
    problems: ["not_found"],
    handle: async ({ params }) => {
      if (params.id === SELF_HOSTED.id) return ok(toBuiltInAnswer(), { etag: toEtag(1) });
      const found = await plans.find(params.id ?? "");
      return found ? ok(toPlanAnswer(found), { etag: toEtag(found.version) }) : notFound("plan");
    },
  });
}

function patch(options: PlanOperationsOptions): Operation {
  return operatorOperation({
    method: "patch",
    path: "/v1/plans/{id}",
    operationId: "patchPlan",
    tag,
    summary: "Change a plan; webhooks of the workspaces that have it are locked or come back",
    body: patchPlan,
    isBodyChecked: false,
    isConditional: true,
    success: { status: 200, description: "The plan as it is now", body: planSchema },
    problems: ["not_found", "conflict", "precondition_failed"],
    handle: (call) => patchOne(options, call),
  });
}

async function patchOne(
  { plans, now }: PlanOperationsOptions,
  { params, body, expectedVersion }: Call<unknown, unknown>,
): Promise<Answer> {
  const id = params.id ?? "";
  if (id === SELF_HOSTED.id) return builtIn();
  const current = await plans.find(id);
  if (!current) return notFound("plan");
  if (expectedVersion !== undefined && expectedVersion !== current.version) {
    return moved("plan", current.version);
  }
  const merged = mergePatch(toSettings(current), body);
  const parsed = planSettings.safeParse(merged);
  if (!parsed.success) return invalid(toFieldErrors(parsed.error.issues, merged));
  // Merged with what was read, so it counts only for that version.
  const outcome = await plans.change(
    id,
    current.version,
    (latest) => withSettings(latest, parsed.data),
    now(),
  );
  if (outcome.kind === "not_found") return notFound("plan");
  if (outcome.kind === "moved") return moved("plan", outcome.plan.version);
  const { plan } = outcome;
  const answer = ok(toPlanAnswer(plan), { etag: toEtag(plan.version) });
  return { ...answer, followUp: { kind: "plan", planId: id } };
}

function deleteOne({ plans, now }: PlanOperationsOptions): Operation {
  return operatorOperation({
    method: "delete",
    path: "/v1/plans/{id}",
    operationId: "deletePlan",
    tag,
    summary: "Delete a plan no workspace has",
    isConditional: true,
    success: { status: 204, description: "Deleted" },
    problems: ["not_found", "conflict", "precondition_failed"],
    handle: async ({ params, expectedVersion }) => {
      const id = params.id ?? "";
      if (id === SELF_HOSTED.id) return builtIn();
      const outcome = await plans.delete(id, expectedVersion, now());
      switch (outcome.kind) {
        case "deleted":
          return noContent();
        case "not_found":
          return notFound("plan");
        case "moved":
          return moved("plan", outcome.plan.version);
        case "in_use":
          return refusal("conflict", "Workspaces have this plan; give them another one first.");
      }
    },
  });
}

function installFamily({ plans, now }: PlanOperationsOptions): Operation {
  return operatorOperation({
    method: "post",
    path: "/v1/plans/families/{family}",
    operationId: "installPlanFamily",
    tag,
    summary: "Install a family of plans (mail, audience, messaging); those there are stay as they are",
    body: installPlanFamily,
    success: { status: 200, description: "What was added, and the family", body: planFamilyInstalled },
    problems: ["not_found"],
    handle: async ({ params, body }) => {
      const family = PLAN_FAMILIES.find((name) => name === params.family);
      if (!family) return notFound("family of plans");
      const at = now();
      const wanted = plansOfFamily(family).map((plan) =>
        toDocument({ ...plan, ...(body.upgradeUrl !== undefined && { upgradeUrl: body.upgradeUrl }) }, at),
      );
      const before = (await plans.list()).filter((plan) => plan.family === family);
      const added = await plans.insertMissing(wanted);
      const all = [...before, ...added].sort((one, other) => byRank(toPlan(one), toPlan(other)));
      return ok({ family, added: added.map(({ _id }) => _id), data: all.map((plan) => toPlanAnswer(plan)) });
    },
  });
}

const builtIn = (): Answer => refusal("conflict", "This plan is built in; it stays as it is.");

function toDocument({ id, ...rules }: Plan, at: Date): PlanDocument {
  return { _id: id, ...rules, version: 1, createdAt: at, updatedAt: at };
}

const toRules = ({ id, family, ...settings }: CreatePlan): Plan => ({
  id,
  family,
  ...toStored(settings),
});

/** Without the fields that were left out: what is stored does not have them. */
function toStored({ rank, name, webhooks, events, upgradeUrl }: PlanSettings) {
  const { access, perKind = {} } = webhooks;
  const kinds = Object.entries(perKind).filter(([, value]) => value !== undefined);
  return {
    rank,
    name,
    webhooks: { access, ...(kinds.length > 0 && { perKind: Object.fromEntries(kinds) }) },
    events,
    ...(upgradeUrl !== undefined && { upgradeUrl }),
  };
}

const toSettings = ({ rank, name, webhooks, events, upgradeUrl }: PlanDocument) => ({
  rank,
  name,
  webhooks,
  events,
  ...(upgradeUrl !== undefined && { upgradeUrl }),
});

const withSettings = (
  { upgradeUrl: _before, ...current }: PlanDocument,
  settings: PlanSettings,
): PlanDocument => ({
  ...current,
  ...toStored(settings),
});
