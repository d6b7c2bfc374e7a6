import type { StreamPosition } from "./stream-position.js";

interface Placed {
  readonly position: StreamPosition;
}

/**
 * Lets through what is behind a client's position, of a reading that begins with the position's moment. Several things
 * may have happened in that moment: those up to the one that was sent last are held back, and let go after all when that
 * one does not show up any more, as nothing must be lost.
 */
export class ResumeGate<Item extends Placed> {
  readonly #from: StreamPosition;
  #held: Item[] = [];
  #isOpen = false;

  constructor(from: StreamPosition) {
    this.#from = from;
  }

  /** @param isAtEnd nothing more happened so far */
  pass(items: readonly Item[], isAtEnd: boolean): readonly Item[] {
    if (this.#isOpen) return items;
    const through: Item[] = [];
    for (const item of items) this.#take(item, through);
    if (isAtEnd) this.#open(through);
    return through;
  }

  #take(item: Item, through: Item[]): void {
    const { time, key } = item.position;
    if (time > this.#from.time) {
      // Open from the first of them on; what follows is later, too.
      this.#open(through);
      through.push(item);
      return;
    }
    if (time < this.#from.time) return;
    this.#held.push(item);
    if (key === this.#from.key) this.#held = [];
  }

  #open(through: Item[]): void {
    if (this.#isOpen) return;
    this.#isOpen = true;
    through.push(...this.#held);
    this.#held = [];
  }
}
