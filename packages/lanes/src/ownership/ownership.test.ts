import { describe, expect, test } from "@jest/globals";
import { DueTimes } from "../due-times.js";
import { Random } from "../simulation/random.js";
import type { ClaimOutcome, Round } from "./claim-decision.js";
import { type Instant, mayStartRequest } from "./lease.js";
import type { LeaseState, SaveOutcome } from "./lease-decision.js";
import { LeaseKeeper } from "./lease-keeper.js";
import { OWNERSHIP_TIMES } from "./ownership-times.js";
import { PartitionClaimer } from "./partition-claimer.js";

const PARTITIONS = 5;
const CLAIM_AFTER_MS = 17_000;
const REQUEST_MS = 5_000;

interface Document {
  partition: number;
  epoch: number;
  ver: number;
  owner: string | null;
  released: boolean;
  renewedAt: number;
  /** Work done; must never go back. */
  content: number;
}

/** A database that loses calls and answers, and applies calls late; processes that freeze, sleep, crash, stop. */
class World {
  now = 0;
  faults = true;
  readonly random: Random;
  readonly documents: Document[];
  readonly members = new Map<string, number>();
  readonly processes: Process[] = [];
  /** By partition: who has a request at the receiver. */
  readonly requests = new Map<number, Set<Process>>();
  readonly violations: string[] = [];
  #events = new DueTimes<() => void>();

  constructor(seed: number) {
    this.random = new Random(seed);
    this.documents = Array.from({ length: PARTITIONS }, (_, partition) => ({
      partition,
      epoch: 0,
      ver: 0,
      owner: null,
      released: true,
      renewedAt: -1e9,
      content: 0,
    }));
  }

  after(ms: number, run: () => void): void {
    this.#events.add(this.now + ms, run);
  }

  run(ms: number): void {
    const until = this.now + ms;
    for (;;) {
      const at = this.#events.earliest;
      if (at === undefined || at > until) break;
      this.now = at;
      this.#events.takeDue(at)?.item();
    }
    this.now = until;
  }

  /** A call to the database; `answer` may come never, or long after it was given up. */
  call<T>(process: Process, apply: () => T, answer: (value: T) => void): void {
    const { random } = this;
    const fault = this.faults ? random.fraction() : 1;
    if (fault < 0.02) return;
    const delay = fault < 0.05 ? random.between(500, 25_000) : random.between(1, 8);
    this.after(delay, () => {
      const value = apply();
      if (fault >= 0.05 && fault < 0.07) return;
      const twice = fault < 0.1;
      this.after(random.between(1, 8), () => process.receive(() => answer(value)));
      if (twice) this.after(random.between(1, 9_000), () => process.receive(() => answer(value)));
    });
  }
}

interface Held {
  readonly keeper: LeaseKeeper<number>;
  stopped: boolean;
  discarded: boolean;
  content: number;
  isDirty: boolean;
  inFlight: number;
}

/** One process around the machines: only carries out. */
class Process {
  readonly claimer = new PartitionClaimer<Document>(OWNERSHIP_TIMES);
  readonly held = new Map<number, Held>();
  isUp = true;
  #frozenUntil = 0;
  #slept = 0;
  #wallStep = 0;

  constructor(
    readonly world: World,
    readonly id: string,
  ) {
    world.processes.push(this);
    this.#loop();
  }

