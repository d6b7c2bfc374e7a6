import type { PlanAnswer } from "@hooklane/contracts";
import { WEBHOOK_KINDS, type Plan, SELF_HOSTED, unlocksOver } from "@hooklane/core";
import { type PlanDocument, toPlan } from "@hooklane/store";

/** @param current the plan of who asks: then it also says what this one has more */
export function toPlanAnswer(document: PlanDocument, current?: Plan): PlanAnswer {
  return {
    ...toRules(toPlan(document), current),
    isBuiltIn: false,
    version: document.version,
    createdAt: document.createdAt.toISOString(),
    updatedAt: document.updatedAt.toISOString(),
  };
}

/** The plan that is built in. */
export const toBuiltInAnswer = (current?: Plan): PlanAnswer => ({
  ...toRules(SELF_HOSTED, current),
  isBuiltIn: true,
  version: 1,
});

function toRules(plan: Plan, current: Plan | undefined) {
  const { id, family, rank, name, webhooks, events, upgradeUrl } = plan;
  const kinds = WEBHOOK_KINDS.filter((kind) => webhooks.perKind?.[kind] !== undefined);
  return {
    id,
    family,
    rank,
    name: { en: name.en, fr: name.fr },
    webhooks: {
      access: webhooks.access,
      ...(kinds.length > 0 && {
        perKind: Object.fromEntries(kinds.map((kind) => [kind, webhooks.perKind?.[kind]])),
      }),
    },
    events: { locked: [...events.locked] },
    ...(upgradeUrl !== undefined && { upgradeUrl }),
    ...(current && { unlocks: toUnlocks(current, plan) }),
  };
}

function toUnlocks(current: Plan, plan: Plan) {
  const { webhooks, eventTypes } = unlocksOver(current, plan);
  return { webhooks: [...webhooks], eventTypes: [...eventTypes] };
}
