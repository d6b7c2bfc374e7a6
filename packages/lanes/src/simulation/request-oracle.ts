import { type AttemptOutcome, type EndpointId, isGone, isTemplateFailure } from "@hooklane/core";
import type { Report, SendDecision } from "../decision.js";
import type { LaneRecord } from "../lane-record.js";
import { toLogPlace } from "../position.js";
import type { CheckpointOracle } from "./checkpoint-oracle.js";
import type { Contacts } from "./contacts.js";
import type { Webhook } from "./webhook.js";
import type { Entry, LineOracle } from "./line-oracle.js";
import type { RuleOracle } from "./rule-oracle.js";
import type { SimulatedProcess } from "./simulated-process.js";
import type { World } from "./world.js";

/** A change stream brings a change within this, milliseconds. */
const STREAM_MS = 1_000;
const WAITS_MS = [30_000, 60_000, 90_000];
const ALL_WAITS_MS = 180_000;
/** A wish in whole seconds is known no better (product.md D11). */
const WISH_RESOLUTION_MS = 1_000;

/** A request that leaves: who sends what. */
export interface Leaving {
  readonly process: SimulatedProcess;
  /** Process and epoch of its lease. */
  readonly by: string;
  readonly partition: number;
  readonly send: SendDecision;
}

/** The attempt before, of the same deliveries. */
interface Attempt {
  readonly by: string;
  readonly number: number;
  readonly startedAt: number;
  readonly firstStartedAt: number;
  readonly firstBy: string;
  readonly retryAfterMs: number | undefined;
  readonly deliveries: string;
}

/** Looks at every request in the tick its bytes are written (I1, I3, I4, I5, I6, I11, I12, I13, I14, D9, W5). */
export class RequestOracle {
  readonly #world: World;
  readonly #contacts: Contacts;
  readonly #line: LineOracle;
  readonly #rule: RuleOracle;
  readonly #checkpoints: CheckpointOracle;
  readonly #flights = new Map<EndpointId, { readonly by: string; until: number }>();
  /** Failed attempts by their first delivery. */
  readonly #attempts = new Map<string, Attempt>();
  readonly #failures = new Map<
    EndpointId,
    { readonly by: string; readonly endsAt: number; readonly errorId: string }
  >();
  /** Generations of each webhook and since when, in order. */
  readonly #generations = new Map<string, { readonly generation: number; readonly at: number }[]>();

  constructor(
    world: World,
    contacts: Contacts,
    {
      line,
      rule,
      checkpoints,
    }: { readonly line: LineOracle; readonly rule: RuleOracle; readonly checkpoints: CheckpointOracle },
  ) {
    this.#world = world;
    this.#contacts = contacts;
    this.#line = line;
    this.#rule = rule;
    this.#checkpoints = checkpoints;
  }

