import {
  asDeliveryId,
  asEndpointId,
  asEventId,
  asWebhookId,
  asWorkspaceId,
  type AttemptOutcome,
  type Batching,
  countError,
  EMPTY_ERROR_WINDOW,
  type EndpointId,
  type ErrorWindow,
  type WebhookId,
  type WebhookStatus,
} from "@hooklane/core";
import type {
  CollectDecision,
  CountDecision,
  Decision,
  ParkDecision,
  ReadDecision,
  RefreshDecision,
  Report,
  SendDecision,
} from "../decision.js";
import { DueTimes } from "../due-times.js";
import type { WebhookFacts } from "../judge.js";
import type { DeliveryFacts } from "../lane-record.js";
import { PartitionLanes } from "../partition-lanes.js";
import type { PartitionCheckpoint } from "../partition-checkpoint.js";
import type { StoredDelivery } from "../lane-record.js";
import type { LaneSettings } from "../settings.js";
import { TrippedWebhooks } from "../tripped-webhooks.js";
import { Oracle, Violation } from "./oracle.js";
import { Random } from "./random.js";

const SECOND = 1000;
const LEASE_MS = 15 * SECOND;
const WAITS_SECONDS = [30, 60, 90];

const SETTINGS: LaneSettings = {
  retry: { waitsSeconds: WAITS_SECONDS },
  requestTimeoutMs: 5 * SECOND,
  leaseGuardMs: SECOND,
  queuedRecordsMax: 40,
  queuedBytesMax: 10_000_000,
  openOffsetsMax: 200,
  unreportedMax: 12,
  overflowAfterMs: 10 * SECOND,
  parkDelayMs: 100,
  pageRecordsMax: 12,
  pageBytesMax: 1_000_000,
  pagesBytesMax: 8_000_000,
  deferFirstMs: SECOND,
  deferMaxMs: 8 * SECOND,
  refusedPauseMs: 100,
  refreshPauseMs: SECOND,
};

/** Small, so that a run trips several times; the count itself is proven in packages/core. */
const RULE = { errorsMax: 8, windowMs: 240 * SECOND };

interface Webhook {
  readonly id: WebhookId;
  readonly endpointId: EndpointId;
  readonly batching?: Batching;
  version: number;
  generation: number;
  status: WebhookStatus;
  deletedAt?: Date;
}

interface LogEntry {
  readonly facts: DeliveryFacts;
}

const BODY = new Uint8Array(64);

/**
 * One partition and one dispatcher in virtual time: a router that repeats itself, receivers that fail, hang and say
 * 410, own-side faults, a Kafka and a MongoDB that answer late, configuration changed in mid-queue, trips, crashes.
 * The engine in it is the production code; the shell around it is the shortest that carries the decisions out.
 */
export class World {
  readonly oracle = new Oracle(WAITS_SECONDS.map((seconds) => seconds * SECOND));
  readonly #random: Random;
  readonly #events = new DueTimes<() => void>();
  readonly #log: LogEntry[] = [];
  readonly #webhooks: Webhook[];
  #copy = new Map<WebhookId, WebhookFacts>();
  #tripped = new TrippedWebhooks();
  #window: ErrorWindow = EMPTY_ERROR_WINDOW;
  #stored: PartitionCheckpoint = { committed: 0, done: new Uint8Array(0), sources: {}, lanes: {} };
  readonly #backlog = new Map<EndpointId, Map<number, StoredDelivery>>();
  #engine!: PartitionLanes;
  #leaseUntil = 0;
  #life = 0;
  #paused = false;
  #timerAt = Infinity;
  #source = 0;
  #mongoAwayUntil = 0;
  #kafkaAwayUntil = 0;
  #quiet = false;
  now = 0;
  crashes = 0;

