import type { EndpointId } from "@hooklane/core";
import type { Report } from "../decision.js";
import { isFinal } from "../decision.js";
import type { DeliveryFacts } from "../lane-record.js";
import { toPosition } from "../position.js";
import type { Configuration } from "./configuration.js";
import { isSentTo } from "./webhook.js";
import type { Contacts } from "./contacts.js";
import type { Database } from "./database.js";
import type { LogRecord } from "./kafka-log.js";
import type { World } from "./world.js";

type Outcome = "delivered" | "dead_letter" | "skipped" | "cancelled" | "lost";

/** A delivery as it must be treated: the first of its source position in the log; others are repeats. */
export interface Entry {
  readonly facts: DeliveryFacts;
  readonly partition: number;
  /** Its place in the line of its endpoint. */
  readonly order: number;
  readonly appendedAt: number;
  position: number;
  settled: Outcome | undefined;
  /** Who heard that it was delivered: process and epoch. */
  deliveredTo: string | undefined;
  /** Its last result is in `attempts.v1`. */
  isRecorded: boolean;
  /** A result there gives it up or cancels it: perhaps that of an owner who was fenced, after another skipped it. */
  isGivenUp: boolean;
  /** A stored watermark passed it when it was recorded: never sent again, whatever becomes of the log. */
  isPassed: boolean;
  /** Number of the last attempt that failed. */
  failedAttempt: number;
  /** No body could be made of it: at its last attempt, and at any. */
  isUnmakeable: boolean;
  wasUnmakeable: boolean;
}

/** Knows the line of each endpoint from the log alone, and what became of each delivery (I2, I14). */
export class LineOracle {
  readonly lines = new Map<EndpointId, Entry[]>();
  /** Order and single delivery are not promised any more. */
  readonly cutPartitions = new Set<number>();
  readonly #world: World;
  readonly #database: Database;
  readonly #configuration: Configuration;
  readonly #contacts: Contacts;
  readonly #entries = new Map<string, Entry>();
  readonly #heads = new Map<EndpointId, number>();
  /** Webhook generations whose receiver said `410`, and those that are given up for it. */
  readonly #saidGone = new Set<string>();
  readonly #gone = new Set<string>();
  readonly #tripped: (webhookId: string, generation: number) => boolean;

  constructor(
    world: World,
    parts: {
      readonly contacts: Contacts;
      readonly database: Database;
      readonly configuration: Configuration;
    },
    isTripped: (webhookId: string, generation: number) => boolean,
  ) {
    this.#world = world;
    this.#database = parts.database;
    this.#configuration = parts.configuration;
    this.#contacts = parts.contacts;
    this.#tripped = isTripped;
    for (const { id } of parts.configuration.endpoints) this.lines.set(id, []);
  }

  /** @returns its entry when it comes into the line for the first time */
  onAppended(facts: DeliveryFacts, partition: number, offset: number): Entry | undefined {
    const position = toPosition(this.#database.partition(partition).logEpoch, offset);
    const known = this.#entries.get(facts.deliveryId);
    this.#world.trace(
      "log",
      () => `${partition}:${offset} ${facts.deliveryId} ${known ? "again" : facts.endpointId}`,
    );
    if (known !== undefined) {
      if (known.settled === "lost") known.position = position;
      return undefined;
    }
    const line = this.lineOf(facts.endpointId);
    const entry: Entry = {
      facts,
      partition,
      order: line.length,
      appendedAt: this.#world.now,
      position,
      settled: undefined,
      deliveredTo: undefined,
      isRecorded: false,
      isGivenUp: false,
      isPassed: false,
      failedAttempt: 0,
      isUnmakeable: false,
      wasUnmakeable: false,
    };
    line.push(entry);
    this.#entries.set(facts.deliveryId, entry);
    return entry;
  }

  isInLine(deliveryId: string): boolean {
    return this.#entries.has(deliveryId);
  }

  onCut(partition: number, records: readonly LogRecord[]): void {
    this.cutPartitions.add(partition);
    for (const { facts } of records) if (facts !== undefined) this.entryOf(facts).settled ??= "lost";
  }

  lineOf(endpointId: EndpointId): Entry[] {
    return this.lines.get(endpointId) ?? [];
  }

  entryOf({ deliveryId }: DeliveryFacts): Entry {
    const entry = this.#entries.get(deliveryId);
    return entry ?? this.#world.violate("I14", `${deliveryId} was never produced`);
  }

