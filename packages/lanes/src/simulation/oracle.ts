import type { EndpointId } from "@hooklane/core";
import type { Report, SendDecision } from "../decision.js";
import type { LaneRecord } from "../lane-record.js";
import type { PartitionCheckpoint } from "../partition-checkpoint.js";

/** A broken invariant (lanes.md §9). */
export class Violation extends Error {
  constructor(invariant: string, detail: string) {
    super(`${invariant}: ${detail}`);
  }
}

/** The attempts of one request in one life of the process. Own-side faults are in none of it. */
interface Story {
  offsets: string;
  startedAt: number;
  counted: number;
  /** Start of the last counted attempt, ms. */
  countedAt: number;
}

interface Life {
  /** By first offset. */
  readonly stories: Map<number, Story>;
  readonly inFlight: Map<EndpointId, SendDecision>;
}

const newLife = (): Life => ({ stories: new Map(), inFlight: new Map() });

/** Watches everything that leaves the engine, and knows from the log alone what must hold. */
export class Oracle {
  readonly #waitsMs: readonly number[];
  /** Offsets of each endpoint in the log, ascending; without repeats of the fan-out. */
  readonly #lines = new Map<EndpointId, number[]>();
  readonly #settled = new Map<number, string>();
  /** Whose end is in `attempts.v1`. */
  readonly #recorded = new Set<number>();
  #stored: PartitionCheckpoint = { committed: 0, done: new Uint8Array(0), sources: {}, lanes: {} };
  #life = newLife();
  requests = 0;
  repeatsAfterCrash = 0;

  constructor(waitsMs: readonly number[]) {
    this.#waitsMs = waitsMs;
  }

  appended(endpointId: EndpointId, offset: number): void {
    const line = this.#lines.get(endpointId);
    if (line === undefined) this.#lines.set(endpointId, [offset]);
    else line.push(offset);
  }

  crashed(): void {
    this.#life = newLife();
  }

