interface Entry<T> {
  readonly at: number;
  readonly item: T;
}

/** Items by time, earliest first: a binary heap. An item may be in it more than once; its user tells which one counts. */
export class DueTimes<T> {
  readonly #heap: Entry<T>[] = [];

  /** The earliest time, or undefined when empty. */
  get earliest(): number | undefined {
    return this.#heap[0]?.at;
  }

  add(at: number, item: T): void {
    const entry = { at, item };
    let index = this.#heap.push(entry) - 1;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      const above = this.#heap[parent];
      if (above === undefined || above.at <= at) break;
      this.#heap[index] = above;
      index = parent;
    }
    this.#heap[index] = entry;
  }

  /** Takes out the earliest item if its time has come. */
  takeDue(now: number): Entry<T> | undefined {
    const first = this.#heap[0];
    if (first === undefined || first.at > now) return undefined;
    const last = this.#heap.pop();
    if (last !== undefined && this.#heap.length > 0) this.#sink(last);
    return first;
  }

  #sink(entry: Entry<T>): void {
    const heap = this.#heap;
    let index = 0;
    for (;;) {
      const left = 2 * index + 1;
      const right = left + 1;
      const leftAt = heap[left]?.at ?? Infinity;
      const rightAt = heap[right]?.at ?? Infinity;
      const child = rightAt < leftAt ? right : left;
      const below = heap[child];
      if (below === undefined || below.at >= entry.at) break;
      heap[index] = below;
      index = child;
    }
    heap[index] = entry;
  }
}
