/** Offsets below `committed` and the ones set in `done` are resolved: they need never be sent again. */
export interface ResolvedOffsets {
  /** The lowest unresolved offset. */
  readonly committed: number;
  /** Bit i (least significant first in each byte) stands for offset `committed + i`. */
  readonly done: Uint8Array;
}

const BITS = 32;
const ALL_SET = 0xffffffff;
/** Words below the watermark are given up in chunks, so that shifting costs next to nothing a record. */
const COMPACT_AT_WORDS = 256;

/**
 * Which offsets of a partition are resolved (lanes.md §6, checkpoint content): a watermark and a bitmap above it. The
 * bitmap may reach beyond `next`: what an earlier owner resolved and this one has not read yet.
 */
export class OffsetLedger {
  #base: number;
  #words: Uint32Array;
  #committed: number;
  #next: number;
  /** Behind the highest offset that is resolved. */
  #resolvedEnd = 0;

  constructor(start: ResolvedOffsets) {
    this.#base = Math.floor(start.committed / BITS) * BITS;
    this.#committed = start.committed;
    this.#next = start.committed;
    this.#words = new Uint32Array(64);
    start.done.forEach((byte, index) => {
      for (let bit = 0; bit < 8; bit++) {
        if (byte & (1 << bit)) this.#set(start.committed + index * 8 + bit);
      }
    });
  }

  /** The lowest unresolved offset, never above `next`. */
  get committed(): number {
    return this.#committed;
  }

  /** The offset to take in next. */
  get next(): number {
    return this.#next;
  }

  /** Records between the watermark and the last one taken in. */
  get openSpan(): number {
    return this.#next - this.#committed;
  }

  /** Whether an earlier owner resolved something that was not taken in yet. */
  get isResolvedAhead(): boolean {
    return this.#resolvedEnd > this.#next;
  }

  /** Takes in the record at `next`. Answers whether an earlier owner had resolved it. */
  takeIn(): boolean {
    return this.isResolved(this.#next++);
  }

  isResolved(offset: number): boolean {
    if (offset < this.#committed) return true;
    const bit = offset - this.#base;
    return ((this.#words[bit >>> 5] ?? 0) & (1 << (bit & 31))) !== 0;
  }

  /** Idempotent. The watermark moves with {@link advance}. */
  resolve(offset: number): void {
    if (offset >= this.#committed) this.#set(offset);
  }

  /** Moves the watermark over what is resolved, at most to `next`. Answers by how many offsets. */
  advance(): number {
    const before = this.#committed;
    while (this.#committed < this.#next && this.isResolved(this.#committed)) {
      const bit = this.#committed - this.#base;
      const wholeWord = (bit & 31) === 0 && this.#words[bit >>> 5] === ALL_SET;
      this.#committed += wholeWord ? Math.min(BITS, this.#next - this.#committed) : 1;
    }
    this.#compact();
    return this.#committed - before;
  }

  /** What a checkpoint stores. */
  snapshot(): ResolvedOffsets {
    let highest = -1;
    for (let word = this.#words.length - 1; word >= 0 && highest < 0; word--) {
      const value = this.#words[word] ?? 0;
      if (value !== 0) highest = word * BITS + 31 - Math.clz32(value);
    }
    const count = Math.max(0, this.#base + highest + 1 - this.#committed);
    const done = new Uint8Array(Math.ceil(count / 8));
    for (let i = 0; i < count; i++) {
      if (this.isResolved(this.#committed + i)) done[i >>> 3] = (done[i >>> 3] ?? 0) | (1 << (i & 7));
    }
    return { committed: this.#committed, done };
  }

  #set(offset: number): void {
    if (offset >= this.#resolvedEnd) this.#resolvedEnd = offset + 1;
    const bit = offset - this.#base;
    const word = bit >>> 5;
    if (word >= this.#words.length) {
      const grown = new Uint32Array(Math.max(word + 1, this.#words.length * 2));
      grown.set(this.#words);
      this.#words = grown;
    }
    this.#words[word] = (this.#words[word] ?? 0) | (1 << (bit & 31));
  }

  #compact(): void {
    const passed = Math.floor((this.#committed - this.#base) / BITS);
    if (passed < COMPACT_AT_WORDS) return;
    // A new array rather than a moved one: after a blocked lane ends, the room it took is given back.
    const kept = this.#words.subarray(passed);
    const words = new Uint32Array(Math.max(64, lastUsed(kept) + 1));
    words.set(kept.subarray(0, words.length));
    this.#words = words;
    this.#base += passed * BITS;
  }
}

function lastUsed(words: Uint32Array): number {
  let last = words.length - 1;
  while (last >= 0 && words[last] === 0) last--;
  return last;
}
