import { setTimeout as pause } from "node:timers/promises";
import type { Progress } from "../progress.js";
import type { StoppableProcess } from "./stoppable-process.js";

/** Starts the program and resolves when it is up, by the caller's measure of "up". */
export type Launch = () => Promise<StoppableProcess>;

/** A program that ran this long before it ended is not failing at its start: its restarts are counted anew. */
const STABLE_AFTER_MS = 60_000;

/** Pause before restart number `restart` (1-based), in milliseconds: 1, 2, 4, … seconds, 30 s at most. */
export function growingPauseMs(restart: number): number {
  return Math.min(1_000 * 2 ** (restart - 1), 30_000);
}

/** A program that is started again, after growing pauses, when it ends without being asked to. */
export class SupervisedProcess {
  private readonly stopping = new AbortController();
  private readonly supervised: Promise<void>;

  private constructor(
    readonly name: string,
    private readonly launch: Launch,
    private readonly progress: Progress,
    private current: StoppableProcess,
  ) {
    this.supervised = this.supervise();
  }

  /** Resolves when the program is up for the first time. A first start that fails is the caller's to handle. */
  static async start(name: string, launch: Launch, progress: Progress): Promise<SupervisedProcess> {
    return new SupervisedProcess(name, launch, progress, await launch());
  }

  /**
   * Stops the program, and the restarting of it. Safe to call twice.
   *
   * @param graceMs time it has after SIGTERM before it is killed, in milliseconds
   */
  async stop(graceMs?: number): Promise<void> {
    this.stopping.abort();
    await this.current.stop(graceMs);
    await this.supervised;
    // A restart may have been under way when the stop came.
    await this.current.stop(graceMs);
  }

  private isStopping(): boolean {
    return this.stopping.signal.aborted;
  }

  private async supervise(): Promise<void> {
    const { signal } = this.stopping;
    let restarts = 0;
    let startedAt = performance.now();
    let end = await this.current.ended;
    while (!this.isStopping()) {
      restarts = performance.now() - startedAt > STABLE_AFTER_MS ? 1 : restarts + 1;
      const waitMs = growingPauseMs(restarts);
      this.progress(`${this.name} ended (${end}); starting it again in ${waitMs / 1000} s`);
      try {
        await pause(waitMs, undefined, { signal, ref: false });
        startedAt = performance.now();
        this.current = await this.launch();
        // A stop that came meanwhile waits for us to hand over the new process.
        if (this.isStopping()) return;
        this.progress(`${this.name} was started again`);
        end = await this.current.ended;
      } catch (error) {
        end = error instanceof Error ? error.message : String(error);
      }
    }
  }
}
