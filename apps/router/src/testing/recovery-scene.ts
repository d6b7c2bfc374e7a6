import { randomUUID } from "node:crypto";
import {
  decodeDelivery,
  encodeRecoveryBegin,
  encodeRecoveryEnd,
  encodeResend,
  type EventMeta,
  type OutgoingRecord,
  type ResendMeta,
} from "@hooklane/contracts";
import { asEndpointId, asWebhookId, asWorkspaceId, type LinePlace, type WebhookStatus } from "@hooklane/core";
import { type ConsumedRecord, type PartitionBatch, topicNames } from "@hooklane/kafka";
import { createLogger } from "@hooklane/service";
import {
  type ConfigCopy,
  ContactRepository,
  ENDPOINTS,
  EventLog,
  openConfigCopy,
  OwedEvents,
  RecoveryRepository,
  ScheduledEvents,
  type Store,
  toRecoveryId,
  WebhookRepository,
  WEBHOOKS,
  WORKSPACES,
} from "@hooklane/store";
import { ConfigGate } from "../control/config-gate.js";
import { EventRouter, type RoutingOutcome } from "../routing/event-router.js";
import { WebhookIndex } from "../routing/webhook-index.js";
import { eventRecord, insert, sameLog, webhook } from "./test-configuration.js";

const topics = topicNames();
const logger = createLogger("router-test", "silent");
const PARTITION = 9;

/** Of every event of a scene, milliseconds since 1970: what is old has its time in the log behind it. */
export const ACCEPTED_AT = Date.now();

/** A record of the line, of which only the offset is missing. */
export type Line = readonly [offset: number, record: OutgoingRecord];

export function toBatch(...lines: readonly Line[]): PartitionBatch {
  const records = lines.map(([offset, { key, value, headers }]): ConsumedRecord => ({
    topic: topics.events,
    partition: PARTITION,
    offset,
    timestampMs: 0,
    key: Buffer.from(key ?? ""),
    value: value && Buffer.from(value),
    headers: { meta: Buffer.from(headers?.meta ?? "") },
  }));
  return { topic: topics.events, partition: PARTITION, records };
}

/** What tells deliveries apart: which event, at which place, and of which generation. */
export function toSent({ headers, value }: OutgoingRecord) {
  const decoded = decodeDelivery({
    partition: 0,
    offset: 0,
    key: null,
    value: value && Buffer.from(value),
    headers: { meta: Buffer.from(headers?.meta ?? "") },
  });
  if (!decoded.ok) throw new Error(decoded.detail);
  const { eventId, source, generation, deliveryId, trigger, contactId, isContactDeleted } =
    decoded.value.meta;
  const about = { contactId, isContactDeleted };
  return { eventId, source: source.slice(2).join("."), generation, deliveryId, trigger, ...about };
}

/** Called before everything a router asks of its surroundings; throws where it is to die. */
type Tick = () => void;

const ASKED = [
  "record",
  "markReleased",
  "readOriginalBody",
  "noteBegun",
  "findEnd",
  "storeEnd",
  "noteEnd",
].concat([
  "list",
  "listDeleted",
  "find",
  "change",
  "refreshWebhook",
  "refreshWorkspace",
  "catchUpWebhooks",
  "add",
]);

/** The same, but every call may be the last. */
const mortal = <T extends object>(one: T, tick: Tick): T =>
  new Proxy(one, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name, target);
      if (typeof value !== "function") return value;
      if (!ASKED.includes(String(name))) return value.bind(target) as unknown;
      return async (...args: unknown[]): Promise<unknown> => {
        tick();
        return (await value.apply(target, args)) as unknown;
      };
    },
  });

/** A copy of the configuration whose stream brings nothing: who does not ask past it does not know. */
export async function openStaleCopy(store: Store): Promise<ConfigCopy> {
  const copy = await openConfigCopy(store, {
    collections: ["workspaces", "eventTypes", "webhooks", "endpoints"],
    logger,
  });
  await copy.close();
  return copy;
}

/** A router as the app wires it, over a stale copy. */
export async function startRouter(
  store: Store,
  { tick = () => undefined, copy: given }: { readonly tick?: Tick; readonly copy?: ConfigCopy } = {},
) {
  const copy = given ?? (await openStaleCopy(store));
  const sent: OutgoingRecord[] = [];
  const outcomes: RoutingOutcome[] = [];
  let looks = 0;
  const asked = mortal(copy, tick);
  const router = new EventRouter({
    copy: new Proxy(asked, {
      get(target, name) {
        if (name === "catchUpWebhooks") looks++;
        return Reflect.get(target, name, target) as unknown;
      },
    }),
    index: new WebhookIndex(copy, logger),
    log: mortal(new EventLog(store), tick),
    scheduled: mortal(new ScheduledEvents(store), tick),
    recovery: {
      recoveries: mortal(new RecoveryRepository(store), tick),
      owed: mortal(new OwedEvents(store), tick),
      webhooks: mortal(new WebhookRepository(store), tick),
      contacts: mortal(new ContactRepository(store), tick),
      now: () => new Date(),
    },
    epochs: sameLog,
    gate: new ConfigGate({ copy: asked, logger }),
    topics,
    send: async (records) => {
      for (const record of records) {
        tick();
        sent.push(record);
      }
      await Promise.resolve();
    },
    onRouted: (outcome) => outcomes.push(outcome),
    onReplayed: () => undefined,
    logger,
  });
  return {
    copy,
    outcomes,
    handle: router.handle,
    sent: () => sent.map(toSent),
    /** How often it looked at the database for changes it might have missed. */
    looks: () => looks,
  };
}

