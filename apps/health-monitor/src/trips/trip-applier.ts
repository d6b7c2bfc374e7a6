import type { WebhookId } from "@hooklane/core";
import type { Logger } from "@hooklane/service";
import type {
  DeliveryLog,
  NamedErrorCount,
  TripRepository,
  UnappliedTrip,
  WebhookRepository,
} from "@hooklane/store";
import type { HealthMetrics } from "../health-metrics.js";
import type { DisableWebhook } from "./disable-webhook.js";

export interface TripApplierOptions {
  readonly trips: Pick<TripRepository, "listUnapplied" | "markApplied">;
  readonly webhooks: Pick<WebhookRepository, "find">;
  readonly deliveryLog: Pick<DeliveryLog, "findLastError">;
  readonly disableWebhook: Pick<DisableWebhook, "apply">;
  readonly metrics: HealthMetrics;
  readonly logger: Logger;
  readonly now: () => Date;
}

const OVERDUE_MS = 30_000;

/**
 * Carries out the verdicts of the shared rule (lanes.md §7): whoever counted the 31st error decided whom to disable, here
 * it is done. A trip is marked as applied after all its webhooks are, and each of them only at the generation the trip
 * names; so a crash anywhere in between is finished by the next sweep, here or in another process, and nothing is done
 * twice.
 */
export class TripApplier {
  readonly #options: TripApplierOptions;
  /** Found and not carried out yet. */
  readonly #open = new Set<UnappliedTrip>();

  constructor(options: TripApplierOptions) {
    this.#options = options;
  }

  /** Trips that should have been carried out long ago; also while one hangs, or the database is away. */
  get overdue(): number {
    const now = this.#options.now().getTime();
    return [...this.#open].filter(({ at }) => now - at.getTime() > OVERDUE_MS).length;
  }

  /** Applies all trips there are. One that fails does not keep the others waiting. */
  async sweep(): Promise<void> {
    const { trips, logger } = this.#options;
    const unapplied = await trips.listUnapplied();
    this.#open.clear();
    for (const trip of unapplied) this.#open.add(trip);
    for (const trip of unapplied) {
      try {
        await this.#apply(trip);
        this.#open.delete(trip);
      } catch (err) {
        logger.error({ err, workspaceId: trip.workspaceId }, "trip.apply_failed");
      }
    }
  }

  async #apply(trip: UnappliedTrip): Promise<void> {
    const { trips, deliveryLog, disableWebhook, metrics, logger } = this.#options;
    const { workspaceId, at } = trip;
    const errorCounts = await Promise.all(
      trip.errorCounts.map(({ webhookId, errors }) => this.#withName(webhookId, errors)),
    );
    for (const { webhookId, generation } of trip.webhooks) {
      const lastError = await deliveryLog.findLastError(workspaceId, webhookId);
      await disableWebhook.apply(workspaceId, {
        webhookId,
        generation,
        reason: "error_rate",
        at,
        errorCounts,
        ...(lastError && { lastError }),
      });
    }
    await trips.markApplied(trip);
    metrics.tripsApplied.inc();
    logger.info({ workspaceId, webhooks: trip.webhooks.length, trippedAt: at }, "trip.applied");
  }

  async #withName(webhookId: WebhookId, errors: number): Promise<NamedErrorCount> {
    const webhook = await this.#options.webhooks.find(webhookId);
    return { webhookId, errors, ...(webhook && !webhook.deletedAt && { name: webhook.name }) };
  }
}
