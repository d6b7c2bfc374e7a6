import type { Logger } from "@hooklane/service";
import type { PlanEnforcer, PlanSweep, PlanSweeps } from "@hooklane/store";
import type { ControlAnnouncer } from "../control/control-announcer.js";
import type { HealthMetrics } from "../health-metrics.js";

export interface PlanSweeperOptions {
  readonly sweeps: Pick<PlanSweeps, "listDue" | "settle">;
  readonly enforcer: Pick<PlanEnforcer, "enforce">;
  readonly announcer: Pick<ControlAnnouncer, "announce">;
  readonly metrics: Pick<HealthMetrics, "plansFollowed">;
  readonly logger: Logger;
  readonly now: () => Date;
}

const SWEEPS_MAX = 100;

/**
 * Has webhooks follow changes of plans where who made the change did not come to it: it died, there were too many, or a
 * webhook was saved at the same moment (product.md W9). Harmless if two processes do it.
 */
export class PlanSweeper {
  readonly #options: PlanSweeperOptions;

  constructor(options: PlanSweeperOptions) {
    this.#options = options;
  }

  /** Makes all sweeps that are due. One that fails is due again, and does not keep the others waiting. */
  async sweep(signal: AbortSignal): Promise<void> {
    const { sweeps, logger, now } = this.#options;
    for (const sweep of await sweeps.listDue(now(), SWEEPS_MAX)) {
      if (signal.aborted) return;
      try {
        await this.#follow(sweep, signal);
      } catch (err) {
        logger.error({ err, scope: sweep.scope }, "plan.sweep_failed");
      }
    }
  }

  async #follow(sweep: PlanSweep, signal: AbortSignal): Promise<void> {
    const { sweeps, enforcer, announcer, metrics, logger, now } = this.#options;
    const startedAt = now();
    let changes = 0;
    const isOver = () => signal.aborted;
    for await (const control of enforcer.enforce(sweep.scope, { now, isOver })) {
      announcer.announce(control);
      changes++;
    }
    // Not seen to its end: another process, or the next start, goes on.
    if (signal.aborted) return;
    await sweeps.settle(sweep, startedAt);
    metrics.plansFollowed.inc(changes);
    if (changes > 0) logger.info({ scope: sweep.scope, changes }, "plan.followed");
  }
}