/** A workspace of its own with one webhook, switched off in its second generation. */
export class RecoveryScene {
  readonly #webhooks: WebhookRepository;
  readonly recoveries: RecoveryRepository;
  readonly workspaceId = asWorkspaceId(`ws_${randomUUID()}`);
  readonly webhookId = asWebhookId(`wh_${randomUUID()}`);

  private constructor(store: Store) {
    this.#webhooks = new WebhookRepository(store);
    this.recoveries = new RecoveryRepository(store);
  }

  static async create(store: Store): Promise<RecoveryScene> {
    const scene = new RecoveryScene(store);
    const { workspaceId } = scene;
    const at = new Date("2026-01-01T00:00:00Z");
    await insert(store, WORKSPACES, {
      _id: workspaceId,
      name: "One",
      contacts: [{ email: "a@example.org", language: "en" }],
      plan: "self_hosted",
      timeZone: "UTC",
      disablePolicy: "worst",
      redact: [],
      retentionDays: 3,
      eventsPartition: PARTITION,
      version: 1,
      createdAt: at,
      updatedAt: at,
    });
    const endpointId = asEndpointId(`ep_${randomUUID()}`);
    const url = "https://receiver.example/";
    await insert(store, ENDPOINTS, {
      _id: endpointId,
      workspaceId,
      url,
      partition: 6,
      version: 1,
      createdAt: at,
    });
    const off = {
      workspaceId,
      endpointId,
      status: "inactive",
      version: 2,
      generation: 2,
      owedSince: 1,
    } as const;
    await insert(store, WEBHOOKS, webhook(scene.webhookId, off));
    return scene;
  }

  /** As the API does it: the third generation, unless it was switched before. */
  async switchTo(status: Extract<WebhookStatus, "recovering" | "active" | "inactive">): Promise<void> {
    await this.#webhooks.change(
      this.webhookId,
      {},
      (current) => ({ webhook: { ...current, status } }),
      new Date(),
    );
  }

  async delete(): Promise<void> {
    await this.#webhooks.delete(this.webhookId, {}, new Date());
  }

  async webhook() {
    const found = await this.#webhooks.find(this.webhookId);
    if (!found) throw new Error("The webhook is not there");
    return found;
  }

  job(generation = 3): string {
    return toRecoveryId(this.webhookId, generation);
  }

  async recovery(generation = 3) {
    const found = await this.recoveries.find(this.workspaceId, this.job(generation));
    if (!found) throw new Error("The recovery is not there");
    return found;
  }

  event(offset: number, id = `e${offset}`, change: Partial<EventMeta> = {}): Line {
    return [
      offset,
      eventRecord(
        topics.events,
        id,
        { workspaceId: this.workspaceId, acceptedAt: ACCEPTED_AT, ...change },
        PARTITION,
      ),
    ];
  }

  begin(offset: number): Line {
    return [offset, encodeRecoveryBegin(topics.events, PARTITION, this.#mark())];
  }

  end(offset: number, more: { readonly number?: number; readonly sentThrough?: LinePlace } = {}): Line {
    const mark = {
      ...this.#mark(),
      number: 1,
      owedSince: 1,
      acceptedAt: ACCEPTED_AT + offset,
      ...more,
    };
    return [offset, encodeRecoveryEnd(topics.events, PARTITION, mark)];
  }

  /** A resend by the recovery itself. */
  resend(offset: number, { eventId, ...of }: Pick<ResendMeta, "eventId" | "recordId" | "resendOf">): Line {
    const meta = {
      ...of,
      eventId,
      workspaceId: this.workspaceId,
      webhookId: this.webhookId,
      type: "routed",
      source: "api" as const,
      acceptedAt: ACCEPTED_AT,
      recovery: { generation: 3, isFirst: true as const },
    };
    const body = Buffer.from(JSON.stringify({ id: eventId }));
    return [offset, encodeResend(topics.events, PARTITION, meta, body)];
  }

  #mark() {
    const { workspaceId, webhookId } = this;
    return { workspaceId, webhookId, version: 3, generation: 3, recovery: this.job() };
  }
}
