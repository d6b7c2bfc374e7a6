import type { DeliveryFacts } from "../lane-record.js";

/** A record of `deliveries.v1`. */
export interface LogRecord {
  /** What tells it from any other that ever stood at its offset. */
  readonly identity: string;
  /** Undefined: nobody can read it. */
  readonly facts: DeliveryFacts | undefined;
}

/** One partition of `deliveries.v1`. */
export class KafkaLog {
  readonly partition: number;
  readonly #records: LogRecord[] = [];
  #appended = 0;
  #longest = 0;

  constructor(partition: number) {
    this.partition = partition;
  }

  /** The offset behind the last record. */
  get end(): number {
    return this.#records.length;
  }

  at(offset: number): LogRecord | undefined {
    return this.#records[offset];
  }

  read(from: number, countMax: number): readonly LogRecord[] {
    return this.#records.slice(from, from + countMax);
  }

  /** @returns its offset */
  append(facts: DeliveryFacts | undefined): number {
    this.#longest = Math.max(this.#longest, this.#records.length + 1);
    return this.#records.push({ identity: `r${this.#appended++}`, facts }) - 1;
  }

  /** Other traffic brings it to where it was before it was cut. */
  regrow(): void {
    while (this.#records.length < this.#longest) this.append(undefined);
  }

  /** Its end is lost: an unclean leader election, or, from 0, a topic that was made anew. @returns what is gone */
  cut(end: number): readonly LogRecord[] {
    return this.#records.splice(end);
  }
}
