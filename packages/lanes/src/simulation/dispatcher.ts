import type { ContactId, ErrorTrip, WorkspaceId } from "@hooklane/core";
import type { Report } from "../decision.js";
import type {
  ClaimOutcome,
  OwnershipDecision,
  OpenDecision,
  GiveBackDecision,
} from "../ownership/claim-decision.js";
import type { Instant } from "../ownership/lease.js";
import { OWNERSHIP_TIMES } from "../ownership/ownership-times.js";
import { PartitionClaimer } from "../ownership/partition-claimer.js";
import { TrippedWebhooks } from "../tripped-webhooks.js";
import { ChangeStream } from "./change-stream.js";
import type { Webhook } from "./webhook.js";
import type { PartitionDocument } from "./database.js";
import { DispatcherProcess } from "./dispatcher-process.js";
import { LeaseDriver } from "./lease-driver.js";
import { type OpenedPartition, OwnedPartition } from "./owned-partition.js";
import { openPartition } from "./open-partition.js";
import { ResultProducer } from "./result-producer.js";

/**
 * A dispatcher: the production code of ownership and lanes, and the shortest shell around it that carries out what they
 * decide and tells them how it ended.
 */
export class Dispatcher extends DispatcherProcess {
  readonly stream = new ChangeStream(this);
  #claimer = new PartitionClaimer<PartitionDocument>(OWNERSHIP_TIMES);
  #results = new ResultProducer(this);
  #owned = new Map<number, OwnedPartition>();
  #isStarted = false;
  #isStopping = false;
  #wakeAt = Infinity;

