import { DueTimes } from "./due-times.js";
import type { Position } from "./position.js";

/** Positions that await an acknowledgement, and the lowest of them. They come and go in nearly any order. */
export class OpenPositions {
  readonly #open = new Set<Position>();
  /** Positions that are gone stay in it until they would be the lowest. */
  readonly #byHeight = new DueTimes<undefined>();

  get size(): number {
    return this.#open.size;
  }

  get lowest(): Position | undefined {
    return this.#byHeight.earliest;
  }

  add(position: Position): void {
    if (this.#open.has(position)) return;
    this.#open.add(position);
    this.#byHeight.add(position, undefined);
  }

  delete(position: Position): void {
    this.#open.delete(position);
    // Here and not when somebody asks: of a live lane nobody ever does, and it may never be empty.
    for (let at = this.#byHeight.earliest; at !== undefined; at = this.#byHeight.earliest) {
      if (this.#open.has(at)) return;
      this.#byHeight.takeDue(at);
    }
  }
}
