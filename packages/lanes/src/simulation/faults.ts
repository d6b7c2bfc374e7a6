import type { Cluster } from "./cluster.js";
import { replaceRouter } from "./replace-router.js";

/** Dispatchers are back, and servers answer, at the latest so long after a fault, milliseconds. */
const RECOVERED_MS = 45_000;

type Fault =
  | "cut_off"
  | "crash"
  | "freeze"
  | "terminate"
  | "replace_router"
  | "crash_router"
  | "freeze_router"
  | "stall_router"
  | "crash_monitor"
  | "freeze_monitor"
  | "database_clock"
  | "wall_clock"
  | "cut_log";

const MIXED: readonly Fault[] = [
  ...["cut_off", "crash", "crash", "crash", "freeze", "freeze", "freeze", "terminate", "terminate"],
  ...["replace_router", "replace_router", "replace_router", "database_clock", "wall_clock", "cut_log"],
  ...["crash_router", "freeze_router", "freeze_router", "stall_router", "stall_router", "stall_router"],
  ...["crash_monitor", "freeze_monitor"],
] as readonly Fault[];

const HOSTILE: readonly Fault[] = [
  "cut_off",
  "crash",
  "crash",
  "freeze",
  "freeze",
  "freeze",
  "terminate",
  "freeze_router",
  "stall_router",
  "stall_router",
  "replace_router",
  "cut_log",
];
const LEASE: readonly Fault[] = ["cut_off", "cut_off", "cut_off", "freeze", "database_clock", "wall_clock"];
const RULE: readonly Fault[] = [
  "crash",
  "crash",
  "freeze",
  "replace_router",
  "crash_monitor",
  "freeze_router",
];
const GRACEFUL: readonly Fault[] = ["terminate", "replace_router"];

/** What goes wrong beside calls that are lost, at random times. */
export class Faults {
  readonly #around: Cluster;

  constructor(around: Cluster) {
    this.#around = around;
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
    if (profile.hasCuts) this.#scheduleCuts(spanMs);
    if (profile.isReliable) return;
    for (let i = 0; i < 3; i++)
      world.after(random.between(0, spanMs), () => {
        const awayMs = random.between(2_000, 20_000);
        this.#around.attemptsAwayUntil = world.now + awayMs;
        world.disturb(awayMs + RECOVERED_MS);
        world.trace("kafka", () => `attempts.v1 is away for ${awayMs} ms`);
      });
  }

  #scheduleCuts(spanMs: number): void {
    const { world } = this.#around;
    for (let i = 0; i < 3; i++)
      world.after(world.random.between(20_000, spanMs), () => this.#happen("cut_log"));
    // A router that was at work at a cut and died has decided what it did not get to put in line.
    world.after(spanMs * 1.2 + RECOVERED_MS, () => this.#noteLost());
  }

  /** Asleep while its wall clock is set back, no process can tell how old its lease is: a run has one or the other. */
  get #canSuspend(): boolean {
    return this.#around.world.seed % 20 < 10;
  }

  #happen(fault: Fault): void {
    const { world } = this.#around;
    const { random, profile } = world;
    const { dispatchers, monitors, routers } = this.#around;
    const dispatcher = random.pick(dispatchers);
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
        replaceRouter(world, routers, random.pick(this.#around.events.all));
        return;
      case "crash_router":
        random.pick(routers).crash(random.between(100, 10_000));
        return;
      case "freeze_router":
        random.pick(routers).freeze(random.between(300, 15_000), false);
        return;
      case "stall_router": {
        // However late its copy is: it waits at control records.
        const ms = random.between(1_000, 20_000);
        for (const router of routers) router.stream.stall(ms);
        world.trace("routers", () => `hear of no change for ${ms} ms`);
        return;
      }
      case "crash_monitor":
        random.pick(monitors).crash(random.between(300, 30_000));
        return;
      case "freeze_monitor":
        random.pick(monitors).freeze(random.between(300, random.chance(0.5) ? 6_000 : 45_000), false);
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
    const { world, database, logs, oracle, events, deliveryLog } = this.#around;
    const { random } = world;
    oracle.recovery.onCut();
    if (random.chance(0.3)) {
      random.pick(events.all).cut();
      this.#noteLost();
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
    for (const { facts } of gone) if (facts !== undefined) deliveryLog.onLost(facts.deliveryId);
  }

  /** Decided, and nobody is left to put it in line: routers go on in what was made anew. */
  #noteLost(): void {
    const { oracle, eventLog, deliveryLog } = this.#around;
    for (const { deliveries } of eventLog.all())
      for (const { deliveryId } of deliveries)
        if (!oracle.line.isInLine(deliveryId)) deliveryLog.onLost(deliveryId);
  }
}
