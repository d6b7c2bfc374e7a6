import type { WorkspaceId } from "@hooklane/core";
import type { Logger } from "@hooklane/service";
import type { Disablement, WebhookDisabler, WorkspaceRepository } from "@hooklane/store";
import type { ControlAnnouncer } from "../control/control-announcer.js";
import type { HealthMetrics } from "../health-metrics.js";

export interface DisableWebhookOptions {
  readonly disabler: WebhookDisabler;
  readonly workspaces: WorkspaceRepository;
  readonly announcer: ControlAnnouncer;
  readonly metrics: HealthMetrics;
  readonly logger: Logger;
  readonly now: () => Date;
  /** Called when there is something to send. */
  readonly onPromised: () => void;
}

/** Disables one webhook for one cause, once, and sets off what follows. */
export class DisableWebhook {
  readonly #options: DisableWebhookOptions;

  constructor(options: DisableWebhookOptions) {
    this.#options = options;
  }

  /** Idempotent. Resolves when the webhook is disabled durably, or needs not be. */
  async apply(workspaceId: WorkspaceId, disablement: Disablement): Promise<void> {
    const { disabler, workspaces, announcer, metrics, logger, now, onPromised } = this.#options;
    const { webhookId, generation, reason } = disablement;
    const workspace = await workspaces.find(workspaceId);
    if (!workspace) {
      logger.warn({ workspaceId, webhookId }, "webhook.workspace_gone");
      return;
    }
    const outcome = await disabler.disable(disablement, workspace, now());
    if (outcome.kind !== "changed") {
      logger.info({ workspaceId, webhookId, generation, outcome: outcome.kind }, "webhook.not_disabled");
      return;
    }
    metrics.disabled.inc({ reason });
    logger.info({ workspaceId, webhookId, generation, reason }, "webhook.disabled");
    onPromised();
    // The change is durable; its place in the line may also be announced later, by the sweep.
    announcer.announce(outcome.control);
  }
}
