import { carryOutRecovery } from "./recovery-step.js";
import { SimulatedProcess } from "./simulated-process.js";
import { ask, pause, start, type Task } from "./task.js";
import type { Upstream } from "./upstream.js";

const RESULTS_MAX = 200;

/**
 * A health-monitor: makes the delivery log of `attempts.v1`, and carries recoveries out. Two are at it at the same time,
 * so everything it does may be done again. What it makes of trips is in {@link Configuration}.
 */
export class HealthMonitor extends SimulatedProcess {
  readonly upstream: Upstream;

  constructor(upstream: Upstream, name: string) {
    super(upstream.world, name);
    this.upstream = upstream;
  }

  protected override onBoot(): void {
    start(this.#log());
    start(this.#recover());
  }

  protected override onEnd(): void {
    // What it did not come to it does when it is back.
  }

  *#log(): Task<never> {
    const { deliveryLog } = this.upstream;
    for (;;) {
      yield* this.#rest();
      const from = deliveryLog.appliedTo;
      if (deliveryLog.end === from) continue;
      const results = deliveryLog.read(from, RESULTS_MAX);
      yield* ask(this, "database", () => deliveryLog.apply(results));
      yield* ask(this, "kafka", () => deliveryLog.commit(from + results.length));
    }
  }

  *#recover(): Task<never> {
    const { recoveries } = this.upstream;
    for (;;) {
      yield* this.#rest();
      if (recoveries.running().length === 0) continue;
      for (const recovery of yield* ask(this, "database", () => recoveries.running()))
        yield* carryOutRecovery(this, recovery);
    }
  }

  *#rest(): Task {
    yield* pause(this, this.world.random.between(500, 2_000));
  }
}
