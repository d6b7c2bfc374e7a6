import type { LinePlace, WebhookId } from "@hooklane/core";
import type { EventsRecord } from "./events-record.js";
import type { World } from "./world.js";

/** What a record says, its place, and which versions control records before it announced. */
export interface PlacedRecord<Record extends EventsRecord = EventsRecord> {
  readonly record: Record;
  readonly place: LinePlace;
  readonly announced: ReadonlyMap<WebhookId, number>;
}

/** One partition of `events.v1`, and how far its group has committed it. */
export class EventsPartition {
  readonly partition: number;
  /** Index of the router that has it; a former one may not know that yet. */
  assignedTo: number;
  readonly #world: World;
  /** Raised when it was cut (lanes.md §4). */
  #epoch = 0;
  #records: PlacedRecord[] = [];
  #committed = 0;
  #announced: ReadonlyMap<WebhookId, number> = new Map();
  #waiting: (() => void)[] = [];

  constructor(world: World, partition: number) {
    this.#world = world;
    this.partition = partition;
    this.assignedTo = partition;
  }

  /** Where its group goes on. */
  get committed(): LinePlace {
    return { epoch: this.#epoch, offset: this.#committed };
  }

  /** Whether something stands there or behind it. */
  reaches({ epoch, offset }: LinePlace): boolean {
    return epoch !== this.#epoch || offset < this.#records.length;
  }

  /** Calls back once something is appended, or it was cut. */
  wait(resume: () => void): void {
    this.#waiting.push(resume);
  }

  /** Where the next record will stand. */
  get end(): LinePlace {
    return { epoch: this.#epoch, offset: this.#records.length };
  }

  get isCommitted(): boolean {
    return this.#committed === this.#records.length;
  }

  append(records: readonly EventsRecord[]): void {
    for (const record of records) {
      const place = { epoch: this.#epoch, offset: this.#records.length };
      this.#records.push({ record, place, announced: this.#announced });
      this.#world.trace("events", () => `${this.partition}:${place.offset} ${JSON.stringify(record)}`);
      if (record.kind !== "control") continue;
      const version = Math.max(record.version, this.#announced.get(record.webhookId) ?? 0);
      this.#announced = new Map(this.#announced).set(record.webhookId, version);
    }
    this.#wake();
  }

  /** @returns undefined when the partition is another than the place is of */
  read({ epoch, offset }: LinePlace, countMax: number): readonly PlacedRecord[] | undefined {
    return epoch === this.#epoch ? this.#records.slice(offset, offset + countMax) : undefined;
  }

  /** Taken from the one it is assigned to only. */
  commit(router: number, { epoch, offset }: LinePlace): void {
    if (router === this.assignedTo && epoch === this.#epoch)
      this.#committed = Math.max(this.#committed, offset);
  }

  /** It is made anew: nothing of it is left. */
  cut(): void {
    this.#world.trace("kafka", () => `events.v1/${this.partition} is CUT`);
    this.#epoch++;
    this.#records = [];
    this.#committed = 0;
    this.#announced = new Map();
    this.#wake();
  }

  #wake(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resume of waiting) resume();
  }
}