  /** The oldest of a line that is not settled. */
  headOf(endpointId: EndpointId): Entry | undefined {
    const line = this.lineOf(endpointId);
    let head = this.#heads.get(endpointId) ?? 0;
    while (line[head]?.settled !== undefined) head++;
    this.#heads.set(endpointId, head);
    return line[head];
  }

  /** The receiver answered `410`, and not to a test. */
  onSaidGone(webhookId: string, generation: number): void {
    this.#saidGone.add(`${webhookId}.${generation}`);
  }

  /** An error is counted. */
  onCounted(deliveryId: string): void {
    if (this.#entries.get(deliveryId)?.facts.trigger === "test")
      this.#world.violate("O2", `${deliveryId} is a test and is counted`);
  }

  onGone(webhookId: string, generation: number): void {
    if (!this.#saidGone.has(`${webhookId}.${generation}`))
      this.#world.violate("O2", `${webhookId}.${generation} is given up for the 410 of a test`);
    this.#gone.add(`${webhookId}.${generation}`);
  }

  /** The receiver answered with success, whether or not anybody is there to hear it. */
  onDelivered(entries: readonly Entry[], by: string): void {
    for (const entry of entries) {
      entry.settled = entry.settled === undefined || entry.settled === "lost" ? "delivered" : entry.settled;
      entry.deliveredTo = by;
    }
  }

  /** A dispatcher decided what became of deliveries. */
  onReport(report: Report): void {
    const outcome = report.kind === "settled" ? report.status : report.next.kind;
    if (outcome === "delivered" || outcome === "retrying") return;
    for (const { facts } of report.records) {
      const entry = this.entryOf(facts);
      this.#maySettle(entry, report, outcome);
      if (entry.settled === undefined || entry.settled === "lost") entry.settled = outcome;
    }
  }

  /** A result is in `attempts.v1`. */
  onRecorded(report: Report): void {
    if (!isFinal(report)) return;
    for (const { facts } of report.records) {
      const entry = this.entryOf(facts);
      entry.isRecorded = true;
      entry.isGivenUp ||=
        report.kind === "attempt" ? report.next.kind === "dead_letter" : report.status === "cancelled";
    }
  }

  /** What is left to do, if anything. */
  pending(): string | undefined {
    for (const [endpointId, line] of this.lines) {
      for (const { settled, isRecorded, facts, partition } of line) {
        if (settled === undefined) return `I2: ${facts.deliveryId} of ${endpointId} is not settled`;
        if (!isRecorded && settled !== "lost" && !this.cutPartitions.has(partition))
          return `LOG: ${facts.deliveryId} (${settled}) is not in attempts.v1`;
      }
    }
    return undefined;
  }

  #mayCancel({ deliveryId, webhookId, contactId }: DeliveryFacts, report: Report): void {
    if (report.kind === "settled" && report.reason === "contact_deleted") {
      if (contactId === undefined || this.#contacts.deletedAt(contactId) === undefined)
        this.#world.violate("W5", `${deliveryId} is cancelled, ${contactId ?? "no contact"} is there`);
      this.#world.statistics.contactsGone++;
    } else if (this.#configuration.webhook(webhookId)?.deletedAt === undefined)
      this.#world.violate("SKIP", `${deliveryId} is cancelled, ${webhookId} is there`);
  }

  #maySettle(
    { facts, failedAttempt, isUnmakeable, wasUnmakeable }: Entry,
    report: Report,
    outcome: "dead_letter" | "skipped" | "cancelled",
  ): void {
    const { deliveryId, webhookId, generation } = facts;
    const webhook = this.#configuration.webhook(webhookId);
    const isOn = webhook !== undefined && isSentTo(webhook) && webhook.generation === generation;
    if (outcome === "cancelled") this.#mayCancel(facts, report);
    const isBanned = this.#tripped(webhookId, generation) || this.#gone.has(`${webhookId}.${generation}`);
    if (outcome === "skipped" && isOn && !isBanned)
      this.#world.violate(
        "SKIP",
        `${deliveryId} is skipped, ${webhookId} is ${webhook.status} in the same generation`,
      );
    if (outcome !== "dead_letter" || report.kind !== "attempt" || report.next.kind !== "dead_letter") return;
    const attempts = facts.trigger === "test" ? 1 : 4;
    if (report.next.reason === "retries_exhausted" && failedAttempt !== attempts)
      this.#world.violate("I2", `${deliveryId} is given up after attempt ${failedAttempt}`);
    // Of who was fenced meanwhile it may come after another's attempt.
    if (report.next.reason === "template_failed" ? !wasUnmakeable : isUnmakeable)
      this.#world.violate("D12", `${deliveryId} is given up for ${report.next.reason}`);
  }
}
