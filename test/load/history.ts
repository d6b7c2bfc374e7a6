import type { AttemptResult, DeliveryResult } from "@hooklane/contracts";
import {
  asEndpointId,
  asEventId,
  asRecordId,
  asWebhookId,
  asWorkspaceId,
  type DeliveryId,
  type WebhookId,
} from "@hooklane/core";
import {
  DeliveryLog,
  EventLog,
  type LoggedResults,
  type NewLoggedEvent,
  openStore,
  toDeliveryId,
} from "@hooklane/store";
import { toEventJson } from "./event.js";
import { createRandom } from "./measure/random.js";

/** What {@link fillHistory} writes. */
interface HistoryPlan {
  readonly mongodbUri: string;
  readonly database: string;
  readonly workspaceId: string;
  readonly webhooks: readonly { readonly id: string; readonly endpointId: string }[];
  /** Events in all; all but one in five hundred lead to one delivery each. */
  readonly events: number;
  /** When the newest was accepted, milliseconds since 1970. */
  readonly endsAt: number;
}

/** An event and its delivery, to ask for. */
export interface KnownEvent {
  readonly eventId: string;
  readonly deliveryId: string | undefined;
  readonly acceptedAt: number;
}

/** What is in the logs afterwards. */
export interface History {
  readonly deliveries: number;
  readonly seconds: number;
  /** About a thousand of the events, evenly spread over the time. */
  readonly known: readonly KnownEvent[];
}

const DAY_MS = 86_400_000;

/** The events lie within so many days. */
export const HISTORY_MS = 30 * DAY_MS;

/** Longer than any of them is old, so that nothing goes while it is measured. */
const RETENTION_DAYS = 90;

/** Events that were accepted in one millisecond, as those of one call are. */
const EVENTS_A_MOMENT = 4;

/** The newest events have no result yet. */
const PENDING = 100;

const EVENTS_A_CALL = 1_000;
const CALLS_AT_ONCE = 3;

/** Each about a ninth of the events, but for {@link RARE_TYPE}. */
export const COMMON_TYPES = [
  "email.link_clicked",
  "email.opened",
  "contact.subscribed",
  "contact.unsubscribed",
  "contact.moved",
  "sms.link_clicked",
  "contact.custom_field_changed",
  "contacts.import_finished",
  "audience.subscribed",
] as const;

/** One event in a thousand. */
export const RARE_TYPE = "conversation.closed";

/** Of a thousand deliveries; the rest was delivered at once. */
const SHARES = { deadLetter: 5, skipped: 4, cancelled: 2, retrying: 1, deliveredLater: 20 } as const;

/**
 * Fills the event log and the delivery log as the router and the health-monitor do: through their own writers, oldest
 * first, in calls of many. The one place of the load tests that knows what a log's entry is made of.
 */
export async function fillHistory(plan: HistoryPlan, say: (line: string) => void): Promise<History> {
  const store = await openStore({ uri: plan.mongodbUri, database: plan.database });
  try {
    const [eventLog, deliveryLog] = [new EventLog(store), new DeliveryLog(store)];
    const entries = generate(plan);
    const known: KnownEvent[] = [];
    const sampleEvery = Math.max(1, Math.floor(plan.events / 1_000));
    const startedAt = performance.now();
    let written = 0;
    let deliveries = 0;
    const write = async () => {
      for (let part = take(entries, EVENTS_A_CALL); part.length > 0; part = take(entries, EVENTS_A_CALL)) {
        const results = part.flatMap((entry) => entry.results);
        const logged: LoggedResults = {
          workspaceId: asWorkspaceId(plan.workspaceId),
          results,
          retentionDays: RETENTION_DAYS,
        };
        await Promise.all([
          eventLog.record(part.map(({ event }) => event)),
          results.length > 0 && deliveryLog.record([logged]),
        ]);
        const before = written;
        written += part.length;
        deliveries += part.filter((entry) => entry.results.length > 0).length;
        known.push(...part.filter(({ index }) => index % sampleEvery === 0).map(toKnown));
        if (Math.floor(written / 100_000) > Math.floor(before / 100_000))
          say(`${written} events in the logs`);
      }
    };
    await Promise.all(Array.from({ length: CALLS_AT_ONCE }, write));
    return { deliveries, seconds: (performance.now() - startedAt) / 1_000, known };
  } finally {
    await store.close();
  }
}

/** An event with what became of it. */
interface Entry {
  readonly index: number;
  readonly event: NewLoggedEvent;
  readonly results: readonly DeliveryResult[];
}

function toKnown({ event }: Entry): KnownEvent {
  return {
    eventId: event.eventId,
    deliveryId: event.decision.matched[0]?.deliveryId,
    acceptedAt: event.acceptedAt.getTime(),
  };
}