  /** @param isParked whether a delivery is in the backlog */
  checkpointed(
    checkpoint: PartitionCheckpoint,
    isParked: (endpointId: EndpointId, position: number) => boolean,
  ): void {
    if (checkpoint.committed < this.#stored.committed) throw new Violation("I4", "the watermark went back");
    for (const [endpointId, line] of this.#lines) {
      const stored = checkpoint.lanes[endpointId];
      for (const position of line) {
        if (stored !== undefined && position <= stored.cursor && !this.#recorded.has(position))
          throw new Violation("I7", `the cursor of ${endpointId} passes ${position}, which is not recorded`);
        if (!isResolved(checkpoint, position) || this.#recorded.has(position)) continue;
        if (stored === undefined || !isParked(endpointId, position))
          throw new Violation(
            "I7",
            `${position} of ${endpointId} is resolved and neither recorded nor parked`,
          );
      }
    }
    this.#stored = checkpoint;
  }

  /** The bytes of a request are written. */
  started(send: SendDecision, now: number): void {
    this.requests++;
    const { endpointId, records, attempt } = send;
    const offsets = records.map((record) => record.position);
    if (this.#life.inFlight.has(endpointId)) throw new Violation("I3", `two requests at ${endpointId}`);
    this.#life.inFlight.set(endpointId, send);
    for (const offset of offsets) this.#mayBeSent(endpointId, offset);
    this.#inOrder(endpointId, offsets);
    this.#isOneBatch(endpointId, records);
    this.#onTime(endpointId, offsets, attempt, now);
  }

  ended(endpointId: EndpointId): void {
    this.#life.inFlight.delete(endpointId);
  }

  counted(send: SendDecision): void {
    const story = this.#life.stories.get(send.records[0]?.position ?? -1);
    if (story === undefined) return;
    story.counted++;
    story.countedAt = story.startedAt;
  }

  delivered(records: readonly LaneRecord[]): void {
    for (const { position: offset } of records) this.#settled.set(offset, "delivered");
  }

  reported(report: Report): void {
    const outcome = report.kind === "settled" ? report.status : report.next.kind;
    if (outcome === "retrying") return;
    if (report.kind === "attempt" && outcome === "dead_letter") this.#gaveUpInTime(report.records, report);
    for (const { position: offset } of report.records) {
      const before = this.#settled.get(offset);
      if (before === undefined || before === "delivered") this.#settled.set(offset, before ?? outcome);
    }
  }

  /** Its result is in `attempts.v1`. */
  recorded(report: Report): void {
    if (report.kind === "settled" || report.next.kind !== "retrying")
      for (const { position } of report.records) this.#recorded.add(position);
  }

  /** Nothing runs any more and nothing is due: every event must have ended, and the watermark be at the end. */
  atRest(end: number, committed: number, notLive: readonly string[]): void {
    if (notLive.length > 0) throw new Violation("I15", `${notLive.join()} did not go live again`);
    for (const [endpointId, line] of this.#lines)
      for (const offset of line)
        if (!this.#settled.has(offset)) throw new Violation("I2", `${endpointId} lost offset ${offset}`);
    if (committed !== end) throw new Violation("I9", `watermark ${committed} at rest, log ends at ${end}`);
  }

  /** Resolved means settled, or parked behind the cursor of a lane that is not live. */
  #mayBeSent(endpointId: EndpointId, offset: number): void {
    const cursor = this.#stored.lanes[endpointId]?.cursor ?? Infinity;
    if (isResolved(this.#stored, offset) && offset <= cursor)
      throw new Violation("I4", `offset ${offset} is sent, a stored checkpoint has it`);
    if (this.#settled.has(offset)) this.repeatsAfterCrash++;
  }

  #inOrder(endpointId: EndpointId, offsets: readonly number[]): void {
    const first = offsets[0] ?? 0;
    const line = this.#lines.get(endpointId) ?? [];
    for (const earlier of line) {
      if (earlier >= first) break;
      if (!this.#settled.has(earlier))
        throw new Violation("I1", `${endpointId} sends ${first} before ${earlier} is settled`);
    }
  }

  #isOneBatch(endpointId: EndpointId, records: readonly LaneRecord[]): void {
    const line = this.#lines.get(endpointId) ?? [];
    const [first] = records;
    for (const [index, record] of records.entries()) {
      const alike = record.webhookId === first?.webhookId && record.generation === first.generation;
      if (!alike) throw new Violation("I5", `a batch of ${endpointId} mixes webhooks`);
      const before = records[index - 1];
      if (before === undefined) continue;
      const between = line.filter((offset) => offset > before.position && offset < record.position);
      if (record.position <= before.position || between.some((offset) => !this.#settled.has(offset)))
        throw new Violation("I5", `a batch of ${endpointId} is not contiguous`);
    }
  }

  #onTime(endpointId: EndpointId, offsets: readonly number[], attempt: number, now: number): void {
    const key = offsets[0] ?? 0;
    const known = this.#life.stories.get(key);
    // A checkpoint may have brought earlier attempts over from another life.
    const story = known ?? {
      offsets: offsets.join(),
      startedAt: now,
      counted: attempt - 1,
      countedAt: -Infinity,
    };
    if (known === undefined && attempt > 1 && this.#stored.lanes[endpointId]?.attempts !== attempt - 1)
      throw new Violation("I6", `${key} begins with attempt ${attempt}`);
    this.#life.stories.set(key, story);
    // Own-side faults are no attempts: until the first real one, a batch may form anew in the backlog.
    if (story.counted === 0) story.offsets = offsets.join();
    if (story.offsets !== offsets.join()) throw new Violation("I5", `a retried batch changed at ${key}`);
    if (attempt !== story.counted + 1)
      throw new Violation("I6", `attempt ${attempt} of ${key} after ${story.counted} counted failures`);
    const wait = this.#waitsMs[attempt - 2] ?? 0;
    if (now < story.countedAt + wait) throw new Violation("I6", `attempt ${attempt} of ${key} is early`);
    story.startedAt = now;
  }

  #gaveUpInTime(records: readonly LaneRecord[], report: Report): void {
    if (report.kind !== "attempt" || report.next.kind !== "dead_letter") return;
    const counted = this.#life.stories.get(records[0]?.position ?? -1)?.counted ?? 0;
    if (report.next.reason === "retries_exhausted" && counted !== this.#waitsMs.length + 1)
      throw new Violation("I2", `given up after ${counted} counted attempts`);
  }
}

function isResolved({ committed, done }: PartitionCheckpoint, offset: number): boolean {
  const bit = offset - committed;
  return bit < 0 || ((done[bit >>> 3] ?? 0) & (1 << (bit & 7))) !== 0;
}
