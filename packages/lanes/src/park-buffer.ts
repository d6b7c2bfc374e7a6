import { Fifo } from "./fifo.js";
import type { Lane } from "./lane.js";
import { type LaneRecord, RECORD_OVERHEAD_BYTES } from "./lane-record.js";
import type { LaneSettings } from "./settings.js";

/** A delivery on its way to the backlog. */
export interface Park {
  readonly lane: Lane;
  readonly record: LaneRecord;
}

/** The most deliveries, and bytes, of one write to the backlog (lanes.md §5). */
const FLUSH_RECORDS_MAX = 500;
const FLUSH_BYTES_MAX = 1024 * 1024;

/**
 * Deliveries that leave memory for the backlog (lanes.md §5): gathered over all lanes of the partition and written
 * together, one write at a time. Their offsets are resolved only when the write is acknowledged.
 */
export class ParkBuffer {
  readonly #delayMs: number;
  readonly #waiting = new Fifo<Park>();
  #isOpen: boolean;
  #bytes = 0;
  #since = 0;
  #written: readonly Park[] | undefined;

  /** @param isOpen whether anything may be written before {@link open} */
  constructor({ parkDelayMs }: LaneSettings, isOpen: boolean) {
    this.#delayMs = parkDelayMs;
    this.#isOpen = isOpen;
  }

  open(): void {
    this.#isOpen = true;
  }

  add(lane: Lane, record: LaneRecord, now: number): void {
    if (this.#waiting.length === 0) this.#since = now;
    this.#waiting.push({ lane, record });
    this.#bytes += record.bodyBytes + RECORD_OVERHEAD_BYTES;
  }

  /** When the next write is due (ms); undefined while one is on its way, and while it is not open. */
  get dueAt(): number | undefined {
    if (!this.#isOpen || this.#written !== undefined || this.#waiting.length === 0) return undefined;
    const isFull = this.#waiting.length >= FLUSH_RECORDS_MAX || this.#bytes >= FLUSH_BYTES_MAX;
    return isFull ? this.#since : this.#since + this.#delayMs;
  }

  /** Takes out what to write now; one write at a time. */
  takeDue(now: number): readonly LaneRecord[] | undefined {
    const { dueAt } = this;
    if (dueAt === undefined || now < dueAt) return undefined;
    const written: Park[] = [];
    let bytes = 0;
    while (written.length < FLUSH_RECORDS_MAX && bytes < FLUSH_BYTES_MAX) {
      const park = this.#waiting.shift();
      if (park === undefined) break;
      written.push(park);
      bytes += park.record.bodyBytes + RECORD_OVERHEAD_BYTES;
    }
    this.#bytes -= bytes;
    // What stays has waited as long: it follows as soon as this one is through.
    this.#written = written;
    return written.map(({ record }) => record);
  }

  /** The write was acknowledged. @returns what it held */
  onWritten(): readonly Park[] {
    const written = this.#written ?? [];
    this.#written = undefined;
    return written;
  }
}
