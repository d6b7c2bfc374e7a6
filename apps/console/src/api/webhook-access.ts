import type { Plan, Webhook } from "@hooklane/client";
import { useTranslation } from "react-i18next";
import { usePlans } from "./plans.js";

/** What the workspace's plan allows with webhooks of a kind (product.md W9). */
export interface WebhookAccess {
  /** `none`: no webhooks; `configure`: they stay drafts; `full`: they can be activated. */
  readonly access: Plan["webhooks"]["access"];
  /** What people call the plan, and the cheapest one with full access; undefined: none has. */
  readonly plan: string;
  readonly requiredPlan: string | undefined;
}

const accessOf = ({ webhooks }: Plan, kind: Webhook["kind"]) => webhooks.perKind?.[kind] ?? webhooks.access;

/** As the query of the plans, with what is asked for in place of all plans. */
export function useWebhookAccess(kind: Webhook["kind"]) {
  const { i18n } = useTranslation();
  const language = i18n.resolvedLanguage === "fr" ? "fr" : "en";
  const query = usePlans();
  const { data: plans, currentPlan } = query.data ?? { data: [], currentPlan: undefined };
  const current = plans.find(({ id }) => id === currentPlan);
  // Cheapest first, as the API lists them.
  const required = plans.find((plan) => accessOf(plan, kind) === "full");
  const data: WebhookAccess | undefined = current && {
    access: accessOf(current, kind),
    plan: current.name[language],
    requiredPlan: required?.name[language],
  };
  return { ...query, data };
}
