import { Random } from "./random.js";
import { EventQueue } from "./event-queue.js";
import type { Profile } from "./profile.js";

/** An invariant of lanes.md §9 (or a rule named beside them) that was broken. */
export class Violation extends Error {
  readonly invariant: string;

  constructor(invariant: string, at: number, detail: string) {
    super(`${invariant} at ${(at / 1_000).toFixed(3)} s: ${detail}`);
    this.invariant = invariant;
  }
}

/** What a run did; so that a test can tell that its runs reach what they are about. */
export interface Statistics {
  requests: number;
  failures: number;
  /** Of them, those no body could be made for. */
  unmakeable: number;
  /** Of the requests, those of tests. */
  tests: number;
  /** Sent although the receiver had answered with success before. */
  repeats: number;
  /** Deliveries cancelled as their contact was deleted. */
  contactsGone: number;
  trips: number;
  parked: number;
  claims: number;
  fenced: number;
  released: number;
  caughtUp: number;
  cuts: number;
  /** Begun, and of them those that made their webhook active. */
  recoveries: number;
  recovered: number;
  /** Greatest age of the oldest unresolved delivery while nothing was disturbed, milliseconds. */
  lagMsMax: number;
}

/** Virtual time in milliseconds, seeded chance, and what everybody in a run shares. */
export class World {
  readonly seed: number;
  readonly profile: Profile;
  readonly random: Random;
  readonly statistics: Statistics = {
    requests: 0,
    failures: 0,
    unmakeable: 0,
    tests: 0,
    repeats: 0,
    contactsGone: 0,
    trips: 0,
    parked: 0,
    claims: 0,
    fenced: 0,
    released: 0,
    caughtUp: 0,
    cuts: 0,
    recoveries: 0,
    recovered: 0,
    lagMsMax: 0,
  };
  now = 0;
  /** Off once the run is to come to rest. */
  hasFaults = true;
  /** The last fault is over at this time. */
  disturbedUntil = 0;
  /** The database's clock less true time; a failover changes it. */
  databaseSkewMs = 0;
  readonly #queue = new EventQueue();
  readonly #trace: ((line: string) => void) | undefined;

  /** @param trace gets one line for everything that happens */
  constructor(seed: number, profile: Profile, trace?: (line: string) => void) {
    this.seed = seed;
    this.profile = profile;
    this.random = new Random(Math.imul(seed, 2654435761));
    this.#trace = trace;
  }

  get databaseNow(): number {
    return this.now + this.databaseSkewMs;
  }

  after(ms: number, action: () => void): void {
    this.#queue.add(this.now + ms, action);
  }

  /** @param line made only when somebody listens */
  trace(who: string, line: () => string): void {
    this.#trace?.(`${(this.now / 1_000).toFixed(3)} ${who} ${line()}`);
  }

  violate(invariant: string, detail: string): never {
    throw new Violation(invariant, this.now, detail);
  }

  disturb(ms: number): void {
    this.disturbedUntil = Math.max(this.disturbedUntil, this.now + ms);
  }

  /** Runs until nothing is left to happen, time is up, or everything is at rest. */
  run(untilMs: number, isAtRest: () => boolean): void {
    for (let count = 1; ; count++) {
      const event = this.#queue.take();
      if (event === undefined || event.at > untilMs) return;
      this.now = event.at;
      event.action();
      if (count % 256 === 0 && isAtRest()) return;
    }
  }
}
