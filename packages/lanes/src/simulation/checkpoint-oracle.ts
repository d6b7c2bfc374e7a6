import type { EndpointId } from "@hooklane/core";
import { toLogPlace, toPosition } from "../position.js";
import type { Database, PartitionContent } from "./database.js";
import type { KafkaLog } from "./kafka-log.js";
import type { LineOracle } from "./line-oracle.js";
import type { World } from "./world.js";

/**
 * The design says 15 s of watermark lag (lanes.md §9 I9), for a request that takes no time. A lane counts as overdue after
 * 10 s; to that come a second until it is looked for, a request that began before and stays (3 s to connect, 5 s to
 * end), a batch's 5 s to fill, and the checkpoint itself.
 */
const LAG_MS_MAX = 26_000;
/** So long after the last fault everything has caught up, milliseconds. */
const SETTLED_MS = 45_000;

/** Whether what a checkpoint says is settled, is: or parked, with its lane stored as not live (I4, I7, I9, LOG). */
export class CheckpointOracle {
  readonly #world: World;
  readonly #database: Database;
  readonly #logs: readonly KafkaLog[];
  readonly #line: LineOracle;
  /** Of each line, everything before this is in `attempts.v1`. */
  readonly #recordedTo = new Map<EndpointId, number>();
  readonly #watermarks: number[] = [];

  constructor(world: World, database: Database, logs: readonly KafkaLog[], line: LineOracle) {
    this.#world = world;
    this.#database = database;
    this.#logs = logs;
    this.#line = line;
  }

  /** The database has accepted it. */
  onStored(partition: number, content: PartitionContent): void {
    if (this.#line.cutPartitions.has(partition)) return;
    if (content.committed < (this.#watermarks[partition] ?? 0))
      this.#world.violate("I4", `the watermark of ${partition} goes back to ${content.committed}`);
    this.#markPassed(partition, content, this.#watermarks[partition] ?? 0);
    this.#watermarks[partition] = content.committed;
    for (const [endpointId, line] of this.#line.lines) {
      if (line[0]?.partition !== partition) continue;
      let from = this.#recordedTo.get(endpointId) ?? 0;
      while (line[from]?.isRecorded === true) from++;
      this.#recordedTo.set(endpointId, from);
      for (let i = from; i < line.length; i++) {
        const entry = line[i];
        if (entry !== undefined && !entry.isRecorded)
          this.#maySay(content, endpointId, entry.position, entry.facts.deliveryId);
      }
    }
    this.#isRecent(partition, content);
  }

  /** Whether the stored checkpoint says that this needs never be sent again. */
  isSettled(partition: number, endpointId: EndpointId, position: number): boolean {
    const document = this.#database.partition(partition);
    return isResolved(document, position) && position <= (document.lanes[endpointId]?.cursor ?? Infinity);
  }

  #maySay(content: PartitionContent, endpointId: EndpointId, position: number, name: string): void {
    const stored = content.lanes[endpointId];
    if (stored !== undefined && position <= stored.cursor)
      this.#world.violate(
        "LOG",
        `the cursor of ${endpointId} passes ${name}, its result is not in attempts.v1`,
      );
    if (!isResolved(content, position)) return;
    if (stored === undefined)
      this.#world.violate("I7", `${name} is stored as resolved, has no result, and ${endpointId} is live`);
    if (!this.#database.isParked(endpointId, position))
      this.#world.violate("I7", `${name} is stored as resolved, has no result, and is not in the backlog`);
  }

  #markPassed(partition: number, { logEpoch, committed, lanes }: PartitionContent, from: number): void {
    for (let offset = from; offset < committed; offset++) {
      const facts = this.#logs[partition]?.at(offset)?.facts;
      if (facts === undefined) continue;
      const entry = this.#line.entryOf(facts);
      const cursor = lanes[facts.endpointId]?.cursor ?? Infinity;
      const { position } = entry;
      if (entry.isRecorded && position === toPosition(logEpoch, offset) && position <= cursor)
        entry.isPassed = true;
    }
  }

  #isRecent(partition: number, { committed }: PartitionContent): void {
    const { now, disturbedUntil, statistics } = this.#world;
    const facts = this.#logs[partition]?.at(committed)?.facts;
    if (facts === undefined || now < disturbedUntil + SETTLED_MS) return;
    const lagMs = now - this.#line.entryOf(facts).appendedAt;
    statistics.lagMsMax = Math.max(statistics.lagMsMax, lagMs);
    if (lagMs > LAG_MS_MAX) this.#world.violate("I9", `the watermark of ${partition} is ${lagMs} ms behind`);
  }
}

function isResolved({ logEpoch, committed, done }: PartitionContent, position: number): boolean {
  if (position < toPosition(logEpoch, 0)) return true;
  const bit = toLogPlace(position).offset - committed;
  return bit < 0 || ((done[bit >>> 3] ?? 0) & (1 << (bit & 7))) !== 0;
}