  onChanged({ id, generation }: Webhook): void {
    const known = this.#generations.get(id) ?? [];
    if (known.at(-1)?.generation !== generation) known.push({ generation, at: this.#world.now });
    this.#generations.set(id, known);
  }

  /** The bytes are written. @returns what it carries */
  onLeaves(leaving: Leaving, tookMs: number): readonly Entry[] {
    const { now, statistics } = this.#world;
    const { send, by, partition } = leaving;
    const { endpointId } = send;
    const entries = send.records.map(({ facts }) => this.#line.entryOf(facts));
    const flight = this.#flights.get(endpointId);
    if (flight !== undefined && flight.until > now)
      this.#world.violate("I3", `${by} sends to ${endpointId}, ${flight.by} has a request there`);
    this.#flights.set(endpointId, { by, until: now + tookMs });
    if (!this.#line.cutPartitions.has(partition)) {
      this.#isInOrder(endpointId, entries);
      this.#isNotSettled(leaving, entries);
    }
    for (const { isPassed, facts } of entries)
      if (isPassed) this.#world.violate("I4", `${facts.deliveryId} leaves, a stored watermark has passed it`);
    this.#isOneWebhook(send);
    this.#isCounted(leaving);
    this.#isOn(leaving);
    this.#isOnTime(leaving);
    this.#isMakeable(leaving, entries);
    this.#isTestAlone(leaving);
    this.#isAboutNobodyGone(leaving);
    statistics.requests++;
    if (isTest(send.records)) statistics.tests++;
    for (const entry of entries) if (entry.settled === "delivered") statistics.repeats++;
    return entries;
  }

  /** How it will end was decided. */
  onAnswer({ send, by }: Leaving, entries: readonly Entry[], outcome: AttemptOutcome, tookMs: number): void {
    const { now, statistics } = this.#world;
    const [first] = send.records;
    if (outcome.kind !== "failed" || first === undefined) return;
    statistics.failures++;
    if (isTemplateFailure(outcome)) statistics.unmakeable++;
    const { endpointId, attempt: number } = send;
    if (!isTest(send.records)) {
      const errorId = toErrorId(first, number);
      this.#failures.set(endpointId, { by, endsAt: now + tookMs, errorId });
      if (isGone(outcome)) this.#line.onSaidGone(first.webhookId, first.generation);
    }
    const key = first.facts.deliveryId;
    const before = this.#attempts.get(key);
    this.#attempts.set(key, {
      by,
      number,
      startedAt: now,
      firstStartedAt: number === 1 ? now : (before?.firstStartedAt ?? now),
      firstBy: number === 1 ? by : (before?.firstBy ?? by),
      retryAfterMs: outcome.retryAfterMs,
      deliveries: namesOf(send),
    });
    for (const entry of entries) {
      entry.failedAttempt = number;
      entry.isUnmakeable = isTemplateFailure(outcome);
      entry.wasUnmakeable ||= entry.isUnmakeable;
    }
  }

  /** What follows a failure is told only once its error is counted (lanes.md §7). */
  onReport(report: Report): void {
    if (report.kind !== "attempt" || report.end.outcome.kind !== "failed") return;
    const [first] = report.records;
    if (first === undefined || isTest(report.records)) return;
    if (this.#rule.isCounted(toErrorId(first, report.attempt))) return;
    this.#world.violate("I11", `${first.facts.deliveryId} goes on before its error is counted`);
  }

  /** Cut by its sender. */
  onAborted(endpointId: EndpointId, by: string): void {
    const flight = this.#flights.get(endpointId);
    if (flight?.by === by) flight.until = Math.min(flight.until, this.#world.now);
  }

  #isInOrder(endpointId: EndpointId, entries: readonly Entry[]): void {
    const [first] = entries;
    const head = this.#line.headOf(endpointId);
    if (first !== undefined && head !== undefined && head.order < first.order)
      this.#world.violate(
        "I1",
        `${first.facts.deliveryId} leaves before ${head.facts.deliveryId} is settled`,
      );
    const line = this.#line.lineOf(endpointId);
    entries.forEach((entry, index) => {
      const before = entries[index - 1];
      if (before === undefined) return;
      const between = line.slice(before.order + 1, entry.order);
      if (entry.order <= before.order || between.some(({ settled }) => settled === undefined))
        this.#world.violate("I5", `a batch of ${endpointId} is not contiguous at ${entry.facts.deliveryId}`);
    });
  }

  #isNotSettled({ send, by, partition }: Leaving, entries: readonly Entry[]): void {
    const { endpointId, records } = send;
    entries.forEach((entry, index) => {
      const { deliveryId } = entry.facts;
      const position = records[index]?.position ?? 0;
      if (position !== entry.position && entry.settled !== "lost")
        this.#world.violate("I14", `a repeat of ${deliveryId} leaves`);
      if (entry.deliveredTo === by) this.#world.violate("I13", `${by} sends ${deliveryId} twice`);
      if (this.#checkpoints.isSettled(partition, endpointId, position))
        this.#world.violate("I4", `${deliveryId} leaves, the stored checkpoint has it`);
    });
  }

  #isOneWebhook({ endpointId, records }: SendDecision): void {
    const [first] = records;
    if (
      records.some(
        ({ webhookId, generation }) => webhookId !== first?.webhookId || generation !== first.generation,
      )
    )
      this.#world.violate("I5", `a batch of ${endpointId} mixes webhooks`);
  }

