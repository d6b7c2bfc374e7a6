import {
  comparePlaces,
  type LinePlace,
  type RecordId,
  type RecoveryEnd,
  type RecoveryProgress,
  type RecoveryTask,
  toRecoveryEndRecordId,
} from "@hooklane/core";
import type { FoundOwed } from "./event-log.js";
import type { Webhook } from "./webhook.js";
import type { World } from "./world.js";

/** What the router decided at an end. */
export interface DecidedEnd {
  readonly place: LinePlace;
  readonly end: RecoveryEnd;
  /** What enters the line there, in order. */
  readonly entering: readonly FoundOwed[];
  /** As it was then: all its deliveries are for this version and line. */
  readonly webhook: Webhook | undefined;
}

/** A recovery as it is stored. */
export interface Recovery extends Omit<RecoveryProgress, "lastEnd"> {
  readonly id: string;
  readonly task: RecoveryTask;
  /** Of the webhook, when it came to recover. */
  readonly version: number;
  readonly status: "running" | "completed" | "cancelled";
  readonly lastRecord: RecordId | undefined;
  /** When that was put in line. */
  readonly putAt: number;
}

/** The collection `recoveries`. Every method is one operation at the server: it happens at once. */
export class Recoveries {
  readonly #world: World;
  readonly #recoveries = new Map<string, Recovery>();
  readonly #ends = new Map<RecordId, DecidedEnd>();

  constructor(world: World) {
    this.#world = world;
  }

  /** Part of the transaction that makes the webhook recover. */
  add({ id: webhookId, generation, owedSince, version }: Webhook): void {
    const id = `${webhookId}.${generation}`;
    const task = { webhookId, generation, owedSince };
    const progress = { isCollected: false, isUnrouted: false, ends: 0, lastRecord: undefined, putAt: 0 };
    this.#recoveries.set(id, { id, task, version, status: "running", ...progress });
    this.#world.statistics.recoveries++;
  }

  has(id: string): boolean {
    return this.#recoveries.has(id);
  }

  all(): readonly Recovery[] {
    return [...this.#recoveries.values()];
  }

  running(): readonly Recovery[] {
    return [...this.#recoveries.values()].filter(({ status }) => status === "running");
  }

  find(id: string): Recovery {
    const found = this.#recoveries.get(id);
    if (found === undefined) throw new RangeError("no such recovery");
    return found;
  }

  /** How far it is, with what the router decided. */
  progressOf(id: string): RecoveryProgress {
    const recovery = this.find(id);
    return { ...recovery, lastEnd: this.#ends.get(toRecoveryEndRecordId(id, recovery.ends))?.end.kind };
  }

  /** The first place counts. */
  begin(id: string, place: LinePlace): void {
    const { begunAt } = this.find(id);
    this.#set(id, { begunAt: begunAt ?? place });
  }

  collected(id: string): void {
    this.#set(id, { isCollected: true });
  }

  /** This much is in line once more. */
  sent(id: string, through: LinePlace, lastRecord: RecordId | undefined): void {
    const { sentThrough } = this.find(id);
    // Of two at work one may be behind.
    if (sentThrough !== undefined && comparePlaces(through, sentThrough) <= 0) return;
    this.#set(id, { sentThrough: through });
    if (lastRecord !== undefined) this.#put(id, lastRecord);
  }

  /** Its end is in line. */
  ended(id: string, number: number): void {
    if (number <= this.find(id).ends) return;
    this.#set(id, { ends: number });
    this.#put(id, toRecoveryEndRecordId(id, number));
  }

  /** The record has a place. */
  routed(id: string, recordId: RecordId, place: LinePlace): void {
    const { lastRecord, routedThrough } = this.find(id);
    if (lastRecord !== recordId) return;
    const isBehind = routedThrough === undefined || comparePlaces(place, routedThrough) > 0;
    this.#set(id, { isUnrouted: false, routedThrough: isBehind ? place : routedThrough });
  }

  /** What it put in line last does not arrive: all of it is put there again, and what arrived is a repeat. */
  restart(id: string, recordId: RecordId): void {
    const { lastRecord, ends } = this.find(id);
    if (lastRecord !== recordId) return;
    const isEndDecided = ends === 0 || this.#ends.has(toRecoveryEndRecordId(id, ends));
    this.#set(id, { sentThrough: undefined, isUnrouted: false, ends: isEndDecided ? ends : ends - 1 });
  }

  /** Of an end the first decision counts. @returns what is stored */
  decideEnd(id: string, number: number, decided: DecidedEnd): DecidedEnd {
    const recordId = toRecoveryEndRecordId(id, number);
    const stored = this.#ends.get(recordId) ?? decided;
    this.#ends.set(recordId, stored);
    // Whoever put it in line may have died before it was noted.
    this.ended(id, number);
    return stored;
  }

  endOf(recordId: RecordId): DecidedEnd | undefined {
    return this.#ends.get(recordId);
  }

  finish(id: string, status: "completed" | "cancelled"): void {
    if (this.find(id).status !== "running") return;
    this.#set(id, { status });
    if (status === "completed") this.#world.statistics.recovered++;
  }

  #put(id: string, lastRecord: RecordId): void {
    this.#set(id, { lastRecord, isUnrouted: true, putAt: this.#world.now });
  }

  #set(id: string, change: Partial<Recovery>): void {
    this.#recoveries.set(id, { ...this.find(id), ...change });
    this.#world.trace("recovery", () => `${id} ${JSON.stringify(change)}`);
  }
}
