import { type AttemptOutcome, type EndpointId, toTemplateFailure } from "@hooklane/core";
import type { LaneRecord } from "../lane-record.js";
import type { Endpoint } from "./configuration.js";
import type { World } from "./world.js";

/** What a request meets: `tookMs` beyond the time limit means that the answer comes too late. */
export interface Answer {
  readonly outcome: AttemptOutcome;
  readonly tookMs: number;
}

type Mode = "ok" | "slow" | "outage" | "flaky" | "bad";

const MODES: Record<World["profile"]["kind"], readonly Mode[]> = {
  lease: ["slow"],
  rule: ["bad", "bad", "outage", "flaky", "ok"],
  graceful: ["ok", "slow", "flaky", "bad", "outage"],
  quiet: ["ok", "slow", "flaky", "bad", "outage", "outage"],
  hostile: ["ok", "slow", "slow", "slow", "outage", "flaky"],
  mixed: ["ok", "ok", "flaky", "outage", "slow", "bad"],
};

/** A request is cut after this (product.md D1), milliseconds. */
export const REQUEST_TIMEOUT_MS = 5_000;
/** Of so many events one is never accepted by its receivers. */
const POISON_EVERY = 97;
/** Of so many events one is such that no webhook's own body can be made of it: nothing is sent (product.md D12). */
const UNMAKEABLE_EVERY = 89;

interface Receiver {
  mode: Mode;
  readonly outageFrom: number;
  readonly outageUntil: number;
}

/** The users' servers: quick, slow, failing now and then or for a while, hanging, gone, asking to be left alone. */
export class Receivers {
  readonly #world: World;
  readonly #receivers = new Map<EndpointId, Receiver>();

  constructor(world: World, endpoints: readonly Endpoint[], spanMs: number) {
    this.#world = world;
    const { random, profile } = world;
    for (const { id } of endpoints) {
      const outageFrom = random.between(0, spanMs);
      const outageUntil = outageFrom + random.between(5_000, 150_000);
      this.#receivers.set(id, { mode: random.pick(MODES[profile.kind]), outageFrom, outageUntil });
    }
  }

  /** Everybody is well from here on. */
  heal(): void {
    for (const receiver of this.#receivers.values()) receiver.mode = "ok";
  }

  answer(endpointId: EndpointId, records: readonly LaneRecord[]): Answer {
    const { random, hasFaults } = this.#world;
    // A body of its own and batching exclude each other.
    if (hasFaults && records.length === 1 && isEvery(UNMAKEABLE_EVERY, records))
      return { outcome: toTemplateFailure("line 1, column 1: cannot be rendered"), tookMs: 0 };
    const tookMs = this.#tookMs(endpointId);
    if (hasFaults && random.chance(0.01))
      return { outcome: { kind: "own_fault", fault: "sockets_exhausted" }, tookMs: random.between(1, 20) };
    const isPoisoned = hasFaults && isEvery(POISON_EVERY, records);
    if (!isPoisoned && !this.#fails(endpointId))
      return { outcome: { kind: "succeeded", statusCode: 200 }, tookMs };
    if (random.chance(0.3)) return { outcome: { kind: "failed", error: "timeout" }, tookMs: 60_000 };
    const dice = hasFaults ? random.between(0, 99) : 99;
    const status = (statusCode: number) => ({ kind: "failed", error: "status", statusCode }) as const;
    if (dice < 2) return { outcome: status(410), tookMs };
    if (dice < 15)
      return {
        outcome: { ...status(503), retryAfterMs: random.pick([1, 45, 100, 170, 600]) * 1_000 },
        tookMs,
      };
    return { outcome: status(500), tookMs };
  }

  #tookMs(endpointId: EndpointId): number {
    const { random, profile } = this.#world;
    if (this.#receivers.get(endpointId)?.mode !== "slow") return random.between(5, 80);
    return random.between(profile.kind === "lease" ? 4_000 : 500, 4_950);
  }

  #fails(endpointId: EndpointId): boolean {
    const receiver = this.#receivers.get(endpointId);
    const { now, random } = this.#world;
    switch (receiver?.mode) {
      case "outage":
        return now > receiver.outageFrom && now < receiver.outageUntil;
      case "bad":
        return random.chance(0.5);
      case "flaky":
        return random.chance(0.1);
      case "ok":
      case "slow":
      case undefined:
        return false;
    }
  }
}

/** Whether one of the events is such a one; the same however often it comes. */
function isEvery(count: number, records: readonly LaneRecord[]): boolean {
  return records.some(({ facts }) => Number(facts.eventId.slice(4)) % count === 0);
}
