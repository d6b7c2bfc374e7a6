import type { Instant } from "../ownership/lease.js";
import type { World } from "./world.js";

/** Which server a call goes to; a process can be cut off from the database alone. */
export type Server = "database" | "kafka";

/** Of 1,000 calls so many are lost, are done without an answer, are done late without an answer. */
const LOST = 7;
const UNANSWERED = 7;
const LATE = 6;
/** A call is given up after this, milliseconds. */
const CALL_LIMIT_MS = 2_000;

/**
 * An operating-system process. Everything it waits for comes back through {@link later}: so a crash stops it at any
 * await, a freeze (SIGSTOP, a long collection) holds every answer and timer back, a suspend stops its monotonic clock
 * as well.
 */
export abstract class SimulatedProcess {
  readonly name: string;
  readonly world: World;
  isUp = false;
  /** This life began at this time. */
  bootedAt = 0;
  /** The last freeze ends, or ended, at this time. */
  thawedAt = 0;
  #life = 0;
  #suspendedMs = 0;
  #wallAheadMs = 0;
  #cutOffUntil = 0;

  constructor(world: World, name: string) {
    this.world = world;
    this.name = name;
  }

  /** Unique for each start of the process (lanes.md §4). */
  get id(): string {
    return `${this.name}.${this.#life}`;
  }

  get clock(): Instant {
    const { now } = this.world;
    return { mono: 7_000_000 + now - this.#suspendedMs, wall: now + this.#wallAheadMs };
  }

  boot(): void {
    if (this.isUp) return;
    this.isUp = true;
    this.#life++;
    this.bootedAt = this.world.now;
    this.thawedAt = 0;
    this.world.trace(this.id, () => "boots");
    this.onBoot();
  }

  /** @param downMs then it is started again */
  crash(downMs: number): void {
    if (!this.isUp) return;
    this.world.trace(this.id, () => "CRASHES");
    this.end(downMs);
  }

  freeze(ms: number, isSuspend: boolean): void {
    const { world } = this;
    if (!this.isUp || this.thawedAt > world.now) return;
    world.trace(this.id, () => `${isSuspend ? "is SUSPENDED" : "FREEZES"} for ${ms} ms`);
    this.thawedAt = world.now + ms;
    if (isSuspend) world.after(ms, () => (this.#suspendedMs += ms));
  }

  /** Not reached by the database before this time. */
  get cutOffUntil(): number {
    return this.#cutOffUntil;
  }

  cutOff(ms: number): void {
    this.#cutOffUntil = Math.max(this.#cutOffUntil, this.world.now + ms);
  }

  /** Its wall clock is set forward or back; nothing may come of that but fewer requests for a while. */
  moveWallClock(byMs: number): void {
    this.#wallAheadMs += byMs;
  }

  /** Whether it was frozen, or cut off from the database, at any time since. */
  wasAwaySince(time: number): boolean {
    return this.thawedAt > time || this.cutOffUntil > time;
  }

  /** Done by this life of the process, once it is awake. */
  later(ms: number, action: () => void): void {
    const life = this.#life;
    const run = (): void => {
      if (!this.isUp || this.#life !== life) return;
      const frozenMs = this.thawedAt - this.world.now;
      if (frozenMs > 0) this.world.after(frozenMs, run);
      else action();
    };
    this.world.after(ms, run);
  }

  /** A call to a server: it may never arrive, arrive long after it was given up, or lose its answer. */
  call<T>(server: Server, apply: () => T, onAnswer: (answer: T) => void, onUnknown: () => void): void {
    const { world } = this;
    const { random } = world;
    const isCutOff = server === "database" && world.now < this.cutOffUntil;
    const dice =
      world.hasFaults && !world.profile.isReliable ? random.between(0, 999) / this.#lossiness : 999;
    const isUnanswered = isCutOff || dice < LOST + UNANSWERED + LATE;
    const isLost = isCutOff || dice < LOST;
    const isLate = !isLost && isUnanswered && dice >= LOST + UNANSWERED;
    if (!isLost)
      world.after(isLate ? random.between(500, 25_000) : random.between(1, 8), () => {
        const answer = apply();
        if (!isUnanswered) this.later(this.#answerMs, () => onAnswer(answer));
      });
    if (isUnanswered) this.later(CALL_LIMIT_MS, onUnknown);
  }

  /** Repeated until it is answered: to be used where doing it again changes nothing. */
  callUntilAnswered<T>(server: Server, apply: () => T, onAnswer: (answer: T) => void): void {
    this.call(server, apply, onAnswer, () =>
      this.later(50, () => this.callUntilAnswered(server, apply, onAnswer)),
    );
  }

  protected abstract onBoot(): void;

  /** Ends this life; another one follows after `downMs`. */
  protected end(downMs: number): void {
    this.isUp = false;
    this.onEnd();
    this.world.after(downMs, () => this.boot());
  }

  protected abstract onEnd(): void;

  get #answerMs(): number {
    const { hasFaults, profile, random } = this.world;
    const isSlow = hasFaults && profile.kind === "lease" && random.chance(0.1);
    return isSlow ? random.between(500, 2_500) : random.between(1, 8);
  }

  get #lossiness(): number {
    return this.world.profile.kind === "rule" ? 3 : 1;
  }
}
