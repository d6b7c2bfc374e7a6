import { Fifo } from "./fifo.js";
import { type LaneRecord, RECORD_OVERHEAD_BYTES } from "./lane-record.js";

/** Deliveries of a lane held in memory, oldest first, and what they cost. */
export class LaneQueue {
  readonly #records = new Fifo<LaneRecord>();
  #bytes = 0;

  get length(): number {
    return this.#records.length;
  }

  /** Memory it costs, roughly. */
  get bytes(): number {
    return this.#bytes;
  }

  /** @param index 0 is the oldest */
  at(index: number): LaneRecord | undefined {
    return this.#records.at(index);
  }

  push(record: LaneRecord): void {
    this.#bytes += record.bodyBytes + RECORD_OVERHEAD_BYTES;
    this.#records.push(record);
  }

  /** Takes out the oldest `count` (fewer when there are not as many). */
  take(count: number): LaneRecord[] {
    const taken = this.#records.take(count);
    for (const record of taken) this.#bytes -= record.bodyBytes + RECORD_OVERHEAD_BYTES;
    return taken;
  }

  takeAll(): LaneRecord[] {
    return this.take(this.length);
  }

  /** Whether a record of this position is in it. Positions rise along the queue. */
  has(position: number): boolean {
    let low = 0;
    let high = this.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#records.at(middle)?.position ?? Infinity) < position) low = middle + 1;
      else high = middle;
    }
    return this.#records.at(low)?.position === position;
  }
}