  instant(): Instant {
    const { now } = this.world;
    return { mono: now - this.#slept, wall: now + this.#wallStep };
  }

  /** Whatever reaches a process, reaches it when it runs. */
  receive(run: () => void): void {
    if (!this.isUp) return;
    if (this.world.now < this.#frozenUntil)
      this.world.after(this.#frozenUntil - this.world.now, () => this.receive(run));
    else run();
  }

  freeze(ms: number, isSleep: boolean): void {
    if (this.world.now < this.#frozenUntil) return;
    this.#frozenUntil = this.world.now + ms;
    // Nobody looks at its clock meanwhile.
    if (isSleep) this.#slept += ms;
  }

  /** Not of a machine that sleeps, too: then nothing tells how late it is. */
  stepWall(ms: number): void {
    if (this.#slept === 0) this.#wallStep += ms;
  }

  stop(): void {
    this.claimer.stop(this.instant());
    this.#carryOut();
  }

  #loop(): void {
    this.world.after(this.world.random.between(20, 60), () =>
      this.receive(() => {
        this.#turn();
        this.#loop();
      }),
    );
  }

  #turn(): void {
    const now = this.instant();
    if (now.mono >= this.claimer.dueAt) this.claimer.onTick(now);
    this.#carryOut();
    for (const [partition, held] of this.held) {
      if (now.mono >= held.keeper.dueAt) held.keeper.onTick(now);
      this.#keep(partition, held);
      if (held.inFlight === 0 && this.world.random.chance(0.3)) this.#send(partition, held);
    }
  }

  /** Guard and bytes in one tick (lanes.md §4). */
  #send(partition: number, held: Held): void {
    const { world } = this;
    if (held.stopped || held.discarded) return;
    if (!mayStartRequest(held.keeper.leaseFrom, this.instant(), REQUEST_MS)) return;
    const there = world.requests.get(partition) ?? new Set();
    world.requests.set(partition, there);
    if (there.size > 0)
      world.violations.push(`${this.id} sends on ${partition}, as ${[...there][0]?.id} does`);
    there.add(this);
    held.inFlight++;
    world.after(world.random.chance(0.1) ? REQUEST_MS : world.random.between(1, 300), () => {
      there.delete(this);
      this.receive(() => {
        held.inFlight--;
        if (held.discarded) return;
        held.content++;
        held.isDirty = true;
      });
    });
  }

  #carryOut(): void {
    const { world, claimer, id } = this;
    for (const decision of claimer.takeDecisions()) {
      switch (decision.kind) {
        case "beat":
        case "go": {
          const apply = () =>
            decision.kind === "go" ? world.members.delete(id) : world.members.set(id, world.now);
          world.call(this, apply, () => {
            claimer.onBeat(decision.ticket, true, this.instant());
            this.#carryOut();
          });
          break;
        }
        case "look":
          world.call(
            this,
            () => this.#look(),
            (round) => {
              claimer.onRound(decision.ticket, round, this.instant());
              this.#carryOut();
            },
          );
          break;
        case "claim":
          world.call(
            this,
            () => this.#claim(decision.partition, decision.epoch),
            (outcome) => {
              claimer.onClaim(decision.ticket, outcome, this.instant());
              this.#carryOut();
            },
          );
          break;
        case "open":
          world.after(world.random.between(5, 3_000), () =>
            this.receive(() => {
              this.#begin(decision.document, decision.since);
              claimer.onOpened(decision.partition, this.instant());
              this.#carryOut();
            }),
          );
          break;
        case "give_back":
          this.#begin(decision.document, decision.since).keeper.release(this.instant());
          break;
        case "release": {
          const held = this.held.get(decision.partition);
          held?.keeper.release(this.instant());
          if (held) this.#keep(decision.partition, held);
          break;
        }
        case "too_new":
      }
    }
  }

  #begin({ partition, epoch, content }: Document, since: Instant): Held {
    if (this.held.has(partition)) this.world.violations.push(`${this.id} has ${partition} twice`);
    const state = { stopped: false, discarded: false, content, isDirty: true, inFlight: 0 };
    const held: Held = Object.assign(state, {
      keeper: new LeaseKeeper<number>(
        { epoch, since },
        {
          get isDirty() {
            return state.isDirty;
          },
          checkpoint: () => {
            state.isDirty = false;
            return state.content;
          },
          markDirty: () => (state.isDirty = true),
          get pending() {
            return { inFlight: state.inFlight, counting: 0, unreported: 0 };
          },
        },
        OWNERSHIP_TIMES,
      ),
    });
    this.held.set(partition, held);
    return held;
  }

