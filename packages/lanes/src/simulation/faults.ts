import type { Dispatcher } from "./dispatcher.js";
import type { Surroundings } from "./dispatcher-process.js";
import type { FanOut } from "./fan-out.js";

/** Dispatchers are back, and servers answer, at the latest so long after a fault, milliseconds. */
const RECOVERED_MS = 45_000;

type Fault =
  | "cut_off"
  | "crash"
  | "freeze"
  | "terminate"
  | "replace_router"
  | "database_clock"
  | "wall_clock"
  | "cut_log";

const MIXED: readonly Fault[] = [
  ...["cut_off", "crash", "crash", "crash", "freeze", "freeze", "freeze", "terminate", "terminate"],
  ...["replace_router", "replace_router", "replace_router", "database_clock", "wall_clock", "cut_log"],
] as readonly Fault[];

const HOSTILE: readonly Fault[] = [
  "cut_off",
  "crash",
  "crash",
  "freeze",
  "freeze",
  "freeze",
  "terminate",
  "cut_log",
];
const LEASE: readonly Fault[] = ["cut_off", "cut_off", "cut_off", "freeze", "database_clock", "wall_clock"];
const RULE: readonly Fault[] = ["crash", "crash", "freeze", "replace_router"];
const GRACEFUL: readonly Fault[] = ["terminate", "replace_router"];

/** What goes wrong beside calls that are lost, at random times. */
export class Faults {
  readonly #around: Surroundings;
  readonly #dispatchers: readonly Dispatcher[];
  readonly #routers: readonly FanOut[];

  constructor(around: Surroundings, dispatchers: readonly Dispatcher[], routers: readonly FanOut[]) {
    this.#around = around;
    this.#dispatchers = dispatchers;
    this.#routers = routers;
  }

  schedule(spanMs: number): void {
    const { world } = this.#around;
    const { random, profile } = world;
    const faults = {
      lease: LEASE,
      rule: RULE,
      graceful: GRACEFUL,
      quiet: [],
      hostile: HOSTILE,
      mixed: MIXED,
    }[profile.kind] as readonly Fault[];
    if (faults.length === 0) return;
    const isDense = profile.kind !== "mixed";
    for (
      let at = random.between(2_000, 20_000);
      at < spanMs * 1.2;
      at += random.between(1_000, isDense ? 15_000 : 30_000)
    )
      world.after(at, () => this.#happen(random.pick(faults)));
    if (profile.hasCuts)
      for (let i = 0; i < 3; i++) world.after(random.between(20_000, spanMs), () => this.#happen("cut_log"));
    if (profile.isReliable) return;
    for (let i = 0; i < 3; i++)
      world.after(random.between(0, spanMs), () => {
        const awayMs = random.between(2_000, 20_000);
        this.#around.attemptsAwayUntil = world.now + awayMs;
        world.disturb(awayMs + RECOVERED_MS);
        world.trace("kafka", () => `attempts.v1 is away for ${awayMs} ms`);
      });
  }

  /** Asleep while its wall clock is set back, no process can tell how old its lease is: a run has one or the other. */
  get #canSuspend(): boolean {
    return this.#around.world.seed % 20 < 10;
  }

  #happen(fault: Fault): void {
    const { world } = this.#around;
    const { random, profile } = world;
    const dispatcher = random.pick(this.#dispatchers);
    world.disturb(RECOVERED_MS + 45_000);
    switch (fault) {
      case "cut_off": {
        const ms = profile.kind === "lease" ? random.between(15_000, 25_000) : random.between(3_000, 40_000);
        dispatcher.cutOff(ms);
        world.trace(dispatcher.id, () => `is CUT OFF from the database for ${ms} ms`);
        return;
      }
      case "crash":
        dispatcher.crash(random.between(300, 30_000));
        return;
      case "freeze":
        dispatcher.freeze(
          random.between(300, random.chance(0.5) ? 6_000 : 45_000),
          this.#canSuspend && random.chance(0.5),
        );
        return;
      case "terminate":
        dispatcher.terminate();
        return;
      case "replace_router":
        random.pick(this.#routers).replace();
        return;
      case "database_clock":
        world.databaseSkewMs = random.between(-1_000, 1_000);
        world.trace("database", () => `its clock is ${world.databaseSkewMs} ms ahead`);
        return;
      case "wall_clock":
        dispatcher.moveWallClock(random.between(this.#canSuspend ? 0 : -30_000, 30_000));
        return;
      case "cut_log":
        if (profile.hasCuts) this.#cut();
    }
  }

  /**
   * A log loses its end, or everything. When what is lost does not reach down to what a checkpoint has seen of it, a
   * crash hides the loss: what was parked of it meets other records at its offsets.
   */
  #cut(): void {
    const { world, database, logs, oracle } = this.#around;
    const { random } = world;
    if (random.chance(0.3)) {
      random.pick(this.#routers).cut();
      return;
    }
    const log = random.pick(logs);
    const seen = database.partition(log.partition).seen?.[0] ?? 0;
    const upTo = random.chance(0.5) ? log.end : Math.min(seen, log.end);
    const end = random.chance(0.3) ? 0 : Math.max(0, upTo - random.between(0, 15));
    const gone = log.cut(end);
    world.statistics.cuts++;
    world.trace(
      "kafka",
      () => `deliveries.v1/${log.partition} is CUT at ${log.end}, ${gone.length} records are lost`,
    );
    oracle.line.onCut(log.partition, gone);
  }
}
