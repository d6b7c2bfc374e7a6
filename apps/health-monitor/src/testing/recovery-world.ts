import { decodeEventsRecord, encodeResend, type EventsRecord } from "@hooklane/contracts";
import {
  asDeliveryId,
  asEventId,
  asRecordId,
  asWebhookId,
  asWorkspaceId,
  comparePlaces,
  decideRecoveryEnd,
  type DeliveryStatus,
  isRecovering,
  type LinePlace,
  type RecordId,
  type RecoveringWebhook,
  toEntering,
} from "@hooklane/core";
import type { Producer } from "@hooklane/kafka";
import { createLogger, createMetrics } from "@hooklane/service";
import type { OwedRecord, Recovery } from "@hooklane/store";
import { createHealthMetrics } from "../health-metrics.js";
import { Recoveries, type RecoveriesOptions } from "../jobs/recoveries.js";

const signal = new AbortController().signal;
const workspaceId = asWorkspaceId("ws_1");
const webhookId = asWebhookId("wh_1");
const job = "job_1";
const at = (offset: number): LinePlace => ({ epoch: 0, offset });

type Meta = EventsRecord["meta"];
type Produced = Parameters<Producer["sendAll"]>[0][number];

/** The database, the line and the router of one webhook that recovers in its third generation. */
export class RecoveryWorld {
  recovery: Recovery = {
    id: job,
    workspaceId,
    webhookId,
    generation: 3,
    version: 7,
    owedSince: 1,
    status: "running",
    createdAt: new Date(0),
    isCollected: false,
    waitingFor: 0,
    ends: 0,
    sent: 0,
  };
  webhook: RecoveringWebhook = { status: "recovering", generation: 3 };
  clock = Date.UTC(2026, 0, 15, 10);
  /** Deliveries of older generations without an end. */
  open = 0;
  /** The router comes to what is put in line at once. */
  isRouting = true;
  enteringMax = 100;
  readonly owed: OwedRecord[] = [];
  /** Events whose bytes are gone. */
  readonly expired = new Set<string>();
  /** Everything that was put in line. */
  readonly line: { readonly offset: number; readonly meta: Meta }[] = [];
  /** Event by event, as it was sent to the webhook. */
  readonly delivered: string[] = [];
  readonly #routed = new Map<RecordId, number>();
  #passed = 0;
  #lease: { readonly owner: string; readonly until: number } | undefined;

  /** So many events at the offsets behind the last one. */
  owe(count: number, statuses: readonly DeliveryStatus[] = []): void {
    for (let n = 0; n < count; n++) {
      const offset = (this.owed.at(-1)?.place.offset ?? 0) + 1;
      this.owed.push({
        recordId: asRecordId(`e${offset}`),
        eventId: asEventId(`e${offset}`),
        type: "t",
        source: "api",
        deliveryId: asDeliveryId(`dl_${offset}`),
        isFirst: true,
        place: at(offset),
        generation: 2,
        statuses,
      });
    }
  }

  /** What stands in line, in words. */
  inLine(): readonly string[] {
    return this.line.map(({ meta }) => {
      if (meta.kind === "resend") return meta.eventId;
      return meta.kind === "recovery_end" ? `end ${meta.number}` : meta.kind;
    });
  }

