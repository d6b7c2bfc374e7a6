import { type Logger, waitAtMost } from "@hooklane/service";

export interface RepeatingTaskOptions {
  /** Static event name for a run that failed. */
  readonly failureEvent: string;
  readonly intervalMs: number;
  /** Aborted by `close`. */
  readonly run: (signal: AbortSignal) => Promise<void>;
  readonly logger: Logger;
}

const CLOSE_LIMIT_MS = 1_000;

/**
 * Work that is looked for: at the start, at every interval, and at once when somebody rings. One run at a time; rings
 * during a run lead to one more. A run that fails is logged and tried again at the next interval.
 */
export class RepeatingTask {
  readonly #options: RepeatingTaskOptions;
  readonly #stop = new AbortController();
  #timer: NodeJS.Timeout | undefined;
  #isWanted = false;
  #running: Promise<void> | undefined;

  constructor(options: RepeatingTaskOptions) {
    this.#options = options;
  }

  start(): void {
    this.#timer = setInterval(() => this.ring(), this.#options.intervalMs);
    this.ring();
  }

  /** Asks for a run as soon as possible. */
  ring(): void {
    if (this.#stop.signal.aborted) return;
    this.#isWanted = true;
    this.#running ??= this.#runWhileWanted().finally(() => {
      this.#running = undefined;
    });
  }

  /** Lets the run in progress come to its end, but not for long: whatever it does is taken up again after a crash. */
  async close(): Promise<void> {
    clearInterval(this.#timer);
    this.#stop.abort();
    if (this.#running) await waitAtMost(this.#running, CLOSE_LIMIT_MS);
  }

  async #runWhileWanted(): Promise<void> {
    while (this.#isWanted && !this.#stop.signal.aborted) {
      this.#isWanted = false;
      try {
        await this.#options.run(this.#stop.signal);
      } catch (err) {
        this.#options.logger.error({ err }, this.#options.failureEvent);
        return;
      }
    }
  }
}
