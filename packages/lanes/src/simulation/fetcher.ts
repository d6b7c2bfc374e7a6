import type { SeenRecord } from "../ownership/resume-point.js";
import type { LogRecord } from "./kafka-log.js";
import type { PartitionOwner } from "./partition-owner.js";
import { SETTINGS } from "./settings.js";

const BODY = new Uint8Array(64);
const FETCHED_MAX = 10;

/** Reads the log of one owned partition and takes it in; sees when it is not the log that was read before. */
export class Fetcher {
  readonly #owner: PartitionOwner;
  /** The furthest that was read, by a former owner perhaps. */
  #seen: SeenRecord | null;
  #isPaused = false;
  #isStopped = false;

  constructor(owner: PartitionOwner, seen: SeenRecord | null) {
    this.#owner = owner;
    this.#seen = seen;
  }

  get seen(): SeenRecord | null {
    return this.#seen;
  }

  setPaused(isPaused: boolean): void {
    this.#isPaused = isPaused;
  }

  start(): void {
    this.#fetch();
  }

  stop(): void {
    this.#isStopped = true;
  }

  #fetch(): void {
    const { process, partition, lanes } = this.#owner;
    if (this.#isStopped || this.#owner.isDiscarded) return;
    const { random } = process.world;
    if (this.#isPaused) {
      process.later(100, () => this.#fetch());
      return;
    }
    const log = process.around.logs[partition];
    const from = lanes.next;
    process.call(
      "kafka",
      () => ({
        records: log?.read(from, FETCHED_MAX) ?? [],
        end: log?.end ?? 0,
        before: log?.at(from - 1)?.identity,
      }),
      ({ records, end, before }) => {
        if (this.#isStopped || this.#owner.isDiscarded) return;
        if (this.#isOther(from, end, before) || !this.#isAsSeen(from, records)) {
          this.#owner.drop();
          return;
        }
        this.#takeStale();
        this.#take(from, records);
        const pause = records.length > 0 ? random.between(5, 60) : random.between(50, 500);
        process.later(pause, () => this.#fetch());
      },
      () => this.#fetch(),
    );
  }

  /** The log was cut under us: it ends before what was read, or another record stands there. */
  #isOther(from: number, end: number, before: string | undefined): boolean {
    if (end < from || end <= (this.#seen?.[0] ?? -1)) return true;
    return this.#seen?.[0] === from - 1 && before !== this.#seen[1];
  }

  /** Where a former owner came to, the record it saw stands. */
  #isAsSeen(from: number, records: readonly LogRecord[]): boolean {
    const [offset, identity] = this.#seen ?? [-1, ""];
    const found = records[offset - from];
    return found === undefined || found.identity === identity;
  }

  /** A batch fetched before a seek may still arrive; intake is to reject it (lanes.md §2.3). */
  #takeStale(): void {
    const { process, partition, logEpoch } = this.#owner;
    const stale = process.fetchedBatches.get(partition);
    if (stale?.logEpoch !== logEpoch || !process.world.hasFaults || !process.world.random.chance(0.03))
      return;
    const isSame = stale.records.every(
      ({ identity }, index) => process.around.logs[partition]?.at(stale.from + index)?.identity === identity,
    );
    if (isSame) this.#take(stale.from, stale.records);
  }

  #take(from: number, records: readonly LogRecord[]): void {
    if (records.length === 0) return;
    const { process, partition, logEpoch, lanes } = this.#owner;
    process.fetchedBatches.set(partition, { logEpoch, from, records });
    this.#owner.tell((_, now) => {
      records.forEach(({ facts, identity }, index) => {
        const offset = from + index;
        const intake =
          facts === undefined ? lanes.onUnreadable(offset) : lanes.onRecord(offset, facts, BODY, now);
        const isTaken = intake === "taken" || intake === "resolved";
        if (isTaken && offset >= (this.#seen?.[0] ?? 0)) this.#seen = [offset, identity];
        if (facts === undefined && intake === "taken") this.#keep(offset);
      });
    });
    const { records: held } = lanes.queued;
    if (held > SETTINGS.queuedRecordsMax + 2 * FETCHED_MAX)
      process.world.violate("I8", `partition ${partition} holds ${held} records`);
  }

  /** A record nobody can read goes to `rejected.v1`. */
  #keep(offset: number): void {
    this.#owner.process.callUntilAnswered(
      "kafka",
      () => undefined,
      () => this.#owner.tell((lanes) => lanes.onUnreadableKept(offset)),
    );
  }
}
