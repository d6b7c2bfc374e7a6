import { type Closeable, closeInReverse } from "./closeable.js";
import { waitAtMost } from "./wait-at-most.js";

/** How long a stop waits for the parts of an app, milliseconds. */
export interface CloseLimits {
  /** For one part at most, as the others are to end, too. */
  readonly partMs: number;
  /** For all together. */
  readonly allMs: number;
}

/** All together below what `runService` gives a stop. */
const CLOSE_LIMITS: CloseLimits = { partMs: 6_000, allMs: 8_500 };

/**
 * Parts of an app, opened one after the other. Closed in reverse, none waited for without end: one that waits for a
 * dependency that does not answer must not keep the others from ending in order.
 */
export class Parts implements Closeable {
  readonly #opened: Closeable[] = [];
  readonly #all = closeInReverse(this.#opened);
  readonly #limits: CloseLimits;
  #closeBy = Infinity;

  constructor(limits: CloseLimits = CLOSE_LIMITS) {
    this.#limits = limits;
  }

  /** @returns the part, for use */
  add<Part extends Closeable>(part: Part): Part {
    this.#opened.push({ close: () => this.#closeInTime(part) });
    return part;
  }

  /** @throws AggregateError after all were tried, naming what failed or was left behind */
  close(): Promise<void> {
    this.#closeBy = Math.min(this.#closeBy, performance.now() + this.#limits.allMs);
    return this.#all.close();
  }

  async #closeInTime(part: Closeable): Promise<void> {
    const limitMs = Math.max(0, Math.min(this.#limits.partMs, this.#closeBy - performance.now()));
    if (await waitAtMost(part.close(), limitMs)) return;
    throw new Error(`${part.constructor.name} did not close within ${Math.round(limitMs)} ms`);
  }
}

/**
 * Opens an app: `open` adds each part as soon as it is open. When it fails, what was opened is closed again.
 *
 * @returns what `open` returned, and how to close all of it
 */
export async function openParts<App extends object>(
  open: (parts: Parts) => Promise<App>,
): Promise<App & Closeable> {
  const parts = new Parts();
  try {
    const app = await open(parts);
    return { ...app, close: () => parts.close() };
  } catch (error) {
    // Why it did not open matters more than what did not close.
    await parts.close().catch(() => undefined);
    throw error;
  }
}
