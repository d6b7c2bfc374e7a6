import { systemClock } from "@hooklane/service";
import { OperationalFigures } from "@hooklane/store";
import { createFigureMetrics, observeFigures } from "./figures/figure-metrics.js";
import { FiguresWatch } from "./figures/figures-watch.js";
import { repeat, type Shared } from "./shared.js";

/** A few times within a scrape interval as it is usual; alerts wait a minute and more. */
const FIGURES_SWEEP_MS = 5_000;

/** What is measured of the whole installation, for those who operate it. */
export function startFigures(shared: Shared): void {
  const { config, store, metrics } = shared;
  const watch = new FiguresWatch({
    figures: new OperationalFigures(store),
    store,
    rule: { errorsMax: config.DISPATCHER_RULE_ERRORS_MAX, windowMs: config.DISPATCHER_RULE_WINDOW_MS },
    metrics: createFigureMetrics(metrics),
    clock: systemClock,
  });
  observeFigures(metrics, watch);
  repeat(shared, "figures.sweep_failed", FIGURES_SWEEP_MS, () => watch.sweep());
}
