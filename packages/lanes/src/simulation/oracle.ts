import type { EndpointId } from "@hooklane/core";
import type { Report, SendDecision } from "../decision.js";
import type { LaneRecord } from "../lane-record.js";
import type { PartitionCheckpoint } from "../partition-progress.js";

/** A broken invariant (lanes.md §9). */
export class Violation extends Error {
  constructor(invariant: string, detail: string) {
    super(`${invariant}: ${detail}`);
  }
}

/** The attempts of one request in one life of the process. Own-side faults are in none of it. */
interface Story {
  readonly offsets: string;
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
  #stored: PartitionCheckpoint = { committed: 0, done: new Uint8Array(0), sources: {} };
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

  checkpointed(checkpoint: PartitionCheckpoint): void {
    if (checkpoint.committed < this.#stored.committed) throw new Violation("I4", "the watermark went back");
    this.#stored = checkpoint;
  }

  /** The bytes of a request are written. */
  started(send: SendDecision, now: number): void {
    this.requests++;
    const { endpointId, records, attempt } = send;
    const offsets = records.map((record) => record.offset);
    if (this.#life.inFlight.has(endpointId)) throw new Violation("I3", `two requests at ${endpointId}`);
    this.#life.inFlight.set(endpointId, send);
    for (const offset of offsets) this.#mayBeSent(offset);
    this.#inOrder(endpointId, offsets);
    this.#isOneBatch(endpointId, records);
    this.#onTime(offsets, attempt, now);
  }

  ended(endpointId: EndpointId): void {
    this.#life.inFlight.delete(endpointId);
  }

  counted(send: SendDecision): void {
    const story = this.#life.stories.get(send.records[0]?.offset ?? -1);
    if (story === undefined) return;
    story.counted++;
    story.countedAt = story.startedAt;
  }

  delivered(records: readonly LaneRecord[]): void {
    for (const { offset } of records) this.#settled.set(offset, "delivered");
  }

  reported(report: Report): void {
    const outcome = report.kind === "settled" ? report.status : report.next.kind;
    if (outcome === "retrying") return;
    if (report.kind === "attempt" && outcome === "dead_letter") this.#gaveUpInTime(report.records, report);
    for (const { offset } of report.records) {
      const before = this.#settled.get(offset);
      if (before === undefined || before === "delivered") this.#settled.set(offset, before ?? outcome);
    }
  }

  /** Nothing runs any more and nothing is due: every event must have ended, and the watermark be at the end. */
  atRest(end: number, committed: number): void {
    for (const [endpointId, line] of this.#lines)
      for (const offset of line)
        if (!this.#settled.has(offset)) throw new Violation("I2", `${endpointId} lost offset ${offset}`);
    if (committed !== end) throw new Violation("I9", `watermark ${committed} at rest, log ends at ${end}`);
  }

  #mayBeSent(offset: number): void {
    const { committed, done } = this.#stored;
    const bit = offset - committed;
    if (bit < 0 || ((done[bit >>> 3] ?? 0) & (1 << (bit & 7))) !== 0)
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
      const between = line.filter((offset) => offset > before.offset && offset < record.offset);
      if (record.offset <= before.offset || between.some((offset) => !this.#settled.has(offset)))
        throw new Violation("I5", `a batch of ${endpointId} is not contiguous`);
    }
  }

  #onTime(offsets: readonly number[], attempt: number, now: number): void {
    const key = offsets[0] ?? 0;
    const known = this.#life.stories.get(key);
    const story = known ?? { offsets: offsets.join(), startedAt: now, counted: 0, countedAt: -Infinity };
    this.#life.stories.set(key, story);
    if (story.offsets !== offsets.join()) throw new Violation("I5", `a retried batch changed at ${key}`);
    if (attempt !== story.counted + 1)
      throw new Violation("I6", `attempt ${attempt} of ${key} after ${story.counted} counted failures`);
    const wait = this.#waitsMs[attempt - 2] ?? 0;
    if (now < story.countedAt + wait) throw new Violation("I6", `attempt ${attempt} of ${key} is early`);
    story.startedAt = now;
  }

  #gaveUpInTime(records: readonly LaneRecord[], report: Report): void {
    if (report.kind !== "attempt" || report.next.kind !== "dead_letter") return;
    const counted = this.#life.stories.get(records[0]?.offset ?? -1)?.counted ?? 0;
    if (report.next.reason === "retries_exhausted" && counted !== this.#waitsMs.length + 1)
      throw new Violation("I2", `given up after ${counted} counted attempts`);
  }
}