function take<T>(from: Iterator<T>, count: number): readonly T[] {
  const taken: T[] = [];
  while (taken.length < count) {
    const next = from.next();
    if (next.done === true) break;
    taken.push(next.value);
  }
  return taken;
}

/** The same history for the same plan. */
function* generate(plan: HistoryPlan): Generator<Entry, void, undefined> {
  const random = createRandom(plan.events);
  const moments = Math.ceil(plan.events / EVENTS_A_MOMENT);
  for (let index = 0; index < plan.events; index++) {
    const age = (moments - 1 - Math.floor(index / EVENTS_A_MOMENT)) * (HISTORY_MS / moments);
    yield toEntry(plan, index, Math.floor(plan.endsAt - age), random);
  }
}

function toEntry(plan: HistoryPlan, index: number, acceptedAt: number, random: () => number): Entry {
  const workspaceId = asWorkspaceId(plan.workspaceId);
  const eventId = asEventId(`evt_history_${index}`);
  const type =
    random() < 0.001 ? RARE_TYPE : (COMMON_TYPES[Math.floor(random() * COMMON_TYPES.length)] ?? RARE_TYPE);
  const isSuppressed = random() < 0.002;
  // One webhook gets half of everything.
  const number = random() < 0.5 ? 0 : Math.floor(random() * plan.webhooks.length);
  const webhook = plan.webhooks[number];
  if (webhook === undefined) throw new Error("A history needs webhooks");
  const webhookId = asWebhookId(webhook.id);
  const deliveryId = toDeliveryId({ workspaceId, recordId: asRecordId(eventId), acceptedAt }, webhookId);
  const target = { webhookId, endpointId: asEndpointId(webhook.endpointId), generation: 1 };
  const matched = [{ ...target, version: 1, partition: number % 8, ordinal: 0, deliveryId }];
  const event: NewLoggedEvent = {
    workspaceId,
    recordId: asRecordId(eventId),
    eventId,
    position: { partition: 0, epoch: 0, offset: index },
    type,
    timestamp: "2026-01-15T10:00:00Z",
    source: "subscriber",
    acceptedAt: new Date(acceptedAt),
    status: isSuppressed ? "suppressed" : "accepted",
    shownBody: Buffer.from(toEventJson("history", number, index, acceptedAt)),
    decision: { matched: isSuppressed ? [] : matched, unmatched: [] },
    expiresAt: new Date(acceptedAt + RETENTION_DAYS * DAY_MS),
  };
  const isPending = index >= plan.events - PENDING;
  const delivery = { id: deliveryId, eventId, type, acceptedAt };
  const results = isSuppressed || isPending ? [] : toResults(target, delivery, random() * 1_000);
  return { index, event, results };
}

type Target = { readonly webhookId: WebhookId } & Pick<AttemptResult, "endpointId" | "generation">;
type Delivery = AttemptResult["deliveries"][number] & { readonly id: DeliveryId };

/** @param lot 0 to 1,000: what becomes of it */
function toResults(target: Target, delivery: Delivery, lot: number): readonly DeliveryResult[] {
  const at = delivery.acceptedAt + 5;
  const settled = { kind: "settled" as const, ...target, deliveries: [delivery], epoch: 1, at };
  let below = SHARES.deadLetter;
  if (lot < below) return failures(target, delivery, 4);
  if (lot < (below += SHARES.skipped)) return [{ ...settled, status: "skipped", reason: "inactive" }];
  if (lot < (below += SHARES.cancelled)) {
    return [{ ...settled, status: "cancelled", reason: "webhook_deleted" }];
  }
  if (lot < (below += SHARES.retrying)) return failures(target, delivery, 1);
  if (lot < below + SHARES.deliveredLater) {
    return [...failures(target, delivery, 1), success(target, delivery, 2)];
  }
  return [success(target, delivery, 1)];
}

const WAIT_MS = 60_000;

function toAttempt(target: Target, delivery: Delivery, number: number): Omit<AttemptResult, "next"> {
  return {
    kind: "attempt",
    ...target,
    deliveries: [delivery],
    number,
    trigger: "automatic",
    epoch: 1,
    startedAt: delivery.acceptedAt + 5 + (number - 1) * WAIT_MS,
    durationMs: 23,
  };
}

function success(target: Target, delivery: Delivery, number: number): AttemptResult {
  return { ...toAttempt(target, delivery, number), statusCode: 200, next: { kind: "delivered" } };
}

/** The first `count` attempts of four, all failed. */
function failures(target: Target, delivery: Delivery, count: number): readonly AttemptResult[] {
  return Array.from({ length: count }, (_, index) => {
    const attempt = toAttempt(target, delivery, index + 1);
    const next =
      index === 3
        ? ({ kind: "dead_letter", reason: "retries_exhausted" } as const)
        : ({ kind: "retrying", nextAttemptAt: attempt.startedAt + WAIT_MS } as const);
    return { ...attempt, statusCode: 500, error: "status", responseHead: "no room left", next };
  });
}
