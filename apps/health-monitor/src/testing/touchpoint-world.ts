import { randomUUID } from "node:crypto";
import { EventEmitter, once } from "node:events";
import { decodeEventsRecord, type EventMeta, type RawRecord } from "@hooklane/contracts";
import {
  asAudienceId,
  asCampaignId,
  asWebhookId,
  asWorkspaceId,
  type Contact,
  type DeliveryStatus,
  toResendRecordId,
  toTouchpointCounts,
  toTouchpointRecordId,
  type TouchpointCounts,
  type WebhookId,
  type WebhookStatus,
} from "@hooklane/core";
import type { OutgoingRecord } from "@hooklane/kafka";
import { createLogger, createMetrics } from "@hooklane/service";
import {
  AudienceRepository,
  type ContactWrite,
  ContactWriter,
  ensureIndexes,
  type EventDocument,
  openStore,
  RECOVERIES,
  runTransaction,
  type Store,
  TagRepository,
  toDeliveryId,
  toRecoveryId,
  TOUCHPOINT_SNAPSHOTS,
  TouchpointContacts,
  type TouchpointDocument,
  TouchpointOutcomes,
  TouchpointRuns,
  TOUCHPOINTS,
  WEBHOOKS,
  WORKSPACES,
  WorkspaceRepository,
} from "@hooklane/store";
import { createHealthMetrics } from "../health-metrics.js";
import { TouchpointRunner } from "../touchpoints/touchpoint-runner.js";
import { TouchpointSettling } from "../touchpoints/touchpoint-settling.js";
import { TouchpointWalk } from "../touchpoints/touchpoint-walk.js";

const workspaceId = asWorkspaceId("ws_1");
const never = new AbortController().signal;
const now = () => new Date();
const logger = createLogger("test", "silent");

/** What goes wrong at the n-th call a runner makes of anything outside. */
export interface Fault {
  readonly call: number;
  /** It dies before or after the call is carried out, or stands still before it until it is woken. */
  readonly how: "dies_before" | "dies_after" | "stalls";
}

/** A process that runs touchpoints. */
export interface TestRunner {
  /** A failure is what the next sweep finds. */
  sweep(): Promise<void>;
  /** Its fault has come. */
  isHit(): boolean;
  isDead(): boolean;
  /** Resolves then; not at all without a fault. */
  readonly whenHit: Promise<unknown>;
  /** Lets one that stands still go on. */
  wake(): void;
  /** Touchpoints it says it has ended. */
  countEnded(): Promise<number>;
}

/** What becomes of a contact's delivery; `unmatched`: the router decides against one. `owed`: as the webhook is not sent to. */
export type Fate = DeliveryStatus | "unmatched" | "owed";

/** Generation of a touchpoint's webhook until it is switched off or on. */
const FIRST_GENERATION = 1;

/** A database with an audience, touchpoints on it, and in place of Kafka, the router and the dispatcher, what they leave in the logs. */
export class TouchpointWorld {
  #audience = { _id: asAudienceId("au_none"), workspaceId };
  /** Everything put in line, in order, repeats included. */
  inLine: { readonly meta: EventMeta; readonly event: Record<string, unknown> }[] = [];

  readonly #generations = new Map<WebhookId, number>();

  private constructor(readonly store: Store) {}

  static async open(): Promise<TouchpointWorld> {
    const database = `touchpoints-${randomUUID().slice(0, 8)}`;
    const { MONGODB_URI: uri = "" } = process.env;
    const store = await openStore({ uri, database });
    await ensureIndexes(store);
    const world = new TouchpointWorld(store);
    await world.#raw(WORKSPACES).insertOne({ _id: workspaceId, eventsPartition: 3 });
    return world;
  }

  async close(): Promise<void> {
    await this.store.db.dropDatabase();
    await this.store.close();
  }

