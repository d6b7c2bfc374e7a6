import type { Plan, WebhookAccess } from "./plan.js";

/** Families of plans an operator can install (product.md W9). */
export const PLAN_FAMILIES = ["mail", "audience", "messaging"] as const;
export type PlanFamily = (typeof PLAN_FAMILIES)[number];

/** Leaves room for plans of an operator's own in between. */
const RANK_STEP = 10;

type Entry = readonly [name: string, names: Plan["name"], access: WebhookAccess, locked?: readonly string[]];

const ENTRIES: Readonly<Record<PlanFamily, readonly Entry[]>> = {
  mail: [
    ["standard", { en: "Standard", fr: "Standard" }, "full", ["sms.link_clicked"]],
    ["max", { en: "Max", fr: "Max" }, "full"],
  ],
  audience: [
    ["free", { en: "Free", fr: "Gratuit" }, "configure"],
    ["essentials", { en: "Essentials", fr: "Essentiel" }, "configure"],
    ["standard", { en: "Standard", fr: "Standard" }, "full"],
    ["premium", { en: "Premium", fr: "Premium" }, "full"],
  ],
  messaging: [
    ["starter", { en: "Starter", fr: "Découverte" }, "none"],
    ["growth", { en: "Growth", fr: "Croissance" }, "none"],
    ["advanced", { en: "Advanced", fr: "Avancé" }, "full"],
    ["enterprise", { en: "Enterprise", fr: "Entreprise" }, "full"],
  ],
};

/** The plans of a family, cheapest first. */
export function plansOfFamily(family: PlanFamily): readonly Plan[] {
  return ENTRIES[family].map(([short, name, access, locked = []], index) => ({
    id: `${family}.${short}`,
    family,
    rank: (index + 1) * RANK_STEP,
    name,
    webhooks: { access },
    events: { locked },
  }));
}
