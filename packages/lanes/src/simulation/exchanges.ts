import type { AttemptOutcome } from "@hooklane/core";
import type { SendDecision } from "../decision.js";
import type { Leaving } from "./request-oracle.js";
import type { PartitionOwner } from "./partition-owner.js";
import { REQUEST_TIMEOUT_MS } from "./receivers.js";

/** A request on its way. */
interface Exchange {
  readonly send: SendDecision;
  /** Once its bytes are written. */
  outcome?: AttemptOutcome;
  isCut: boolean;
}

/** The requests of one owned partition: they connect, are asked about once more, leave, and end or are cut. */
export class Exchanges {
  readonly #owner: PartitionOwner;
  readonly #open = new Set<Exchange>();

  constructor(owner: PartitionOwner) {
    this.#owner = owner;
  }

  /** Requests that have not ended yet, cut or not. */
  get open(): number {
    return this.#open.size;
  }

  send(send: SendDecision): void {
    const { process } = this.#owner;
    const { random, profile } = process.world;
    const exchange: Exchange = { send, isCut: false };
    this.#open.add(exchange);
    const isQuick = profile.kind === "graceful" || random.chance(0.9);
    // The process may be frozen while it resolves and connects.
    process.later(isQuick ? random.between(0, 30) : random.between(30, 3_000), () => this.#write(exchange));
  }

  /** Cuts all of them by a reset; their outcome is our own fault. */
  abort(): void {
    const { process, by } = this.#owner;
    for (const exchange of this.#open) {
      if (exchange.isCut) continue;
      exchange.isCut = true;
      if (process.world.profile.kind === "graceful" && exchange.outcome?.kind === "succeeded")
        process.world.violate(
          "I13",
          `${by} cuts a request to ${exchange.send.endpointId} that would have succeeded`,
        );
      process.around.oracle.requests.onAborted(exchange.send.endpointId, by);
      process.later(process.world.random.between(1, 5), () =>
        this.#end(exchange, { kind: "own_fault", fault: "aborted" }, process.clock.mono, 0),
      );
    }
  }

  #write(exchange: Exchange): void {
    if (exchange.isCut) return;
    const { send } = exchange;
    const { process, partition, by } = this.#owner;
    const { endpointId, ticket, attempt, records } = send;
    if (!this.#owner.mayStart(endpointId, ticket)) {
      this.#open.delete(exchange);
      this.#owner.tell((lanes, now) => {
        lanes.onLease(this.#owner.leaseUntil, now);
        lanes.onRefused(endpointId, ticket, now);
      });
      return;
    }
    this.#isUpToDate(send);
    const { oracle, receivers } = process.around;
    const { world } = process;
    const leaving: Leaving = { process, by, partition, send };
    const answer = receivers.answer(endpointId, records);
    const tookMs = Math.min(answer.tookMs, REQUEST_TIMEOUT_MS);
    const entries = oracle.requests.onLeaves(leaving, tookMs);
    oracle.recovery.onLeaves(entries);
    const { outcome } = answer;
    exchange.outcome = outcome;
    world.trace(by, () => {
      const names = records
        .map(({ facts }) => `${facts.deliveryId}=${facts.webhookId}.${facts.generation}`)
        .join(" ");
      return `${endpointId} attempt ${attempt} (${send.pool}) ${names}: ${JSON.stringify(outcome)} in ${tookMs} ms`;
    });
    oracle.requests.onAnswer(leaving, entries, outcome, tookMs);
    if (outcome.kind === "succeeded")
      world.after(tookMs, () => {
        if (!exchange.isCut) oracle.line.onDelivered(entries, by);
      });
    const startedAt = process.clock.mono;
    process.later(tookMs, () => {
      if (!exchange.isCut) this.#end(exchange, outcome, startedAt, tookMs);
    });
  }

  #end(exchange: Exchange, outcome: AttemptOutcome, startedAt: number, durationMs: number): void {
    this.#open.delete(exchange);
    const { endpointId, ticket } = exchange.send;
    this.#owner.tell((lanes, now) =>
      lanes.onSettled(endpointId, ticket, { outcome, startedAt, durationMs }, now),
    );
  }

  /** Never sent with a configuration older than the delivery (lanes.md §5.4). */
  #isUpToDate({ records }: SendDecision): void {
    const { process } = this.#owner;
    for (const { facts } of records) {
      if ((process.copy.get(facts.webhookId)?.version ?? 0) >= facts.version) continue;
      process.world.violate("P5", `${facts.deliveryId} leaves with an older configuration`);
    }
  }
}
