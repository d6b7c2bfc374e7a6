import { type LaneRecord, RECORD_OVERHEAD_BYTES } from "./lane-record.js";
import { type LaneSettings, RESUME_BELOW } from "./settings.js";

/**
 * When a partition is paused: what it holds in memory, and how far it was read ahead of its watermark. A record is held
 * from its intake until the result that settles it is acknowledged: results Kafka does not take fill memory like a
 * blocked line. The partition goes on only well below the limits, so that it does not flap. Until a batch fetched before
 * the pause is through, the limits are overshot by at most one fetch.
 */
export class FlowControl {
  readonly #limits: LaneSettings;
  #records = 0;
  #bytes = 0;
  #paused = false;

  constructor(limits: LaneSettings) {
    this.#limits = limits;
  }

  get isPaused(): boolean {
    return this.#paused;
  }

  get held(): { readonly records: number; readonly bytes: number } {
    return { records: this.#records, bytes: this.#bytes };
  }

  add(record: LaneRecord): void {
    this.#records++;
    this.#bytes += record.bodyBytes + RECORD_OVERHEAD_BYTES;
  }

  remove(record: LaneRecord): void {
    this.#records--;
    this.#bytes -= record.bodyBytes + RECORD_OVERHEAD_BYTES;
  }

  /** What to do with the partition, when that is another thing than before. */
  change(openSpan: number): "pause" | "resume" | undefined {
    const { queuedRecordsMax, queuedBytesMax, openOffsetsMax } = this.#limits;
    const fill = Math.max(
      this.#records / queuedRecordsMax,
      this.#bytes / queuedBytesMax,
      openSpan / openOffsetsMax,
    );
    if (!this.#paused && fill >= 1) {
      this.#paused = true;
      return "pause";
    }
    if (this.#paused && fill < RESUME_BELOW) {
      this.#paused = false;
      return "resume";
    }
    return undefined;
  }
}
