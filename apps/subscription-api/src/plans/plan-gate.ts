import { toProblem } from "@hooklane/contracts";
import {
  type Plan,
  type PlannedWebhook,
  type PlanRefusal,
  SELF_HOSTED,
  whyNotActivatable,
  whyNotConfigurable,
  type WorkspaceId,
} from "@hooklane/core";
import {
  isSendable,
  type PlanRepository,
  type WebhookDocument,
  type WorkspaceRepository,
} from "@hooklane/store";
import { type Answer, refusal } from "../http/answer.js";

export interface PlanGateOptions {
  readonly plans: Pick<PlanRepository, "read" | "listFamily">;
  readonly workspaces: Pick<WorkspaceRepository, "find">;
  /** Where people open the console. */
  readonly consoleUrl: string;
}

/** What somebody wants of a webhook: what is made, or what a change leads to. */
export interface WantedWebhook extends PlannedWebhook {
  /** Absent: as it is. */
  readonly status?: "active" | "inactive" | undefined;
}

/**
 * Asks the workspace's plan before a webhook is saved or switched on (product.md W9). What slips by, as the plan changes
 * at the same moment, is locked where it is stored.
 */
export class PlanGate {
  readonly #options: PlanGateOptions;

  constructor(options: PlanGateOptions) {
    this.#options = options;
  }

  /** Why a webhook may not be made, or not in the status it is to have; undefined: it may. */
  async whyNotMade(workspaceId: WorkspaceId, wanted: WantedWebhook): Promise<Answer | undefined> {
    return this.#ask(workspaceId, (plan, family) => {
      const refused = whyNotConfigurable(plan, family, wanted.kind);
      if (refused || wanted.status !== "active") return refused;
      return whyNotActivatable(plan, family, wanted);
    });
  }

  /** Why a webhook may not be changed in this way; undefined: it may. */
  async whyNotChanged(current: WebhookDocument, wanted: WantedWebhook): Promise<Answer | undefined> {
    return this.#ask(current.workspaceId, (plan, family) => {
      const refused = whyNotConfigurable(plan, family, wanted.kind);
      return refused ?? whyNotLeftOn(plan, family, current, wanted);
    });
  }

  /** Why a webhook may not be switched on; undefined: it may, or it is on. */
  async whyNotActivated(current: WebhookDocument): Promise<Answer | undefined> {
    if (isSendable(current.status)) return undefined;
    return this.#ask(current.workspaceId, (plan, family) => whyNotActivatable(plan, family, current));
  }

  async #ask(
    workspaceId: WorkspaceId,
    rule: (plan: Plan, family: readonly Plan[]) => PlanRefusal | undefined,
  ): Promise<Answer | undefined> {
    const { plans, workspaces } = this.#options;
    const workspace = await workspaces.find(workspaceId);
    const plan = workspace && (await plans.read(workspace.plan));
    if (!plan || plan.id === SELF_HOSTED.id) return undefined;
    const family = await plans.listFamily(plan.family);
    const refused = rule(plan, family);
    if (!refused) return undefined;
    return toAnswer(
      refused,
      plan,
      family.find(({ id }) => id === refused.requiredPlan),
      toUpgradeUrl(plan, this.#options.consoleUrl),
    );
  }
}

/** What is on and stays on may keep what it has; what it gets anew has to be allowed. */
function whyNotLeftOn(
  plan: Plan,
  family: readonly Plan[],
  current: WebhookDocument,
  wanted: WantedWebhook,
): PlanRefusal | undefined {
  if (wanted.status === "inactive") return undefined;
  if (isSendable(current.status)) {
    const added = wanted.eventTypes.filter((type) => !current.eventTypes.includes(type));
    return added.length > 0 ? whyNotActivatable(plan, family, { ...wanted, eventTypes: added }) : undefined;
  }
  return wanted.status === "active" ? whyNotActivatable(plan, family, wanted) : undefined;
}

/** Where people of a plan upgrade. */
export const toUpgradeUrl = (plan: Plan, consoleUrl: string): string =>
  plan.upgradeUrl ?? `${consoleUrl}/plans`;

function toAnswer(
  { feature }: PlanRefusal,
  current: Plan,
  required: Plan | undefined,
  upgradeUrl: string,
): Answer {
  const detail = `The plan ${current.name.en} does not include ${toWords(feature)}${
    required ? `; ${required.name.en} does` : ""
  }.`;
  return {
    ...refusal("plan_upgrade_required", detail),
    body: {
      ...toProblem("plan_upgrade_required", detail),
      feature,
      currentPlan: current.id,
      requiredPlan: required?.id ?? null,
      upgradeUrl,
    },
  };
}

function toWords(feature: PlanRefusal["feature"]): string {
  switch (feature) {
    case "webhooks.configure":
      return "webhooks of this kind";
    case "webhooks.activate":
      return "activating webhooks of this kind";
    default:
      return `the event type ${feature.slice("events.".length)}`;
  }
}
