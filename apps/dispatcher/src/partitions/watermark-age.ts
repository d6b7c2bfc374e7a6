/** The age is known to this, milliseconds: so few marks do for a partition that stands still for long. */
const MARK_EVERY_MS = 250;

/** Records from this offset on were taken in at this time, up to the next mark. */
interface Mark {
  readonly first: number;
  /** Milliseconds. */
  readonly at: number;
}

/** How far a partition is: offsets. */
interface Progress {
  /** The lowest unresolved one. */
  readonly committed: number;
  /** The one to take in next. */
  readonly next: number;
}

/** Since when the record at a partition's watermark has been with us (lanes.md §9, I9). Costs a fetch, not a record. */
export class WatermarkAge {
  readonly #marks: Mark[] = [];

  /** Records from `first` to below `next` were taken in just now. */
  onTakenIn(first: number, { committed, next }: Progress, now: number): void {
    this.#forget({ committed, next: first });
    const last = this.#marks.at(-1);
    const isMarked = last !== undefined && now - last.at < MARK_EVERY_MS;
    if (committed < next && !isMarked) this.#marks.push({ first, at: now });
  }

  /** Milliseconds; 0 when everything taken in is resolved. */
  ageMs(progress: Progress, now: number): number {
    this.#forget(progress);
    const [oldest] = this.#marks;
    return oldest === undefined ? 0 : now - oldest.at;
  }

  /** Marks all of whose records are resolved. */
  #forget({ committed, next }: Progress): void {
    const marks = this.#marks;
    let passed = 0;
    while (passed < marks.length && (marks[passed + 1]?.first ?? next) <= committed) passed++;
    if (passed > 0) marks.splice(0, passed);
  }
}
