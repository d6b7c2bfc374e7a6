import type { Plan, WebhookId, WorkspaceId } from "@hooklane/core";
import { runAudited } from "../audit/audit-context.js";
import { type ControlPayload, Outbox } from "../outbox/outbox.js";
import type { Store } from "../store.js";
import type { WebhookDocument } from "../webhooks/webhook.js";
import { WebhookRepository } from "../webhooks/webhook-repository.js";
import { WorkspaceRepository } from "../workspaces/workspace-repository.js";
import type { PlanScope } from "./plan-sweeps.js";
import { readPlan } from "./read-plan.js";
import { isUnderPlan } from "./under-plan.js";

const PAGE = 100;

/** How to go about it. */
export interface EnforceOptions {
  readonly now: () => Date;
  /** Asked between webhooks: whether to leave the rest to another time. */
  readonly isOver: () => boolean;
}

type Controls = AsyncGenerator<ControlPayload, void, undefined>;

/**
 * Brings webhooks under the plan their workspace has: a downgrade locks, an upgrade brings back (product.md W9). One
 * transaction a webhook, each deciding by the plan of that moment; so it may stop anywhere, run twice, and run while the
 * plan changes again.
 */
export class PlanEnforcer {
  readonly #store: Store;
  readonly #webhooks: WebhookRepository;
  readonly #workspaces: WorkspaceRepository;
  readonly #outbox: Outbox;

  constructor(store: Store) {
    this.#store = store;
    this.#webhooks = new WebhookRepository(store);
    this.#workspaces = new WorkspaceRepository(store);
    this.#outbox = new Outbox(store);
  }

  /**
   * Yields what is to be announced: of each webhook it changes, and of those changed before whose announcement is open
   * (see `ChangeOutcome`).
   */
  async *enforce(scope: PlanScope, options: EnforceOptions): Controls {
    if (scope.kind === "workspace") {
      yield* this.#enforceWorkspace(scope.workspaceId, options);
      return;
    }
    let after: WorkspaceId | undefined;
    for (;;) {
      const found = await this.#workspaces.listOfPlan(scope.planId, { limit: PAGE, ...(after && { after }) });
      for (const workspaceId of found) yield* this.#enforceWorkspace(workspaceId, options);
      after = found.at(-1);
      if (found.length < PAGE || options.isOver()) return;
    }
  }

  async *#enforceWorkspace(workspaceId: WorkspaceId, options: EnforceOptions): Controls {
    let after: WebhookId | undefined;
    while (!options.isOver()) {
      const page = await this.#webhooks.list(workspaceId, { limit: PAGE, ...(after && { after }) });
      const workspace = await this.#workspaces.find(workspaceId);
      const plan = workspace && (await readPlan(this.#store, workspace.plan));
      if (plan) yield* this.#enforceAll(page, plan, options);
      after = page.at(-1)?._id;
      if (page.length < PAGE) return;
    }
  }

  async *#enforceAll(webhooks: readonly WebhookDocument[], plan: Plan, options: EnforceOptions): Controls {
    yield* await this.#outbox.listOpenControls(webhooks.filter((webhook) => isUnderPlan(webhook, plan)));
    for (const { _id } of webhooks.filter((webhook) => !isUnderPlan(webhook, plan))) {
      if (options.isOver()) return;
      const outcome = await runAudited({ actor: { kind: "system" }, operation: "followPlan" }, () =>
        this.#webhooks.change(
          _id,
          {},
          (current, latest) => (isUnderPlan(current, latest) ? undefined : { webhook: current }),
          options.now(),
        ),
      );
      if (outcome.kind === "changed") yield outcome.control;
    }
  }
}