  #keep(partition: number, held: Held): void {
    const { world } = this;
    const { keeper } = held;
    for (const decision of keeper.takeDecisions()) {
      switch (decision.kind) {
        case "save":
          world.call(
            this,
            () => this.#save(partition, decision),
            (outcome) => {
              keeper.onSaved(decision.ticket, outcome, this.instant());
              this.#keep(partition, held);
            },
          );
          break;
        case "read_state":
          world.call(
            this,
            () => this.#state(partition),
            (state) => {
              keeper.onState(decision.ticket, state, this.instant());
              this.#keep(partition, held);
            },
          );
          break;
        case "stop":
          held.stopped = true;
          break;
        case "discard":
          held.discarded = true;
          this.claimer.onLeaving(partition);
          break;
        case "ended":
          this.held.delete(partition);
          this.claimer.onEnded(partition, this.instant());
          this.#carryOut();
          break;
        case "renewed":
        case "stored":
        case "abort":
      }
    }
  }

  #look(): Round {
    const { documents, members, now } = this.world;
    return {
      alive: [...members.values()].filter((at) => now - at < 15_000).length,
      standings: documents.map((document) => ({
        partition: document.partition,
        epoch: document.epoch,
        isClaimable: this.#isClaimable(document),
        isTooNew: false,
      })),
      canRead: true,
    };
  }

  #isClaimable({ released, owner, renewedAt }: Document): boolean {
    return released || owner === this.id || this.world.now > renewedAt + CLAIM_AFTER_MS;
  }

  #claim(partition: number, epoch: number): ClaimOutcome<Document> {
    const document = this.world.documents[partition]!;
    if (document.epoch !== epoch || !this.#isClaimable(document)) return { kind: "missed" };
    const renewedAt = this.world.now;
    Object.assign(document, { epoch: epoch + 1, ver: 0, owner: this.id, released: false, renewedAt });
    return { kind: "claimed", document: { ...document } };
  }

  #save(
    partition: number,
    { epoch, ver, content, release }: { epoch: number; ver: number; content: number; release: boolean },
  ): SaveOutcome {
    const document = this.world.documents[partition]!;
    if (document.epoch !== epoch) return { kind: "fenced" };
    if (document.ver !== ver)
      return { kind: "other_version", ver: document.ver, released: document.released };
    if (content < document.content) this.world.violations.push(`${this.id} sets ${partition} back`);
    Object.assign(document, { ver: ver + 1, content, released: release, renewedAt: this.world.now });
    return { kind: "stored", ver: ver + 1 };
  }

  #state(partition: number): LeaseState {
    const { epoch, ver, released } = this.world.documents[partition]!;
    return { kind: "found", epoch, ver, released };
  }
}

function disturb(world: World, boot: () => void): void {
  const { random } = world;
  const up = world.processes.filter((process) => process.isUp && !process.claimer.isDone);
  if (!world.faults) return;
  world.after(random.between(1_000, 8_000), () => disturb(world, boot));
  const process = up.length > 0 ? random.pick(up) : undefined;
  const kind = random.between(0, 5);
  if (process === undefined || (kind === 0 && up.length < 4)) boot();
  else if (kind === 1) process.freeze(random.between(100, 40_000), false);
  else if (kind === 2) process.freeze(random.between(1_000, 60_000), true);
  else if (kind === 3) process.stepWall(random.between(-60_000, 60_000));
  else if (kind === 4) process.isUp = false;
  else process.stop();
}

/** What went wrong in a run; empty when nothing did. */
function simulate(seed: number): readonly string[] {
  const world = new World(seed);
  let started = 0;
  const boot = () => new Process(world, `p${++started}`);
  for (let i = 0; i < 3; i++) boot();
  disturb(world, boot);
  world.run(120_000);
  world.faults = false;
  boot();
  world.run(90_000);
  const owned = world.processes.flatMap(({ isUp, held }) => (isUp ? [...held.keys()] : []));
  const before = world.documents.map(({ content }) => content);
  world.run(20_000);
  const still = world.documents.filter(({ content }, partition) => content === before[partition]);
  return [
    ...world.violations,
    ...(owned.sort().join() === "0,1,2,3,4" ? [] : [`at rest they own ${owned.join()}`]),
    ...still.map(({ partition }) => `${partition} stands still`),
  ];
}

describe("several processes that freeze, sleep, crash and stop, over a database that loses, repeats and delays", () => {
  test("never two that send on a partition, nothing is set back, and at rest every partition has one owner at work", () => {
    const seeds = Array.from({ length: 10 }, (_, index) => index + 1);
    const failed = seeds
      .map((seed) => [seed, ...simulate(seed).slice(0, 3)])
      .filter(({ length }) => length > 1);
    expect(failed).toEqual([]);
  });
});
