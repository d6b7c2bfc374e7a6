import {
  asDeliveryId,
  buildTypeIndex,
  type DeliveryId,
  type LinePlace,
  type MatchableWebhook,
  matchEvent,
  type RecordId,
  type TypeIndex,
  type WebhookId,
  type WorkspaceId,
} from "@hooklane/core";
import type { DeliveryFacts } from "../lane-record.js";
import type { Webhook } from "./webhook.js";
import type { LoggedRecord } from "./event-log.js";
import type { EventRecord, ResendRecord } from "./events-record.js";

/** What has to be known of a record that reaches webhooks. */
export interface Routed {
  readonly record: EventRecord | ResendRecord;
  readonly place: LinePlace;
  readonly partition: number;
  /** Milliseconds. */
  readonly at: number;
}

/** One delivery an id: whoever decides, and however often. */
export const toDeliveryId = (recordId: RecordId, webhookId: WebhookId): DeliveryId =>
  asDeliveryId(`dl_${recordId}/${webhookId}`);

/** Decides a record with the configuration as the router knows it. */
export function decide(routed: Routed, copy: ReadonlyMap<WebhookId, Webhook>): LoggedRecord {
  const { record, place } = routed;
  const { recordId, eventId, type, contactId } = record;
  const { webhooks, owed } = whoGets(record, copy);
  const deliveries = webhooks.map((webhook, ordinal) => toFacts(routed, webhook, ordinal));
  return { recordId, eventId, type, contactId, place, deliveries, isFirst: record.kind === "event", owed };
}

export function toFacts(
  { record, place, partition, at }: Routed,
  webhook: Webhook,
  ordinal: number,
): DeliveryFacts {
  const { workspaceId, recordId, eventId, type, contactId } = record;
  const isByHand = record.kind === "resend" && record.generation === undefined;
  return {
    workspaceId,
    webhookId: webhook.id,
    generation: webhook.generation,
    version: webhook.version,
    endpointId: webhook.endpointId,
    deliveryId: toDeliveryId(recordId, webhook.id),
    eventId,
    type,
    contactId,
    trigger: record.kind === "test" ? "test" : isByHand ? "manual" : "automatic",
    acceptedAt: at,
    source: [partition, place.epoch, place.offset, ordinal],
  };
}

function whoGets(
  record: EventRecord | ResendRecord,
  copy: ReadonlyMap<WebhookId, Webhook>,
): { readonly webhooks: readonly Webhook[]; readonly owed: ReadonlyMap<WebhookId, number> } {
  switch (record.kind) {
    case "event":
      return match(record, copy);
    case "test":
      return { webhooks: whomItTests(record, copy), owed: new Map() };
    case "resend": {
      const webhook = copy.get(record.webhookId);
      const isAimed = webhook !== undefined && takesResend(record, webhook);
      return { webhooks: isAimed ? [webhook] : [], owed: new Map() };
    }
  }
}

/** What somebody asked for goes to the webhook as it is; what a recovery sends, only while it lasts. */
function takesResend({ generation }: ResendRecord, webhook: Webhook): boolean {
  if (generation === undefined) return true;
  return (
    webhook.status === "recovering" && webhook.generation === generation && webhook.deletedAt === undefined
  );
}

function match({ workspaceId, type }: EventRecord, copy: ReadonlyMap<WebhookId, Webhook>) {
  const { matched, unmatched } = matchEvent(indexOf(copy, workspaceId), {
    type,
    source: "api",
    suppressed: false,
    sourceFilterApplies: false,
    readContent: () => undefined,
  });
  const owed = unmatched.filter(({ isOwed }) => isOwed).map(({ webhook }) => webhook);
  return {
    webhooks: matched.map(({ webhook }) => webhook),
    owed: new Map(owed.map(({ id, generation }) => [id, generation])),
  };
}

/** As in production, made once for every state of the copy. */
const INDEXES = new WeakMap<ReadonlyMap<WebhookId, Webhook>, Map<WorkspaceId, TypeIndex<Matchable>>>();

function indexOf(copy: ReadonlyMap<WebhookId, Webhook>, workspaceId: WorkspaceId): TypeIndex<Matchable> {
  let indexes = INDEXES.get(copy);
  if (indexes === undefined) INDEXES.set(copy, (indexes = new Map<WorkspaceId, TypeIndex<Matchable>>()));
  let index = indexes.get(workspaceId);
  if (index === undefined) {
    const webhooks = [...copy.values()].filter(
      (webhook) => webhook.workspaceId === workspaceId && webhook.deletedAt === undefined,
    );
    indexes.set(workspaceId, (index = buildTypeIndex(webhooks.map(toMatchable))));
  }
  return index;
}

type Matchable = MatchableWebhook & { readonly webhook: Webhook };

function toMatchable(webhook: Webhook): Matchable {
  const { id, endpointId, status, version, generation, owedSince, type } = webhook;
  const eventTypes = type === undefined ? ["x", "y"] : [type];
  return { id, endpointId, status, version, generation, owedSince, eventTypes, webhook };
}

/** The webhooks of the workspace take turns, also those that are switched off when it is their turn. */
function whomItTests(
  { workspaceId, eventId }: EventRecord,
  copy: ReadonlyMap<WebhookId, Webhook>,
): readonly Webhook[] {
  const all = [...copy.values()]
    .filter((webhook) => webhook.workspaceId === workspaceId)
    .sort((one, other) => (one.id < other.id ? -1 : 1));
  const webhook = all[Number(eventId.slice(4)) % all.length];
  return webhook === undefined ? [] : [webhook];
}
