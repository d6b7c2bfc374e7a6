import { DueTimes } from "./due-times.js";
import type { Lane } from "./lane.js";

/** When lanes want to be looked at again. A lane waits for one time; an entry for another one is stale. */
export class LaneTimers {
  readonly #times = new DueTimes<Lane>();

  /** The earliest time (ms), or undefined. It may be stale: then nothing is due. */
  get earliest(): number | undefined {
    return this.#times.earliest;
  }

  wakeAt(lane: Lane, at: number): void {
    if (lane.dueAt === at) return;
    lane.dueAt = at;
    this.#times.add(at, lane);
  }

  /** Takes out the next lane whose time has come. */
  takeDue(now: number): Lane | undefined {
    for (let due = this.#times.takeDue(now); due !== undefined; due = this.#times.takeDue(now)) {
      const { item: lane, at } = due;
      if (lane.dueAt !== at) continue;
      lane.dueAt = NaN;
      return lane;
    }
    return undefined;
  }
}