  /** The router comes to the end of the line. */
  route(): void {
    for (const { offset, meta } of this.line.slice(this.#passed)) {
      this.#passed++;
      if (meta.kind === "recovery_begin") {
        if (!this.recovery.begunAt) this.recovery = { ...this.recovery, begunAt: at(offset) };
      } else if (meta.kind === "recovery_end") this.#end(meta, offset);
      else if (meta.kind === "resend") this.#enter(meta.recordId, meta.eventId, offset);
    }
  }

  #enter(recordId: RecordId, eventId: string, offset: number): void {
    if (this.#routed.has(recordId)) return;
    this.#routed.set(recordId, offset);
    if (isRecovering(this.recovery, this.webhook)) this.delivered.push(eventId);
  }

  #end({ recordId, number, sentThrough }: Extract<Meta, { kind: "recovery_end" }>, offset: number): void {
    if (this.#routed.has(recordId)) return;
    this.#routed.set(recordId, offset);
    const left = toEntering(this.recovery, this.#between(sentThrough, at(offset)));
    const { kind } = decideRecoveryEnd(this.recovery, this.webhook, left.length, this.enteringMax);
    if (kind === "enter") {
      for (const { deliveryId, eventId } of left) {
        this.#enter(asRecordId(`rs:${job}:${deliveryId}`), eventId, offset);
      }
    }
    if (this.recovery.ends === number && this.recovery.lastEnd === undefined) {
      this.recovery = { ...this.recovery, lastEnd: kind, routedThrough: at(offset) };
    }
    if (kind === "enter") this.webhook = { status: "active", generation: 3 };
  }

  #between(after: LinePlace | undefined, before: LinePlace): readonly OwedRecord[] {
    return this.owed.filter(
      ({ place }) => (!after || comparePlaces(place, after) > 0) && comparePlaces(place, before) < 0,
    );
  }

  /**
   * A health-monitor of its own.
   *
   * @param beforeCall before everything it asks of its surroundings, each record it puts in line among them: it may
   *   throw, or take long
   */
  monitor(owner: string, beforeCall: () => Promise<void> | void = () => undefined) {
    const call =
      <A extends unknown[], R>(run: (...args: A) => R) =>
      async (...args: A): Promise<Awaited<R>> => {
        await beforeCall();
        return await run(...args);
      };
    const options: RecoveriesOptions = {
      recoveries: this.#recoveries(call),
      owed: {
        collect: call(() => ({ open: this.open, upTo: undefined })),
        list: call((_, { after, before }, limit) => this.#between(after, before).slice(0, limit)),
      },
      webhooks: { find: call(() => this.webhook as never) },
      workspaces: { find: call(() => ({ eventsPartition: 1, retentionDays: 30 }) as never) },
      records: {
        make: call((orders) =>
          orders.map(({ bytesOf, ...order }) => {
            if (this.#routed.has(order.recordId)) return { kind: "routed" as const };
            if (this.expired.has(bytesOf)) return { kind: "expired" as const };
            return { kind: "record" as const, record: encodeResend("events", 1, order, new Uint8Array(1)) };
          }),
        ),
      },
      eventLog: {
        find: call((_, recordId) => {
          const offset = this.#routed.get(recordId);
          return offset === undefined ? undefined : ({ position: { partition: 1, ...at(offset) } } as never);
        }),
      },
      producer: {
        sendAll: async (records) => {
          for (const record of records) await call(() => this.#append(record))();
          await beforeCall();
          if (this.isRouting) this.route();
          return [];
        },
      },
      eventsTopic: "events",
      owner,
      perSweepMax: 3,
      metrics: createHealthMetrics(createMetrics("test", { processMetrics: false })),
      logger: createLogger("test", "silent"),
      now: () => new Date(this.clock),
    };
    const recoveries = new Recoveries(options);
    return { sweep: () => recoveries.sweep(signal) };
  }

  #append({ value, headers }: Produced): void {
    const raw = {
      partition: 1,
      offset: 1_000 + this.line.length,
      key: null,
      value: value === null ? null : Buffer.from(value),
      headers: { meta: Buffer.from(String(headers?.meta)) },
    };
    const decoded = decodeEventsRecord(raw);
    if (!decoded.ok) throw new Error(decoded.detail);
    this.line.push({ offset: raw.offset, meta: decoded.value.meta });
  }

  #recoveries(
    call: <A extends unknown[], R>(run: (...args: A) => R) => (...args: A) => Promise<Awaited<R>>,
  ): RecoveriesOptions["recoveries"] {
    const isOf = (owner: string) => this.#lease?.owner === owner;
    return {
      listOpen: call(() => (this.recovery.status === "running" ? [job] : [])),
      claim: call((_, owner, leaseMs) => {
        if (this.recovery.status !== "running") return undefined;
        if (this.#lease && !isOf(owner) && this.#lease.until > this.clock) return undefined;
        this.#lease = { owner, until: this.clock + leaseMs };
        return this.recovery;
      }),
      advance: call((_, owner, { sent = 0, ...advance }) => {
        if (!isOf(owner)) return false;
        const next = { ...this.recovery, ...advance, sent: this.recovery.sent + sent };
        const kept = Object.entries(next).filter(([, value]) => value !== null);
        this.recovery = Object.fromEntries(kept) as unknown as Recovery;
        return true;
      }),
      noteEnding: call((_, owner, number) => {
        const { lastEnd: __, ...rest } = this.recovery;
        if (isOf(owner) && rest.ends === number - 1) this.recovery = { ...rest, ends: number };
      }),
      finish: call((_, status) => {
        if (this.recovery.status !== "running") return false;
        this.recovery = { ...this.recovery, status };
        return true;
      }),
    };
  }
}
