import type { SimulatedProcess } from "./simulated-process.js";

/** How a process hears of changes: in order, up to a second late, later when it is cut off from the database. */
export class ChangeStream {
  readonly #process: SimulatedProcess;
  #at = 0;

  constructor(process: SimulatedProcess) {
    this.#process = process;
  }

  /** The process began anew. */
  reset(): void {
    this.#at = 0;
  }

  /** Nothing comes for a while; then all of it. */
  stall(ms: number): void {
    this.#at = Math.max(this.#at, this.#process.world.now + ms);
  }

  tell(tell: () => void): void {
    if (!this.#process.isUp) return;
    const { random, now } = this.#process.world;
    const delay = random.chance(0.8) ? random.between(2, 200) : random.between(200, 900);
    this.#at = Math.max(this.#at, Math.max(now, this.#process.cutOffUntil) + delay);
    this.#process.later(this.#at - now, tell);
  }
}
