/** One answer of a list call. */
export interface Page<Element> {
  readonly data: readonly Element[];
  /** Gives the next page; null at the end. */
  readonly nextCursor: string | null;
}

/**
 * A list, read page by page as far as one goes: `for await (const webhook of hooklane.webhooks.list())`. Each iteration
 * begins anew at the front.
 */
export class List<Element> implements AsyncIterable<Element> {
  readonly #read: (cursor: string | undefined) => Promise<Page<Element>>;

  constructor(read: (cursor: string | undefined) => Promise<Page<Element>>) {
    this.#read = read;
  }

  /** One page, the first unless a cursor says where. @throws HooklaneError */
  page(cursor?: string): Promise<Page<Element>> {
    return this.#read(cursor);
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Element, void, undefined> {
    let cursor: string | undefined;
    do {
      const page: Page<Element> = await this.#read(cursor);
      yield* page.data;
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
  }

  /** The first elements, `max` of them or fewer. @throws HooklaneError */
  async take(max: number): Promise<readonly Element[]> {
    const taken: Element[] = [];
    if (max <= 0) return taken;
    for await (const element of this) {
      taken.push(element);
      if (taken.length >= max) break;
    }
    return taken;
  }
}
