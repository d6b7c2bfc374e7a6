import { type ErrorRule, WEBHOOK_STATUSES } from "@hooklane/core";
import type { Clock } from "@hooklane/service";
import type { OperationalFigures, Store } from "@hooklane/store";
import type { FigureMetrics } from "./figure-metrics.js";

export interface FiguresWatchOptions {
  readonly figures: Pick<
    OperationalFigures,
    "errorUse" | "webhooksByStatus" | "partitionUse" | "databaseUse"
  >;
  readonly store: Pick<Store, "ping">;
  /** What dispatchers count by. */
  readonly rule: ErrorRule;
  readonly metrics: FigureMetrics;
  readonly clock: Clock;
}

/** Counting takes the longer the more there are, and nobody is woken by the count. */
const WEBHOOKS_EVERY_MS = 30_000;

/** Looks at what no process knows by itself and sets the gauges of it. Changes nothing. */
export class FiguresWatch {
  readonly #options: FiguresWatchOptions;
  #lookedAt: number;
  #countedAt = -Infinity;

  constructor(options: FiguresWatchOptions) {
    this.#options = options;
    this.#lookedAt = options.clock.now();
  }

  /** Since the last look that succeeded, or since the start. */
  get ageSeconds(): number {
    return (this.#options.clock.now() - this.#lookedAt) / 1_000;
  }

  async sweep(): Promise<void> {
    const { figures, store, rule, metrics, clock } = this.#options;
    const asked = clock.now();
    await store.ping();
    metrics.databasePingSeconds.set((clock.now() - asked) / 1_000);

    const { all, unowned } = await figures.partitionUse();
    metrics.partitions.set(all);
    metrics.partitionsUnowned.set(unowned);

    const { highest, some, near } = await figures.errorUse(rule);
    metrics.ruleErrorsHighest.set(highest);
    metrics.ruleWorkspaces.set({ errors: "some" }, some);
    metrics.ruleWorkspaces.set({ errors: "near" }, near);

    if (asked - this.#countedAt >= WEBHOOKS_EVERY_MS) {
      const webhooks = await figures.webhooksByStatus();
      for (const status of WEBHOOK_STATUSES) metrics.webhooks.set({ status }, webhooks.get(status) ?? 0);
      this.#countedAt = asked;
    }

    const { dataBytes, diskUsedBytes, diskBytes } = await figures.databaseUse();
    metrics.databaseDataBytes.set(dataBytes);
    metrics.databaseDiskUsedBytes.set(diskUsedBytes);
    metrics.databaseDiskBytes.set(diskBytes);
    this.#lookedAt = clock.now();
  }
}