  constructor(seed: number) {
    this.#random = new Random(seed);
    const batching = { maxEvents: 4, maxWaitSeconds: 5 };
    this.#webhooks = [
      this.#newWebhook("a", "ep_1"),
      this.#newWebhook("b", "ep_1", batching),
      this.#newWebhook("c", "ep_2", batching),
      this.#newWebhook("d", "ep_3"),
    ];
    this.#start();
  }

  /** Runs until `events` were routed and everything came to rest. */
  run(events: number, { crashes = true } = {}): void {
    for (let i = 0; i < events; i++) this.#after(this.#random.between(0, 200 * SECOND), () => this.#route());
    for (let i = 0; i < 8; i++)
      this.#after(this.#random.between(0, 250 * SECOND), () => this.#changeConfiguration());
    if (crashes)
      for (let i = 0; i < 2; i++) this.#after(this.#random.between(0, 400 * SECOND), () => this.#crash());
    this.#after(this.#random.between(0, 200 * SECOND), () => (this.#mongoAwayUntil = this.now + 20 * SECOND));
    this.#after(this.#random.between(0, 200 * SECOND), () => (this.#kafkaAwayUntil = this.now + 20 * SECOND));
    // From here on receivers answer and nothing changes, so that the run comes to an end.
    this.#after(1000 * SECOND, () => (this.#quiet = true));
    for (let due = this.#events.takeDue(3000 * SECOND); due; due = this.#events.takeDue(3000 * SECOND)) {
      this.now = due.at;
      due.item();
      if (
        this.#quiet &&
        this.#engine.committed === this.#log.length &&
        Object.keys(this.#stored.lanes).length === 0
      )
        break;
    }
    this.oracle.atRest(this.#log.length, this.#engine.committed, Object.keys(this.#stored.lanes));
  }

  #newWebhook(name: string, endpoint: string, batching?: Batching): Webhook {
    const endpointId = asEndpointId(endpoint);
    const state = { version: 1, generation: 1, status: "active" as const };
    return { id: asWebhookId(`wh_${name}`), endpointId, ...state, ...(batching ? { batching } : {}) };
  }

  // ---- upstream ---------------------------------------------------------------------------------------------------

  #route(): void {
    const webhook = this.#random.pick(this.#webhooks);
    const offset = this.#log.length;
    const facts: DeliveryFacts = {
      workspaceId: asWorkspaceId("ws_1"),
      webhookId: webhook.id,
      generation: webhook.generation,
      version: webhook.version,
      endpointId: webhook.endpointId,
      deliveryId: asDeliveryId(`dl_${offset}`),
      eventId: asEventId(`evt_${offset}`),
      type: "t",
      trigger: "automatic",
      acceptedAt: this.now,
      source: [0, 0, this.#source++, 0],
    };
    this.#log.push({ facts });
    this.oracle.appended(webhook.endpointId, offset);
    // A router that crashed before its commit produces the last few again.
    if (this.#random.chance(0.05))
      this.#log.push(...this.#log.slice(-this.#random.between(1, 3)).map((entry) => ({ ...entry })));
  }

  #changeConfiguration(): void {
    const webhook = this.#random.pick(this.#webhooks);
    if (this.#quiet || webhook.deletedAt) return;
    webhook.version++;
    const dice = this.#random.fraction();
    if (dice < 0.1) webhook.deletedAt = new Date(this.now);
    else if (dice < 0.6) {
      webhook.generation++;
      webhook.status = webhook.status === "active" ? "inactive" : "active";
      if (webhook.status === "active")
        this.#window = {
          ...this.#window,
          since: { ...this.#window.since, [webhook.id]: webhook.generation },
        };
    }
    const state = { ...webhook };
    this.#after(this.#random.between(1, 3 * SECOND), () => this.#learn(state));
  }

  #learn(state: Webhook): void {
    const known = this.#copy.get(state.id);
    if (known !== undefined && known.version >= state.version) return;
    this.#copy.set(state.id, state);
    this.#tripped.forget(state.id, state.generation);
    this.#tell((engine) => engine.onWebhookChanged(state.endpointId, this.now));
  }

  // ---- the dispatcher's shell ------------------------------------------------------------------------------------

  #start(): void {
    this.#life++;
    this.#paused = false;
    this.#timerAt = Infinity;
    this.#copy = new Map(this.#webhooks.map((webhook) => [webhook.id, { ...webhook }]));
    this.#tripped = new TrippedWebhooks();
    for (const trip of this.#window.trips)
      for (const { webhookId, generation } of trip.webhooks) this.#tripped.mark(webhookId, generation);
    this.#leaseUntil = this.now + LEASE_MS;
    this.#engine = new PartitionLanes(
      { partition: 0, logEpoch: 0 },
      this.#stored,
      SETTINGS,
      { configuration: { webhook: (id) => this.#copy.get(id) }, tripped: this.#tripped },
      this.#leaseUntil,
    );
    this.#tell((engine) => engine.start(this.#stored, this.now));
    this.#fetch();
    this.#checkpoint();
  }

  #crash(): void {
    if (this.#quiet) return;
    this.crashes++;
    this.oracle.crashed();
    this.#start();
  }

  #fetch(): void {
    const isBehind = this.#engine.next < this.#log.length;
    this.#inThisLife(this.#random.between(10, isBehind ? 300 : 2000), () => {
      if (!this.#paused) {
        const from = this.#random.chance(0.1) ? Math.max(0, this.#engine.next - 3) : this.#engine.next;
        const records = this.#log
          .slice(from, from + 10)
          .map((entry, index) => ({ entry, offset: from + index }));
        this.#tell((engine) => {
          for (const { entry, offset } of records) engine.onRecord(offset, entry.facts, BODY, this.now);
        });
      }
      this.#fetch();
    });
  }

  #checkpoint(): void {
    this.#inThisLife(this.#engine.isDirty ? 500 : 2 * SECOND, () => {
      const sentAt = this.now;
      const checkpoint = this.#engine.checkpoint();
      if (this.now < this.#mongoAwayUntil) {
        this.#engine.markDirty();
        this.#checkpoint();
        return;
      }
      this.#stored = checkpoint;
      this.oracle.checkpointed(checkpoint, (endpointId, position) =>
        this.#backlogOf(endpointId).has(position),
      );
      this.#inThisLife(this.#random.between(1, 400), () => {
        this.#leaseUntil = sentAt + LEASE_MS;
        this.#tell((engine) => {
          engine.onLease(this.#leaseUntil, this.now);
          engine.onStored(checkpoint, this.now);
        });
        this.#checkpoint();
      });
    });
  }

  #tell(change: (engine: PartitionLanes) => void): void {
    change(this.#engine);
    for (let decisions = this.#engine.takeDecisions(); decisions.length > 0;) {
      for (const decision of decisions) this.#carryOut(decision);
      decisions = this.#engine.takeDecisions();
    }
    const { dueAt } = this.#engine;
    if (dueAt === undefined || dueAt >= this.#timerAt) return;
    this.#timerAt = dueAt;
    this.#inThisLife(Math.max(0, dueAt - this.now), () => {
      this.#timerAt = Infinity;
      this.#tell((engine) => engine.onTimer(this.now));
    });
  }

  #carryOut(decision: Decision): void {
    switch (decision.kind) {
      case "send":
        this.#send(decision);
        break;
      case "count":
        this.#count(decision);
        break;
      case "report":
        this.#report(decision.report);
        break;
      case "refresh":
        this.#refresh(decision);
        break;
      case "park":
        this.#park(decision);
        break;
      case "read":
        this.#read(decision);
        break;
      case "collect":
        this.#collect(decision);
        break;
      case "gone":
        this.#after(this.#random.between(1, 5 * SECOND), () =>
          this.#disable(decision.webhookId, decision.generation),
        );
        break;
      case "pause":
      case "resume":
        this.#paused = decision.kind === "pause";
        break;
      case "deferred":
      case "moved":
    }
  }

  #backlogOf(endpointId: EndpointId): Map<number, StoredDelivery> {
    const backlog = this.#backlog.get(endpointId) ?? new Map<number, StoredDelivery>();
    this.#backlog.set(endpointId, backlog);
    return backlog;
  }

  /** Written in part, late, again, or after the process died: whoever asked hears it once all of it is there. */
  #park({ records }: ParkDecision): void {
    const put = (record: StoredDelivery) =>
      this.#backlogOf(record.facts.endpointId).set(record.position, record);
    const life = this.#life;
    const write = (): void => {
      if (this.now < this.#mongoAwayUntil || this.#random.chance(0.2)) {
        for (const record of records) if (this.#random.chance(0.5)) put(record);
        this.#inThisLife(this.#random.between(50, 2000), write);
        return;
      }
      this.#after(this.#random.between(1, 300), () => {
        for (const record of records) put(record);
        if (life !== this.#life) return;
        this.#inThisLife(this.#random.between(1, 300), () =>
          this.#tell((engine) => engine.onParked(this.now)),
        );
      });
    };
    write();
  }

  #read({ endpointId, ticket, after, upTo, recordsMax }: ReadDecision): void {
    this.#inThisLife(Math.max(0, this.#mongoAwayUntil - this.now) + this.#random.between(1, 300), () => {
      const found = [...this.#backlogOf(endpointId).values()]
        .filter(({ position }) => position > after && position <= (upTo ?? Infinity))
        .sort((a, b) => a.position - b.position);
      // A page may end early, as by its bytes; what is read for a retry comes whole.
      const records = upTo === undefined ? found.slice(0, this.#random.between(1, recordsMax + 1)) : found;
      const page = { records, isComplete: records.length === found.length };
      this.#inThisLife(this.#random.between(1, 300), () =>
        this.#tell((engine) => engine.onPage(endpointId, ticket, page, this.now)),
      );
    });
  }

  #collect({ deletions }: CollectDecision): void {
    this.#after(this.#random.between(1, 5000), () => {
      for (const { endpointId, upTo } of deletions) {
        const backlog = this.#backlogOf(endpointId);
        for (const position of backlog.keys()) if (position <= upTo) backlog.delete(position);
      }
    });
  }

  #refresh({ endpointId, webhookId }: RefreshDecision): void {
    const state = this.#webhooks.find((webhook) => webhook.id === webhookId);
    this.#inThisLife(this.#random.between(1, 2 * SECOND), () => {
      if (state !== undefined && this.#random.chance(0.8)) this.#learn({ ...state });
      this.#tell((engine) => engine.onRefreshed(endpointId, this.now));
    });
  }

  #send(send: SendDecision): void {
    const { endpointId, ticket } = send;
    const connect = this.#random.chance(0.9) ? this.#random.between(0, 30) : this.#random.between(30, 3000);
    this.#inThisLife(connect, () => {
      if (!this.#engine.mayStart(endpointId, ticket, this.now)) {
        this.#tell((engine) => engine.onRefused(endpointId, ticket, this.now));
        return;
      }
      this.#mayLeave(send);
      const startedAt = this.now;
      this.oracle.started(send, startedAt);
      const { outcome, tookMs } = this.#answer();
      // The receiver has it, whether or not the process lives to see the answer.
      if (outcome.kind === "succeeded") this.oracle.delivered(send.records);
      this.#inThisLife(tookMs, () => {
        this.oracle.ended(endpointId);
        if (outcome.kind === "failed") this.oracle.counted(send);
        const end = { outcome, startedAt, durationMs: tookMs };
        this.#tell((engine) => engine.onSettled(endpointId, ticket, end, this.now));
      });
    });
  }

  /** What must hold in the tick a request's bytes are written, from what this process could know. */
  #mayLeave(send: SendDecision): void {
    if (this.now + SETTINGS.requestTimeoutMs + SETTINGS.leaseGuardMs > this.#leaseUntil)
      throw new Violation("I3", "a request could outlive the lease");
    for (const { facts } of send.records) {
      const copy = this.#copy.get(facts.webhookId);
      if (copy === undefined || copy.version < facts.version)
        throw new Violation("P5", `${facts.deliveryId} is sent with an older configuration`);
      if (copy.status !== "active" || copy.deletedAt !== undefined || copy.generation > facts.generation)
        throw new Violation("D9", `${facts.deliveryId} is sent to a webhook that is off`);
      if (this.#tripped.isTripped(facts.webhookId, facts.generation))
        throw new Violation("I12", `${facts.deliveryId} leaves after the trip`);
    }
  }

  #answer(): { outcome: AttemptOutcome; tookMs: number } {
    const tookMs = this.#random.between(1, 200);
    const dice = this.#quiet ? 1 : this.#random.fraction();
    if (dice < 0.02) return { outcome: { kind: "failed", error: "status", statusCode: 410 }, tookMs };
    if (dice < 0.1) return { outcome: { kind: "failed", error: "timeout" }, tookMs: 5000 };
    if (dice < 0.3) return { outcome: { kind: "failed", error: "status", statusCode: 500 }, tookMs };
    if (dice < 0.35) return { outcome: { kind: "own_fault", fault: "sockets_exhausted" }, tookMs };
    return { outcome: { kind: "succeeded", statusCode: 200 }, tookMs };
  }

  #count(count: CountDecision): void {
    this.#inThisLife(this.#random.between(1, 500), () => {
      const policy = { policy: "worst" as const, workspaceWebhooks: [] };
      const counted = countError(this.#window, count.error, policy, this.now, RULE);
      this.#window = counted.window;
      for (const { webhookId, generation } of counted.trip?.webhooks ?? []) {
        this.#tripped.mark(webhookId, generation);
        this.#after(this.#random.between(1, 5 * SECOND), () => this.#disable(webhookId, generation));
        const tripped = this.#webhooks.find((webhook) => webhook.id === webhookId);
        if (tripped) this.#tell((engine) => engine.onWebhookChanged(tripped.endpointId, this.now));
      }
      this.#tell((engine) => engine.onCounted(count.endpointId, count.ticket, this.now));
    });
  }

  #disable(webhookId: WebhookId, generation: number): void {
    const webhook = this.#webhooks.find((each) => each.id === webhookId);
    if (webhook?.generation !== generation || webhook.status !== "active") return;
    webhook.status = "auto_disabled";
    webhook.version++;
    webhook.generation++;
    const state = { ...webhook };
    this.#after(this.#random.between(1, 3 * SECOND), () => this.#learn(state));
  }

  #report(report: Report): void {
    this.oracle.reported(report);
    const until = Math.max(this.now, this.#kafkaAwayUntil) + this.#random.between(1, 100);
    this.#after(until - this.now, () => this.oracle.recorded(report));
    this.#inThisLife(until - this.now + 1, () => this.#tell((engine) => engine.onReported(report, this.now)));
  }

  #after(ms: number, action: () => void): void {
    this.#events.add(this.now + ms, action);
  }

  /** Done by this process only: a crash forgets it. */
  #inThisLife(ms: number, action: () => void): void {
    const life = this.#life;
    this.#after(ms, () => {
      if (life === this.#life) action();
    });
  }
}
