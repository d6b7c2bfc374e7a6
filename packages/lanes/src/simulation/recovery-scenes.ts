import { asEventId, asRecordId, toResendRecordId } from "@hooklane/core";
import type { Cluster } from "./cluster.js";
import type { Webhook } from "./webhook.js";
import type { EventRecord, ResendRecord } from "./events-record.js";
import { replaceRouter } from "./replace-router.js";
import { decide, toDeliveryId } from "./routing.js";

/** A recovery of one webhook, step by step, by hand as far as no monitor is up. Times in milliseconds of the run. */
export class RecoveryStage {
  readonly cluster: Cluster;
  readonly #webhook: Webhook;

  constructor(cluster: Cluster) {
    this.cluster = cluster;
    const [webhook] = cluster.configuration.all();
    if (webhook === undefined) throw new RangeError("no webhook");
    this.#webhook = webhook;
  }

  at(ms: number, action: () => void): void {
    this.cluster.world.after(ms, action);
  }

  bootMonitors(ms: number): void {
    for (const monitor of this.cluster.monitors) this.at(ms, () => monitor.boot());
  }

  switchOff(): void {
    this.cluster.configuration.deactivate(this.#webhook.id);
  }

  recover(): void {
    this.cluster.configuration.recover(this.#webhook.id);
  }

  move(): void {
    const { endpoints } = this.cluster.configuration;
    const { id, workspaceId, endpointId } = this.#webhook;
    const other = endpoints.find((each) => each.workspaceId === workspaceId && each.id !== endpointId);
    if (other !== undefined) this.cluster.configuration.move(id, other.id);
  }

  /** Control records come so late, and routers hear of changes so late. */
  holdNews(ms: number): void {
    const { configuration, routers, world } = this.cluster;
    const { announce } = configuration;
    configuration.announce = (webhook) => world.after(ms, () => announce(webhook));
    for (const router of routers) router.stream.stall(ms);
  }

  /** The router that does not have the webhook's partition hears of nothing. */
  stallOther(ms: number): void {
    const { assignedTo } = this.#events;
    for (const router of this.cluster.routers) if (router.index !== assignedTo) router.stream.stall(ms);
  }

  replaceRouter(): void {
    replaceRouter(this.cluster.world, this.cluster.routers, this.#events);
  }

  /** Its router dies when it has stored all of a run but the first; another life of it goes on after `downMs`. */
  sendHalfStored(first: number, count: number, downMs: number): void {
    const { eventLog, oracle, routers, world } = this.cluster;
    const router = routers[this.#events.assignedTo];
    const from = this.#events.end;
    for (let i = 0; i < count; i++) this.send(first + i);
    if (router === undefined) return;
    router.crash(downMs);
    const { copy } = router;
    for (const { record, place, announced } of this.#events.read(from, count)?.slice(1) ?? []) {
      if (record.kind !== "event") continue;
      const decided = decide({ record, place, partition: this.#events.partition, at: world.now }, copy);
      oracle.recovery.onDecided(eventLog.insert(decided), record, announced, copy);
    }
  }

  send(event: number): void {
    this.#put(this.#toEvent(event));
  }

  begin(): void {
    const { id: recovery, task, version } = this.#recovery;
    const { webhookId } = task;
    const { workspaceId } = this.#webhook;
    this.cluster.events.append(workspaceId, { kind: "begin", recovery, webhookId, version });
  }

  collected(): void {
    this.cluster.recoveries.collected(this.#recovery.id);
  }

  resend(event: number): void {
    const { recordId: original, eventId, type, workspaceId } = this.#toEvent(event);
    const { id, task } = this.#recovery;
    const { webhookId, generation } = task;
    const recordId = toResendRecordId(id, toDeliveryId(original, webhookId));
    this.#put({ kind: "resend", recordId, workspaceId, eventId, type, webhookId, generation });
  }

  end(number: number): void {
    const { id: recovery, task } = this.#recovery;
    const { webhookId } = task;
    const { workspaceId } = this.#webhook;
    const sentThrough = undefined;
    this.cluster.events.append(workspaceId, { kind: "end", recovery, number, webhookId, sentThrough });
  }

  get #events() {
    return this.cluster.events.of(this.#webhook.workspaceId);
  }

  get #recovery() {
    const recovery = this.cluster.recoveries.all().at(-1);
    if (recovery === undefined) throw new RangeError("nothing recovers");
    return recovery;
  }

  #put(record: EventRecord | ResendRecord): void {
    this.cluster.events.append(record.workspaceId, record);
  }

  #toEvent(event: number): EventRecord {
    const { workspaceId, type = "x" } = this.#webhook;
    const recordId = asRecordId(`event:${event}`);
    return { kind: "event", recordId, workspaceId, eventId: asEventId(`evt_${event}`), type };
  }
}

/** States of a recovery that seeds seldom reach. */
export const RECOVERY_SCENES: Readonly<Record<string, (stage: RecoveryStage) => void>> = {
  "a resend of a recovery comes when it has ended": (stage) => {
    stage.bootMonitors(0);
    stage.at(2_000, () => stage.send(1));
    stage.at(10_000, () => stage.switchOff());
    stage.at(12_000, () => stage.send(2));
    stage.at(15_000, () => stage.recover());
    stage.at(60_000, () => stage.resend(1));
  },
  "a recovery's end enters what a resend before it brings": (stage) => {
    stage.at(5_000, () => stage.switchOff());
    for (const event of [1, 2, 3]) stage.at(6_000 + event, () => stage.send(event));
    stage.at(10_000, () => stage.recover());
    stage.at(12_000, () => stage.begin());
    stage.at(14_000, () => stage.collected());
    stage.at(15_000, () => stage.resend(1));
    stage.at(15_001, () => stage.end(1));
    stage.bootMonitors(40_000);
  },
  "a recovery begins before its router hears of it": (stage) => {
    stage.at(5_000, () => stage.holdNews(40_000));
    stage.at(6_000, () => stage.move());
    stage.at(7_000, () => stage.begin());
    stage.at(7_500, () => stage.collected());
    stage.at(8_000, () => stage.send(1));
    stage.bootMonitors(10_000);
  },
  "a router dies when the log has some of a run before others that stand before them": (stage) => {
    stage.at(5_000, () => stage.switchOff());
    stage.at(10_000, () => stage.recover());
    stage.at(12_000, () => stage.begin());
    stage.at(15_000, () => stage.sendHalfStored(1, 5, 20_000));
    stage.bootMonitors(15_000);
  },
  "a partition changes hands behind a recovery's end": (stage) => {
    stage.bootMonitors(0);
    stage.at(5_000, () => stage.switchOff());
    stage.at(7_000, () => stage.stallOther(100_000));
    stage.at(8_000, () => stage.recover());
    stage.at(60_000, () => stage.replaceRouter());
    stage.at(80_000, () => stage.send(1));
  },
  "an event comes between a change and its begin, before its router hears of either": (stage) => {
    stage.at(5_000, () => stage.holdNews(40_000));
    stage.at(6_000, () => stage.move());
    stage.bootMonitors(6_000);
    for (let event = 1; event < 20; event++) stage.at(6_000 + event * 100, () => stage.send(event));
  },
};