  /** A new audience, for everything that follows. @returns its contacts, in the order of their ids */
  async anAudience(writes: readonly ContactWrite[], tags: readonly string[] = []): Promise<Contact[]> {
    const at = now();
    this.inLine = [];
    this.#audience = { _id: asAudienceId(`au_${randomUUID()}`), workspaceId };
    const audience = { ...this.#audience, name: "Readers", version: 1, createdAt: at, updatedAt: at };
    await new AudienceRepository(this.store).insert(audience);
    for (const name of tags) {
      const tag = { workspaceId, audienceId: audience._id, name, createdAt: at };
      await new TagRepository(this.store).insert(tag);
    }
    return writes.length === 0 ? [] : this.write(...writes);
  }

  /** As the API does. */
  write(...writes: readonly ContactWrite[]): Promise<Contact[]> {
    return runTransaction(this.store, async (session) => {
      const options = { source: "api", at: now() } as const;
      const outcomes = await new ContactWriter(this.store).writeMany(
        session,
        this.#audience,
        writes,
        options,
      );
      return outcomes.map((outcome) => {
        if (outcome.kind === "rejected") throw new Error(`A write was rejected: ${outcome.reason}`);
        return outcome.contact;
      });
    });
  }

  /** A touchpoint that was due an hour ago, and that nobody took up yet. */
  async aTouchpoint(target: { readonly tag?: string; readonly dueInMs?: number } = {}): Promise<WebhookId> {
    const { dueInMs = -3_600_000, tag } = target;
    const _id = asWebhookId(`wh_${randomUUID()}`);
    const audienceId = this.#audience._id;
    const dueAt = new Date(Date.now() + dueInMs);
    const touchpoint: TouchpointDocument = {
      _id,
      workspaceId,
      campaignId: asCampaignId("cp_1"),
      audienceId,
      ...(tag !== undefined && { tag }),
      date: "2026-11-23",
      time: "10:00",
      timeZone: "UTC",
      dueAt,
      status: "scheduled",
      open: true,
      createdAt: dueAt,
      updatedAt: dueAt,
    };
    await this.store.db.collection<TouchpointDocument>(TOUCHPOINTS).insertOne(touchpoint);
    await this.#raw(TOUCHPOINT_SNAPSHOTS).insertOne({ _id, workspaceId, audienceId, dueAt, open: true });
    return _id;
  }

  async read(id: WebhookId): Promise<TouchpointDocument> {
    const found = await this.store.db.collection<TouchpointDocument>(TOUCHPOINTS).findOne({ _id: id });
    if (!found) throw new Error(`${id} is gone`);
    return found;
  }

  async counts(id: WebhookId): Promise<TouchpointCounts | undefined> {
    const { run } = await this.read(id);
    return run && toTouchpointCounts(run.entered, run.deleted, run.settled);
  }

  /** Whoever has it, has it no longer. */
  async expireLease(id: WebhookId): Promise<void> {
    await this.#raw(TOUCHPOINTS).updateOne(
      { _id: id, lease: { $exists: true } },
      { $set: { "lease.until": new Date(0) } },
    );
  }

  /** Ids of the records in line of a touchpoint's contacts, repeats left out. */
  entered(id: WebhookId): string[] {
    const ids = this.inLine.flatMap(({ meta }) =>
      meta.aimedAt === id && meta.contactId !== undefined ? [meta.contactId as string] : [],
    );
    return [...new Set(ids)];
  }

  /** The router and the dispatchers come to all that is in line: each record once. */
  async settle(fateOf: (contactId: string) => Fate): Promise<void> {
    for (const { meta } of this.inLine) {
      const fate = fateOf(meta.contactId ?? "");
      const deliveryId = `dl_${meta.recordId}`;
      const isMatched = fate !== "unmatched" && fate !== "owed";
      const generation = meta.aimedAt ? this.#generationOf(meta.aimedAt) : FIRST_GENERATION;
      const matched = isMatched ? [{ webhookId: meta.aimedAt, deliveryId, generation }] : [];
      const owed = fate === "owed" ? { owed: [{ webhookId: meta.aimedAt, generation }] } : {};
      const event = { workspaceId, acceptedAt: now(), decision: { matched, unmatched: [] }, ...owed };
      const _id = `${workspaceId}:${meta.recordId}`;
      await this.#raw("events").updateOne({ _id }, { $setOnInsert: event }, { upsert: true });
      if (!isMatched) continue;
      const delivery = { $setOnInsert: { workspaceId, webhookId: meta.aimedAt }, $set: { status: fate } };
      await this.#raw("deliveries").updateOne({ _id: deliveryId }, delivery, { upsert: true });
    }
  }

  /** Switches the touchpoint's webhook, as errors and the API do. */
  async switchWebhook(id: WebhookId, status: WebhookStatus, generation: number): Promise<void> {
    this.#generations.set(id, generation);
    const webhook = { workspaceId, status, generation, owedSince: FIRST_GENERATION };
    await this.#raw(WEBHOOKS).updateOne({ _id: id }, { $set: webhook }, { upsert: true });
    if (status !== "recovering") return;
    const recovery = { $setOnInsert: { webhookId: id, generation } };
    await this.#raw(RECOVERIES).updateOne({ _id: toRecoveryId(id, generation) }, recovery, { upsert: true });
  }

