import type { Report } from "../decision.js";
import type { DispatcherProcess } from "./dispatcher-process.js";

interface Waiting {
  readonly report: Report;
  readonly epoch: number;
  readonly acknowledged: () => void;
}

/** Produces results to `attempts.v1`: one send outstanding, repeated until it is acknowledged (lanes.md §2.1). */
export class ResultProducer {
  readonly #process: DispatcherProcess;
  #waiting: Waiting[] = [];
  #isSending = false;

  constructor(process: DispatcherProcess) {
    this.#process = process;
  }

  send(waiting: Waiting): void {
    this.#waiting.push(waiting);
    if (!this.#isSending) this.#flush();
  }

  #flush(): void {
    const batch = this.#waiting;
    this.#isSending = batch.length > 0;
    if (batch.length === 0) return;
    this.#waiting = [];
    this.#produce(batch);
  }

  #produce(batch: readonly Waiting[]): void {
    const { around, world } = this.#process;
    if (world.now < around.attemptsAwayUntil) {
      this.#process.later(300, () => this.#produce(batch));
      return;
    }
    this.#process.callUntilAnswered(
      "kafka",
      () => {
        for (const { report, epoch } of batch) {
          around.oracle.line.onRecorded(report);
          around.deliveryLog.append(report, epoch);
        }
      },
      () => {
        for (const { acknowledged } of batch) acknowledged();
        this.#flush();
      },
    );
  }
}