  /** The lane stands still until the error of its failed request was counted. */
  #isCounted({ send: { endpointId }, by }: Leaving): void {
    const failure = this.#failures.get(endpointId);
    if (failure?.by !== by || failure.endsAt > this.#world.now) return;
    if (!this.#rule.isCounted(failure.errorId))
      this.#world.violate("I11", `a request leaves ${endpointId} before ${failure.errorId} is counted`);
  }

  #isOn({ process, send }: Leaving): void {
    const { now } = this.#world;
    for (const { facts } of send.records) {
      const { webhookId, generation, deliveryId } = facts;
      const newer = this.#generations.get(webhookId)?.find((each) => each.generation > generation);
      const mayKnow = (at: number) => now > at + STREAM_MS && !process.wasAwaySince(at);
      if (newer !== undefined && mayKnow(newer.at))
        this.#world.violate(
          "D9",
          `${deliveryId} leaves, ${webhookId} has generation ${newer.generation} since ${newer.at}`,
        );
      for (const trip of this.#rule.trips) {
        if (trip.webhookId !== webhookId || trip.generation < generation) continue;
        // Who began after the trip was applied knows it by the webhook's generation alone: that is D9.
        if (process.bootedAt > trip.at && newer !== undefined) continue;
        const isOwn = trip.processId === process.id && trip.endpointId === send.endpointId;
        if (isOwn || mayKnow(trip.at))
          this.#world.violate("I12", `${deliveryId} leaves after the trip at ${trip.at}`);
      }
    }
  }

  /** The same event fails again, so it is not retried; only after a crash its first attempt may be made once more. */
  #isMakeable({ send, partition }: Leaving, entries: readonly Entry[]): void {
    if (send.attempt === 1 || this.#line.cutPartitions.has(partition)) return;
    for (const { isUnmakeable, facts } of entries)
      if (isUnmakeable) this.#world.violate("D12", `attempt ${send.attempt} of ${facts.deliveryId} leaves`);
  }

  /** product.md O2: one request, one event, one attempt; only after a crash its attempt may be made once more. */
  #isTestAlone({ send: { attempt, records } }: Leaving): void {
    if (!isTest(records)) return;
    const names = records.map(({ facts }) => facts.deliveryId).join(" ");
    if (records.length > 1) this.#world.violate("O2", `a test leaves with others: ${names}`);
    if (attempt > 1) this.#world.violate("O2", `attempt ${attempt} of the test ${names}`);
  }

  /** product.md W5: whoever is deleted is told nobody any more, by resends and recoveries neither. */
  #isAboutNobodyGone({ process, send: { records } }: Leaving): void {
    for (const { facts } of records) {
      const { eventId, deliveryId } = facts;
      const contactId = this.#contacts.whomIsAbout(eventId);
      if (contactId === undefined) continue;
      if (records.length > 1)
        this.#world.violate("W5", `${deliveryId} is about a contact and leaves with others`);
      const at = this.#contacts.deletedAt(contactId);
      if (at !== undefined && this.#world.now > at + STREAM_MS && !process.wasAwaySince(at))
        this.#world.violate("W5", `${deliveryId} leaves, ${contactId} is deleted since ${at}`);
    }
  }

  #isOnTime({ send, by, partition }: Leaving): void {
    const { now } = this.#world;
    const { attempt: number, records } = send;
    const name = records[0]?.facts.deliveryId ?? "";
    if (number > WAITS_MS.length + 1) this.#world.violate("I6", `attempt ${number} of ${name}`);
    const before = this.#attempts.get(name);
    const hasFailed = records[0] !== undefined && this.#line.entryOf(records[0].facts).failedAttempt > 0;
    if (!hasFailed && number > 1 && !this.#line.cutPartitions.has(partition))
      this.#world.violate("I6", `${name} begins with attempt ${number}`);
    if (before?.by !== by || this.#line.cutPartitions.has(partition)) return;
    if (before.deliveries !== namesOf(send))
      this.#world.violate("I5", `${before.deliveries} is retried as ${namesOf(send)}`);
    const wishMs = before.retryAfterMs;
    if (wishMs === undefined ? number !== before.number + 1 : number <= before.number)
      this.#world.violate("I6", `attempt ${number} of ${name} follows attempt ${before.number}`);
    const next = before.startedAt + (WAITS_MS[before.number - 1] ?? Infinity);
    const wish = before.startedAt + (wishMs ?? 0) - WISH_RESOLUTION_MS;
    // Another owner's first attempt is known by the database's clock, and that can have changed.
    const latest = before.firstBy === by ? Math.max(next, before.firstStartedAt + ALL_WAITS_MS) : next;
    // A start is known to the millisecond.
    if (now < next - 1 || (now < wish && now < latest - 1))
      this.#world.violate("I6", `attempt ${number} of ${name} is early`);
  }
}

function toErrorId({ facts, position }: LaneRecord, attempt: number): string {
  const { logEpoch, offset } = toLogPlace(position);
  return `${facts.endpointId}:${logEpoch}:${offset}:${attempt}`;
}

const isTest = (records: readonly LaneRecord[]): boolean =>
  records.some(({ facts }) => facts.trigger === "test");

function namesOf({ records }: SendDecision): string {
  return records.map(({ facts }) => facts.deliveryId).join(" ");
}