  /** A contact's event is sent once more: by the recovery of that generation, or by a job of somebody's. */
  async sendAgain(
    id: WebhookId,
    contact: Contact,
    { by, fate }: { readonly by: number | "hand"; readonly fate: DeliveryStatus },
  ): Promise<void> {
    const recordId = toTouchpointRecordId(id, contact.id);
    const event = await this.store.db
      .collection<EventDocument>("events")
      .findOne({ _id: `${workspaceId}:${recordId}` });
    if (!event) throw new Error(`${recordId} is not routed`);
    const acceptedAt = event.acceptedAt.getTime();
    const [own] = event.decision.matched;
    const resendOf = own?.deliveryId ?? toDeliveryId({ workspaceId, recordId, acceptedAt }, id);
    const job = by === "hand" ? `job_${randomUUID()}` : toRecoveryId(id, by);
    const again = toResendRecordId(job, resendOf);
    const deliveryId = `dl_${again}`;
    const matched = [{ webhookId: id, deliveryId, generation: this.#generationOf(id) }];
    const record = { workspaceId, acceptedAt: now(), resendOf, decision: { matched, unmatched: [] } };
    await this.#raw("events").insertOne({ _id: `${workspaceId}:${again}`, ...record });
    await this.#raw("deliveries").insertOne({ _id: deliveryId, workspaceId, webhookId: id, status: fate });
  }

  /** All deliveries of the touchpoint with one status get another. */
  async setStatus(id: WebhookId, from: DeliveryStatus, to: DeliveryStatus): Promise<void> {
    await this.#raw("deliveries").updateMany({ webhookId: id, status: from }, { $set: { status: to } });
  }

  countLeft(collection: string, id: WebhookId): Promise<number> {
    return this.#raw(collection).countDocuments({ _id: { $regex: `^${id}` } });
  }

  /** @param perSweepMax contacts a sweep puts in line at most */
  aRunner(perSweepMax: number, fault?: Fault): TestRunner {
    const faults = new Faults(fault);
    const metrics = createHealthMetrics(createMetrics("test", { processMetrics: false }));
    const own = {
      runs: faults.around(new TouchpointRuns(this.store)),
      contacts: faults.around(new TouchpointContacts(this.store)),
      outcomes: new TouchpointOutcomes(this.store),
      announce: () => undefined,
      owner: randomUUID(),
      metrics,
      logger,
      now,
    };
    const producer = faults.around({
      sendAll: (records: readonly OutgoingRecord[]) => {
        this.inLine.push(...records.map(toInLine));
        return Promise.resolve([]);
      },
    });
    const workspaces = new WorkspaceRepository(this.store);
    const runner = new TouchpointRunner({
      ...own,
      walk: new TouchpointWalk({ ...own, workspaces, producer, eventsTopic: "events.v1" }),
      settling: new TouchpointSettling(own),
      perSweepMax,
    });
    return {
      sweep: async () => {
        if (faults.isDead) return;
        await runner.sweep(never).catch((error: unknown) => {
          if (!faults.isDead) throw error;
        });
      },
      isHit: () => faults.isHit,
      isDead: () => faults.isDead,
      whenHit: faults.whenHit,
      wake: () => faults.wake(),
      countEnded: async () => {
        const { values } = await metrics.touchpointsEnded.get();
        return values.reduce((sum, { value }) => sum + value, 0);
      },
    };
  }

  #generationOf(id: WebhookId): number {
    return this.#generations.get(id) ?? FIRST_GENERATION;
  }

  #raw(collection: string) {
    return this.store.db.collection<{ _id: string; [field: string]: unknown }>(collection);
  }
}

/** Counts the calls of several parts together, and has one of them go wrong. */
class Faults {
  readonly #fault: Fault | undefined;
  readonly #events = new EventEmitter();
  readonly whenHit: Promise<unknown> = once(this.#events, "hit");
  readonly #whenWoken = once(this.#events, "woken");
  #calls = 0;
  isHit = false;
  isDead = false;

  constructor(fault: Fault | undefined) {
    this.#fault = fault;
  }

  wake(): void {
    this.#events.emit("woken");
  }

  around<Part extends object>(part: Part): Part {
    return new Proxy(part, {
      get: (target, name) => {
        const method: unknown = Reflect.get(target, name, target);
        if (typeof method !== "function") return method;
        return (...args: unknown[]) => this.#call(() => Reflect.apply(method, target, args) as unknown);
      },
    });
  }

  async #call(method: () => unknown): Promise<unknown> {
    if (this.isDead) throw new Error("Dead");
    if (++this.#calls !== this.#fault?.call) return method();
    this.isHit = true;
    this.#events.emit("hit");
    if (this.#fault.how === "stalls") {
      await this.#whenWoken;
      return method();
    }
    if (this.#fault.how === "dies_after") await method();
    this.isDead = true;
    throw new Error("Dead");
  }
}

function toInLine({ value, headers }: OutgoingRecord) {
  const meta = Buffer.from(headers?.meta ?? "");
  const decoded = decodeEventsRecord({ value, headers: { meta } } as unknown as RawRecord);
  if (!decoded.ok || decoded.value.meta.kind !== "event") throw new Error("Not an event");
  const { meta: eventMeta } = decoded.value;
  const event = JSON.parse(Buffer.from(decoded.value.body ?? "").toString()) as Record<string, unknown>;
  return { meta: eventMeta, event };
}
