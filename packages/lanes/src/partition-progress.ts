import { OffsetLedger, type ResolvedOffsets } from "./offset-ledger.js";
import { SourceLedger, type SourceMarks, type SourcePosition } from "./source-marks.js";

/** What a checkpoint stores of the offsets of a partition (lanes.md §3). */
export interface ProgressSnapshot extends ResolvedOffsets {
  readonly sources: SourceMarks;
}

/** Where an offset stands to the one that is to be taken in next. */
export type OffsetPlace = "next" | "stale" | "gap";

/** How far a partition is: what was taken in, what of it is resolved, and the marks that belong to that (lanes.md §5). */
export class PartitionProgress {
  readonly #ledger: OffsetLedger;
  readonly #sources: SourceLedger;
  #isDirty = false;

  constructor(start: ProgressSnapshot) {
    this.#ledger = new OffsetLedger(start);
    this.#sources = new SourceLedger(start.sources);
  }

  /** The offset to take in next. */
  get next(): number {
    return this.#ledger.next;
  }

  /** The lowest unresolved offset. */
  get committed(): number {
    return this.#ledger.committed;
  }

  /** Records between the watermark and the last one taken in. */
  get openSpan(): number {
    return this.#ledger.openSpan;
  }

  /** Whether a checkpoint would store something new. */
  get isDirty(): boolean {
    return this.#isDirty;
  }

  /** Whether an earlier owner resolved something that was not taken in yet. */
  get isResolvedAhead(): boolean {
    return this.#ledger.isResolvedAhead;
  }

  placeOf(offset: number): OffsetPlace {
    if (offset === this.#ledger.next) return "next";
    return offset < this.#ledger.next ? "stale" : "gap";
  }

  /**
   * Takes in the record at `next`. False: it was resolved before, by an earlier owner or as a repeat of the fan-out.
   *
   * @param source undefined when nobody can read it
   */
  takeIn(source: SourcePosition | undefined): boolean {
    const offset = this.#ledger.next;
    const resolvedBefore = this.#ledger.takeIn();
    this.#isDirty = true;
    // The mark first, also for records that were resolved before (lanes.md §5.2).
    const isNew = this.#sources.takeIn(source);
    if (isNew && !resolvedBefore) return true;
    this.resolve(offset);
    return false;
  }

  /** It needs never be sent again. */
  resolve(offset: number): void {
    this.#ledger.resolve(offset);
    if (offset === this.#ledger.committed) this.#sources.commit(this.#ledger.advance());
    this.#isDirty = true;
  }

  /** What to store now; {@link isDirty} is false until something else resolves. */
  snapshot(): ProgressSnapshot {
    this.#isDirty = false;
    return { ...this.#ledger.snapshot(), sources: this.#sources.snapshot() };
  }

  /** Something else of the checkpoint changed, or it was not stored. */
  markDirty(): void {
    this.#isDirty = true;
  }
}
