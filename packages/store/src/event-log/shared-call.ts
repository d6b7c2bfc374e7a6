/** What one caller handed in. */
interface Waiting<Item, Result> {
  readonly items: readonly Item[];
  readonly resolve: (results: readonly Result[]) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Has callers share a round trip: one call at a time, what is handed in meanwhile goes together in the next. An idle one
 * begins at once, so nobody waits for company. When a call fails, all who shared it fail: each of them tries again.
 */
export class SharedCall<Item, Result> {
  readonly #call: (items: readonly Item[]) => Promise<readonly Result[]>;
  readonly #itemsMax: number;
  #waiting: Waiting<Item, Result>[] = [];
  #isBusy = false;

  /**
   * @param call gives a result for each item, in their order
   * @param itemsMax a shared call takes in no further caller beyond so many items
   */
  constructor(call: (items: readonly Item[]) => Promise<readonly Result[]>, itemsMax: number) {
    this.#call = call;
    this.#itemsMax = itemsMax;
  }

  /** @returns the results of these items, in their order */
  run(items: readonly Item[]): Promise<readonly Result[]> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ items, resolve, reject });
      if (!this.#isBusy) void this.#work();
    });
  }

  async #work(): Promise<void> {
    this.#isBusy = true;
    for (let group = this.#take(); group.length > 0; group = this.#take()) {
      try {
        const results = await this.#call(group.flatMap(({ items }) => items));
        let from = 0;
        for (const { items, resolve } of group) resolve(results.slice(from, (from += items.length)));
      } catch (error) {
        for (const { reject } of group) reject(error);
      }
    }
    this.#isBusy = false;
  }

  #take(): readonly Waiting<Item, Result>[] {
    let count = 0;
    let end = 0;
    while (end < this.#waiting.length && (end === 0 || count < this.#itemsMax)) {
      count += this.#waiting[end]?.items.length ?? 0;
      end++;
    }
    return this.#waiting.splice(0, end);
  }
}
