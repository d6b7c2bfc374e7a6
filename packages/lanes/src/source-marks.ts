import { Fifo } from "./fifo.js";

/** Place of a record's cause in `events.v1`: [partition, epoch of that partition, offset, ordinal]. */
export type SourcePosition = readonly [partition: number, epoch: number, offset: number, ordinal: number];

/** By events partition: the highest position seen, as [epoch, offset, ordinal]. */
export type SourceMarks = Readonly<Record<number, readonly [epoch: number, offset: number, ordinal: number]>>;

/**
 * High-water marks of the fan-out (lanes.md §5.2): a router that crashed between producing and committing produces
 * again, and what is not above its mark is a repeat. Kept twice: as of `next` for intake, and as of `committed` for the
 * checkpoint, since what lies between is read again after a crash.
 */
export class SourceLedger {
  readonly #current = new Map<number, SourcePosition>();
  readonly #committed = new Map<number, SourcePosition>();
  /** One entry a record between `committed` and `next`; undefined for one that moved no mark. */
  readonly #open = new Fifo<SourcePosition | undefined>();

  constructor(start: SourceMarks) {
    for (const [partition, [epoch, offset, ordinal]] of Object.entries(start)) {
      const position: SourcePosition = [Number(partition), epoch, offset, ordinal];
      this.#current.set(position[0], position);
      this.#committed.set(position[0], position);
    }
  }

  /**
   * Takes in the record at `next`. False: the fan-out repeated itself, the record is to be dropped.
   *
   * @param source undefined when nobody can read it
   */
  takeIn(source: SourcePosition | undefined): boolean {
    const mark = source && this.#current.get(source[0]);
    const isRepeat = source !== undefined && mark !== undefined && !isAbove(source, mark);
    this.#open.push(isRepeat ? undefined : source);
    if (source !== undefined && !isRepeat) this.#current.set(source[0], source);
    return !isRepeat;
  }

  /** The watermark moved over this many records. */
  commit(count: number): void {
    for (let i = 0; i < count; i++) {
      const source = this.#open.shift();
      if (source !== undefined) this.#committed.set(source[0], source);
    }
  }

  /** The marks as of `committed`. */
  snapshot(): SourceMarks {
    return Object.fromEntries(
      [...this.#committed.values()].map(([partition, epoch, offset, ordinal]) => [
        partition,
        [epoch, offset, ordinal] as const,
      ]),
    );
  }
}

function isAbove(a: SourcePosition, b: SourcePosition): boolean {
  if (a[1] !== b[1]) return a[1] > b[1];
  if (a[2] !== b[2]) return a[2] > b[2];
  return a[3] > b[3];
}
