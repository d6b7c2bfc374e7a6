import {
  asDeliveryId,
  asEndpointId,
  asEventId,
  asWebhookId,
  asWorkspaceId,
  type AttemptOutcome,
  type EndpointId,
} from "@hooklane/core";
import type { Decision, Report, SendDecision } from "../decision.js";
import type { Intake } from "../intake.js";
import type { WebhookFacts } from "../judge.js";
import type { DeliveryFacts, StoredDelivery } from "../lane-record.js";
import type { PartitionCheckpoint } from "../partition-checkpoint.js";
import { PartitionLanes } from "../partition-lanes.js";
import { toPosition } from "../position.js";
import type { LaneSettings } from "../settings.js";
import { TrippedWebhooks } from "../tripped-webhooks.js";

export const SETTINGS: LaneSettings = {
  retry: { waitsSeconds: [30, 60, 90] },
  requestTimeoutMs: 5_000,
  leaseGuardMs: 1_000,
  queuedRecordsMax: 10,
  queuedBytesMax: 1_000_000,
  openOffsetsMax: 1_000,
  unreportedMax: 5,
  overflowAfterMs: 10_000,
  parkDelayMs: 100,
  pageRecordsMax: 4,
  pageBytesMax: 1_000_000,
  pagesBytesMax: 4_000_000,
  deferFirstMs: 1_000,
  deferMaxMs: 4_000,
  refusedPauseMs: 100,
  refreshPauseMs: 1_000,
};

export const FRESH: PartitionCheckpoint = { committed: 0, done: new Uint8Array(0), sources: {}, lanes: {} };
export const OK: AttemptOutcome = { kind: "succeeded", statusCode: 200 };
export const FAILED: AttemptOutcome = { kind: "failed", error: "status", statusCode: 500 };
export const OWN_FAULT: AttemptOutcome = { kind: "own_fault", fault: "sockets_exhausted" };

const LOG_EPOCH = 3;
const BODY = new Uint8Array(100);

type DecisionOf<K extends Decision["kind"]> = Extract<Decision, { kind: K }>;

/** Position of an offset in the log that the harness reads. */
export const at = (offset: number): number => toPosition(LOG_EPOCH, offset);

/**
 * One engine with a hand on everything around it: nothing answers unless the test says so. What the engine decides is
 * kept by kind until the test takes it.
 */
export class EngineHarness {
  readonly webhooks = new Map<string, WebhookFacts>();
  /** What was written to the backlog, by endpoint. */
  readonly backlog = new Map<string, StoredDelivery[]>();
  /** Webhooks that are not on a line of their own name. */
  readonly lineOf = new Map<string, string>();
  readonly deletedContacts = new Set<string>();
  tripped = new TrippedWebhooks();
  now = 1_000_000;
  nextOffset = 0;
  lanes: PartitionLanes;
  #decided: Decision[] = [];

  readonly #settings: LaneSettings;

  constructor(settings: Partial<LaneSettings> = {}) {
    this.#settings = { ...SETTINGS, ...settings };
    for (const name of ["a", "b"]) this.setWebhook(name, {});
    this.lanes = this.restart(FRESH);
  }

  /** Whatever is not given is as it is when everything is well. */
  setWebhook(name: string, facts: Partial<WebhookFacts>): void {
    this.webhooks.set(`wh_${name}`, { version: 1, generation: 1, status: "active", ...facts });
  }

  /** A new owner goes on from a checkpoint; the backlog stays. */
  restart(from: PartitionCheckpoint, { isLogSeen = true } = {}): PartitionLanes {
    this.nextOffset = from.committed;
    this.#decided = [];
    this.tripped = new TrippedWebhooks();
    const configuration = {
      webhook: (id: string) => this.webhooks.get(id),
      isContactDeleted: (id: string) => this.deletedContacts.has(id),
    };
    this.lanes = new PartitionLanes(
      { partition: 0, logEpoch: LOG_EPOCH, isLogSeen },
      from,
      this.#settings,
      { configuration, tripped: this.tripped },
      this.now + 3_600_000_000,
    );
    this.lanes.start(from, this.now);
    return this.lanes;
  }

  facts(offset: number, webhook: string, more: Partial<DeliveryFacts> = {}): DeliveryFacts {
    return {
      workspaceId: asWorkspaceId("ws_1"),
      webhookId: asWebhookId(`wh_${webhook}`),
      generation: 1,
      version: 1,
      endpointId: asEndpointId(`ep_${this.lineOf.get(webhook) ?? webhook}`),
      deliveryId: asDeliveryId(`dl_${offset}`),
      eventId: asEventId(`evt_${offset}`),
      type: "t",
      trigger: "automatic",
      acceptedAt: 0,
      source: [0, 0, offset, 0],
      ...more,
    };
  }

  /** The next record of the log. */
  take(webhook: string, more: Partial<DeliveryFacts> = {}): Intake {
    const offset = this.nextOffset++;
    return this.lanes.onRecord(offset, this.facts(offset, webhook, more), BODY, this.now);
  }

  takeMany(webhook: string, count: number): void {
    for (let i = 0; i < count; i++) this.take(webhook);
  }

