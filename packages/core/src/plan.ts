import { type Language, WEBHOOK_KINDS, type WebhookKind, type WebhookStatus } from "./vocabulary.js";

/** W9, from least to most: nothing; drafts; drafts and activation. */
export const WEBHOOK_ACCESSES = ["none", "configure", "full"] as const;
export type WebhookAccess = (typeof WEBHOOK_ACCESSES)[number];

/** What a workspace may do (product.md W9). */
export interface Plan {
  /** Unambiguous across families: `mail.standard`. */
  readonly id: string;
  /** Plans of a family are upgrades of each other. */
  readonly family: string;
  /** Place in the family; the lowest is the cheapest. */
  readonly rank: number;
  readonly name: Readonly<Record<Language, string>>;
  readonly webhooks: {
    readonly access: WebhookAccess;
    /** Where a kind differs. */
    readonly perKind?: Readonly<Partial<Record<WebhookKind, WebhookAccess>>>;
  };
  /** Types that are not delivered. Events of them are accepted all the same. */
  readonly events: { readonly locked: readonly string[] };
  /** Where people upgrade. */
  readonly upgradeUrl?: string;
}

/** What plans decide about in a webhook. */
export interface PlannedWebhook {
  readonly kind: WebhookKind;
  readonly eventTypes: readonly string[];
}

/** What a plan can lack, as an API client reads it. */
export type PlanFeature = "webhooks.configure" | "webhooks.activate" | `events.${string}`;

/** What the plan lacks, and which plan has it. */
export interface PlanRefusal {
  readonly feature: PlanFeature;
  /** The cheapest of the family that allows it; undefined: none does. */
  readonly requiredPlan: string | undefined;
}

/** The plan of who runs Hooklane for themselves: everything on. Built in, so that it is always there. */
export const SELF_HOSTED: Plan = {
  id: "self_hosted",
  family: "self_hosted",
  rank: 0,
  name: { en: "Self-hosted", fr: "Auto-hébergé" },
  webhooks: { access: "full" },
  events: { locked: [] },
};

/** What a plan allows with webhooks of a kind. */
export const accessOf = ({ webhooks }: Plan, kind: WebhookKind): WebhookAccess =>
  webhooks.perKind?.[kind] ?? webhooks.access;

/** Which of these types a plan locks, in their order. */
export function lockedTypesOf({ events }: Plan, types: readonly string[]): readonly string[] {
  return types.filter((type) => events.locked.includes(type));
}

/**
 * Why a webhook may not be made or changed; undefined: it may.
 *
 * @param family the plans of the plan's family, in any order
 */
export function whyNotConfigurable(
  plan: Plan,
  family: readonly Plan[],
  kind: WebhookKind,
): PlanRefusal | undefined {
  const isAllowed = (by: Plan) => accessOf(by, kind) !== "none";
  if (isAllowed(plan)) return undefined;
  return { feature: "webhooks.configure", requiredPlan: findCheapest(family, isAllowed)?.id };
}

/**
 * Why a webhook may not be switched on; undefined: it may. One that lists a locked type may not: what a user switches on
 * delivers all it says.
 *
 * @param family the plans of the plan's family, in any order
 */
export function whyNotActivatable(
  plan: Plan,
  family: readonly Plan[],
  { kind, eventTypes }: PlannedWebhook,
): PlanRefusal | undefined {
  const hasAccess = (by: Plan) => accessOf(by, kind) === "full";
  const [locked] = lockedTypesOf(plan, eventTypes);
  if (hasAccess(plan) && locked === undefined) return undefined;
  const required = findCheapest(family, (by) => hasAccess(by) && lockedTypesOf(by, eventTypes).length === 0);
  const feature =
    hasAccess(plan) && locked !== undefined ? (`events.${locked}` as const) : "webhooks.activate";
  return { feature, requiredPlan: required?.id };
}

/** What of a webhook follows from its workspace's plan. */
export interface PlannedState {
  readonly status: WebhookStatus;
  /** Types it lists that are not delivered. */
  readonly lockedEventTypes: readonly string[];
}

/**
 * What becomes of a webhook under a plan. A downgrade locks one that is on where nothing of it is left; a locked type is
 * left out of one that has others, so that those go on. What is `plan_locked` was on, so an upgrade brings it back; what
 * a user switched off, or the shared rule, stays off.
 */
export function toPlannedState(
  plan: Plan,
  { kind, eventTypes, status }: PlannedWebhook & { readonly status: WebhookStatus },
): PlannedState {
  const lockedEventTypes = lockedTypesOf(plan, eventTypes);
  const isAllowed =
    accessOf(plan, kind) === "full" &&
    (lockedEventTypes.length === 0 || lockedEventTypes.length < eventTypes.length);
  return { status: toStatus(status, isAllowed), lockedEventTypes };
}

function toStatus(status: WebhookStatus, isAllowed: boolean): WebhookStatus {
  switch (status) {
    case "active":
    case "recovering":
      return isAllowed ? status : "plan_locked";
    case "plan_locked":
      return isAllowed ? "active" : status;
    case "inactive":
    case "auto_disabled":
      return status;
  }
}

/** What one plan has more than another. */
export interface Unlocks {
  readonly webhooks: readonly { readonly kind: WebhookKind; readonly access: WebhookAccess }[];
  readonly eventTypes: readonly string[];
}

/** What `other` allows and `plan` does not. */
export function unlocksOver(plan: Plan, other: Plan): Unlocks {
  const level = (of: Plan, kind: WebhookKind) => WEBHOOK_ACCESSES.indexOf(accessOf(of, kind));
  return {
    webhooks: WEBHOOK_KINDS.filter((kind) => level(other, kind) > level(plan, kind)).map((kind) => ({
      kind,
      access: accessOf(other, kind),
    })),
    eventTypes: plan.events.locked.filter((type) => !other.events.locked.includes(type)),
  };
}

/** From the cheapest on; of one rank by id, so that the order does not depend on who asks. */
export function byRank(one: Plan, other: Plan): number {
  if (one.rank !== other.rank) return one.rank - other.rank;
  return one.id < other.id ? -1 : one.id > other.id ? 1 : 0;
}

function findCheapest(family: readonly Plan[], isAllowed: (plan: Plan) => boolean): Plan | undefined {
  return family.filter(isAllowed).sort(byRank)[0];
}
