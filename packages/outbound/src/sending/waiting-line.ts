interface Place<T> {
  readonly item: T;
  ahead: Place<T> | undefined;
  behind: Place<T> | undefined;
}

/**
 * First come, first served, and whoever gives up leaves at once, all in constant time. A plain `Set` would do but for
 * taking its first again and again: that passes over everything taken before.
 */
export class WaitingLine<T extends object> {
  readonly #places = new Map<T, Place<T>>();
  #first: Place<T> | undefined;
  #last: Place<T> | undefined;

  get size(): number {
    return this.#places.size;
  }

  /** To the end of the line; nobody stands in it twice. */
  add(item: T): void {
    const place: Place<T> = { item, ahead: this.#last, behind: undefined };
    if (this.#last === undefined) this.#first = place;
    else this.#last.behind = place;
    this.#last = place;
    this.#places.set(item, place);
  }

  takeFirst(): T | undefined {
    const item = this.#first?.item;
    if (item !== undefined) this.delete(item);
    return item;
  }

  /** @returns whether it stood in the line */
  delete(item: T): boolean {
    const place = this.#places.get(item);
    if (place === undefined) return false;
    const { ahead, behind } = place;
    if (ahead === undefined) this.#first = behind;
    else ahead.behind = behind;
    if (behind === undefined) this.#last = ahead;
    else behind.ahead = ahead;
    return this.#places.delete(item);
  }
}