  /** SIGTERM: gives everything back in order, ends, and is started again. */
  terminate(): void {
    if (!this.isUp || !this.#isStarted || this.#isStopping) return;
    this.world.trace(this.id, () => "gets SIGTERM");
    this.#isStopping = true;
    this.later(0, () => this.#tell((claimer, now) => claimer.stop(now)));
  }

  // ---- what it hears of -------------------------------------------------------------------------------------------

  override onWebhook(webhook: Webhook): void {
    const known = this.copy.get(webhook.id);
    if (known !== undefined && known.version >= webhook.version) return;
    this.copy.set(webhook.id, webhook);
    this.tripped.forget(webhook.id, webhook.generation);
    for (const endpointId of new Set([known?.endpointId ?? webhook.endpointId, webhook.endpointId]))
      this.#everyLane((owned) => owned.tell((lanes, now) => lanes.onWebhookChanged(endpointId, now)));
  }

  override onTrip({ webhooks }: ErrorTrip): void {
    for (const { webhookId, generation } of webhooks) {
      const known = this.copy.get(webhookId);
      // What the status says by now needs no breaker.
      if (known !== undefined && known.generation > generation) continue;
      if (!this.tripped.mark(webhookId, generation) || known === undefined) continue;
      this.#everyLane((owned) => owned.tell((lanes, now) => lanes.onWebhookChanged(known.endpointId, now)));
    }
  }

  override onContactDeleted(contactId: ContactId, workspaceId: WorkspaceId): void {
    this.deletedContacts.add(contactId);
    for (const endpoint of this.around.configuration.endpoints)
      if (endpoint.workspaceId === workspaceId)
        this.#everyLane((owned) => owned.tell((lanes, now) => lanes.onWebhookChanged(endpoint.id, now)));
  }

  // ---- what its partitions need -----------------------------------------------------------------------------------

  override report(report: Report, epoch: number, acknowledged: () => void): void {
    this.#results.send({ report, epoch, acknowledged });
  }

  override onLeaving(partition: number): void {
    this.#tell((claimer) => claimer.onLeaving(partition));
  }

  override onEnded(partition: number): void {
    this.#owned.delete(partition);
    this.#tell((claimer, now) => claimer.onEnded(partition, now));
  }

  // ---- its life ---------------------------------------------------------------------------------------------------

  protected override onBoot(): void {
    this.copy = new Map();
    this.deletedContacts = new Set();
    this.tripped = new TrippedWebhooks();
    this.#claimer = new PartitionClaimer(OWNERSHIP_TIMES);
    this.#results = new ResultProducer(this);
    this.#owned = new Map();
    this.#isStarted = false;
    this.#isStopping = false;
    this.#wakeAt = Infinity;
    this.stream.reset();
    this.callUntilAnswered(
      "database",
      () => ({ webhooks: this.around.configuration.all(), deleted: this.around.contacts.deleted() }),
      ({ webhooks, deleted }) => {
        for (const webhook of webhooks) this.onWebhook(webhook);
        for (const contactId of deleted) this.deletedContacts.add(contactId);
        this.#isStarted = true;
        this.#tell((claimer, now) => claimer.onTick(now));
      },
    );
  }

  protected override onEnd(): void {
    for (const owned of this.#owned.values()) owned.onProcessEnd();
  }

  #everyLane(tell: (owned: OwnedPartition) => void): void {
    for (const owned of [...this.#owned.values()]) tell(owned);
  }

  #tell(tell: (claimer: PartitionClaimer<PartitionDocument>, now: Instant) => void): void {
    if (!this.isUp) return;
    tell(this.#claimer, this.clock);
    for (const decision of this.#claimer.takeDecisions()) this.#carryOut(decision);
    if (this.#claimer.isDone) {
      if (this.#isStopping) {
        this.world.trace(this.id, () => "ends");
        this.end(this.world.random.between(100, 20_000));
      }
      return;
    }
    this.#armTimer();
  }

  #armTimer(): void {
    const { dueAt } = this.#claimer;
    if (dueAt === Infinity || dueAt >= this.#wakeAt) return;
    this.#wakeAt = dueAt;
    this.later(Math.max(1, dueAt - this.clock.mono), () => {
      if (this.#wakeAt === dueAt) this.#wakeAt = Infinity;
      this.#tell((claimer, now) => claimer.onTick(now));
    });
  }

  #carryOut(decision: OwnershipDecision<PartitionDocument>): void {
    const { database } = this.around;
    const me = this.id;
    switch (decision.kind) {
      case "beat":
        this.#beat(decision.ticket, () => database.beat(me));
        return;
      case "go":
        this.#beat(decision.ticket, () => database.leave(me));
        return;
      case "look":
        this.#look(decision.ticket);
        return;
      case "claim":
        this.#claim(decision);
        return;
      case "open":
        this.#open(decision);
        return;
      case "give_back":
        this.#giveBack(decision);
        return;
      case "release":
        this.#owned.get(decision.partition)?.release();
        return;
      case "too_new":
    }
  }

  #beat(ticket: number, apply: () => void): void {
    const answer = (ok: boolean) => this.#tell((claimer, now) => claimer.onBeat(ticket, ok, now));
    this.call(
      "database",
      apply,
      () => answer(true),
      () => answer(false),
    );
  }

  #look(ticket: number): void {
    const { database } = this.around;
    const me = this.id;
    this.call(
      "database",
      () => ({ alive: database.countAlive(), standings: database.list(me), canRead: true }),
      (round) => this.#tell((claimer, now) => claimer.onRound(ticket, round, now)),
      () => this.#tell((claimer, now) => claimer.onRound(ticket, undefined, now)),
    );
  }

  #claim({
    ticket,
    partition,
    epoch,
  }: {
    readonly ticket: number;
    readonly partition: number;
    readonly epoch: number;
  }): void {
    const { database } = this.around;
    const me = this.id;
    const answer = (outcome: ClaimOutcome<PartitionDocument>) =>
      this.#tell((claimer, now) => claimer.onClaim(ticket, outcome, now));
    const apply = () => database.claim(partition, epoch, me);
    const { random, hasFaults, profile } = this.world;
    // A claim that arrives long after it was given up must not fence the lease that was claimed since.
    if (profile.kind === "graceful" && hasFaults && random.chance(0.1)) {
      this.world.after(random.between(2_500, 20_000), apply);
      this.later(2_000, () => answer({ kind: "unknown" }));
      return;
    }
    this.call(
      "database",
      apply,
      (document) => answer(document === undefined ? { kind: "missed" } : { kind: "claimed", document }),
      () => answer({ kind: "unknown" }),
    );
  }

  #open(decision: OpenDecision<PartitionDocument>): void {
    const { since, document } = decision;
    // In the answer to a claim this is the database's now.
    const databaseAheadMs = document.renewedAt - this.clock.mono;
    openPartition(this, decision, {
      onReady: (content) => {
        // Of a new log epoch nothing may be parked before the epoch is stored: the next owner would take it again.
        if (content.logEpoch > document.logEpoch) this.#giveBack({ ...decision, document: content });
        else this.#begin({ since, document: content, databaseAheadMs });
      },
      onFailed: () => this.#giveBack(decision),
    });
  }

  #begin(opened: OpenedPartition): void {
    const { partition, epoch, committed } = opened.document;
    this.world.statistics.claims++;
    this.world.trace(this.id, () => `owns ${partition} in epoch ${epoch} from ${committed}`);
    const owned = new OwnedPartition(this, opened);
    this.#owned.set(partition, owned);
    owned.start();
    this.#tell((claimer, now) => claimer.onOpened(partition, now));
  }

  /** Claimed, and not begun with: its state as it is, released. */
  #giveBack({
    partition,
    since,
    document,
  }: OpenDecision<PartitionDocument> | GiveBackDecision<PartitionDocument>): void {
    const nothing = () => undefined;
    const pending = { inFlight: 0, counting: 0, unreported: 0 };
    const driver = new LeaseDriver<PartitionDocument>(
      this,
      { partition, epoch: document.epoch, since },
      { isDirty: false, checkpoint: () => document, markDirty: nothing, pending },
      (content) => content,
      {
        onRenewed: nothing,
        onStored: nothing,
        onStop: nothing,
        onAbort: nothing,
        onDiscard: nothing,
        onEnded: () => this.onEnded(partition),
      },
    );
    driver.release();
  }
}