  /** Takes everything of one kind that was decided and not taken yet, oldest first. */
  all<K extends Decision["kind"]>(kind: K): DecisionOf<K>[] {
    this.#decided.push(...this.lanes.takeDecisions());
    const found = this.#decided.filter((each): each is DecisionOf<K> => each.kind === kind);
    this.#decided = this.#decided.filter((each) => each.kind !== kind);
    return found;
  }

  /** As {@link all} where there is exactly one. */
  one<K extends Decision["kind"]>(kind: K): DecisionOf<K> {
    const [only, ...others] = this.all(kind);
    if (only === undefined || others.length > 0)
      throw new Error(`${only === undefined ? "no" : "more than one"} ${kind} was decided`);
    return only;
  }

  /** The positions of every request that was decided and not taken yet. */
  sent(): number[][] {
    return this.all("send").map(positions);
  }

  settle(send: SendDecision, outcome: AttemptOutcome, startedAt = this.now): void {
    this.lanes.onSettled(send.endpointId, send.ticket, { outcome, startedAt, durationMs: 1 }, this.now);
  }

  /** The request fails and its error is counted; its result is not acknowledged yet. */
  fail(send: SendDecision, outcome = FAILED, startedAt = this.now): void {
    this.settle(send, outcome, startedAt);
    const { endpointId, ticket } = this.one("count");
    this.lanes.onCounted(endpointId, ticket, this.now);
  }

  /** All results so far are in `attempts.v1`. */
  acknowledge(): Report[] {
    const reports = this.all("report").map(({ report }) => report);
    for (const report of reports) this.lanes.onReported(report, this.now);
    return reports;
  }

  /** The one request that is decided succeeds, and its result is acknowledged. */
  deliver(): number[] {
    const send = this.one("send");
    this.settle(send, OK);
    this.acknowledge();
    return positions(send);
  }

  /** What is due for the backlog is written, and acknowledged. @returns its positions */
  park(): number[] {
    const { records } = this.one("park");
    for (const record of records) this.writeToBacklog(record);
    this.lanes.onParked(this.now);
    return positions({ records });
  }

  writeToBacklog({ position, facts, body }: StoredDelivery): void {
    const line = this.backlog.get(facts.endpointId) ?? [];
    const others = line.filter((each) => each.position !== position);
    const sorted = [...others, { position, facts, body }].sort((a, b) => a.position - b.position);
    this.backlog.set(facts.endpointId, sorted);
  }

  /** The one read that is decided is answered from the backlog as it is now. @returns the positions it brought */
  answerRead(): number[] {
    const { endpointId, ticket, after, upTo = Infinity, recordsMax } = this.one("read");
    const line = (this.backlog.get(endpointId) ?? []).filter(
      ({ position }) => position > after && position <= upTo,
    );
    const records = line.slice(0, recordsMax);
    const isComplete = records.length === line.length;
    this.lanes.onPage(endpointId, ticket, { records, isComplete }, this.now);
    return positions({ records });
  }

  /** Time goes on, with every timer on the way. */
  pass(ms: number): void {
    const until = this.now + ms;
    for (let due = this.lanes.dueAt; due !== undefined && due <= until; due = this.lanes.dueAt) {
      this.now = Math.max(this.now, due);
      this.lanes.onTimer(this.now);
      this.#decided.push(...this.lanes.takeDecisions());
    }
    this.now = until;
  }

  /** A checkpoint is stored and acknowledged. */
  store(): PartitionCheckpoint {
    const checkpoint = this.lanes.checkpoint();
    this.lanes.onStored(checkpoint, this.now);
    return checkpoint;
  }

  /** Everything answers and succeeds until nothing is left to do. @returns what was sent, in order */
  runOut(): number[] {
    const sent: number[] = [];
    for (let round = 0; round < 200; round++) {
      const [send] = this.all("send");
      if (send !== undefined) {
        sent.push(...positions(send));
        this.settle(send, OK);
      }
      this.acknowledge();
      this.pass(100);
      this.#decided.push(...this.lanes.takeDecisions());
      if (this.#decided.some(({ kind }) => kind === "park")) this.park();
      if (this.#decided.some(({ kind }) => kind === "read")) this.answerRead();
    }
    return sent;
  }

  /** States the lanes went to, in order. */
  moves(): { readonly to: string; readonly cause: string }[] {
    return this.all("moved").map(({ to, cause }) => ({ to, cause }));
  }

  storedLane(webhook: string): PartitionCheckpoint["lanes"][string] | undefined {
    return this.lanes.checkpoint().lanes[this.endpointOf(webhook)];
  }

  endpointOf(webhook: string): EndpointId {
    return asEndpointId(`ep_${this.lineOf.get(webhook) ?? webhook}`);
  }

  /** The first request of a webhook with so many deliveries failed, and all of them are in the backlog. */
  retrying(webhook: string, count: number): void {
    this.takeMany(webhook, count);
    this.fail(this.one("send"));
    this.acknowledge();
    this.pass(SETTINGS.parkDelayMs);
    this.park();
  }

  /** As {@link retrying}, and its first request was made again with success: the backlog is being sent. */
  draining(webhook: string, count: number): void {
    this.retrying(webhook, count);
    this.pass(29_900);
    this.answerRead();
    this.pass(1_000);
    this.deliver();
  }
}

export function positions({
  records,
}: {
  readonly records: readonly { readonly position: number }[];
}): number[] {
  return records.map(({ position }) => position - at(0));
}
