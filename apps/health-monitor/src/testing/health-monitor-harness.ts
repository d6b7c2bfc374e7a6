import { randomUUID } from "node:crypto";
import { type DeliveryResult, encodeResults } from "@hooklane/contracts";
import {
  asApiKeyId,
  asDeliveryId,
  asEndpointId,
  asEventId,
  asWebhookId,
  asWorkspaceId,
  type WebhookId,
} from "@hooklane/core";
import { createKafka, type OutgoingRecord, Producer, toOutgoingRecord } from "@hooklane/kafka";
import { type Closeable, createLogger, createMetrics, loadConfig, Readiness } from "@hooklane/service";
import {
  ensureIndexes,
  openStore,
  Outbox,
  PartitionLoads,
  type Store,
  toControlEntryId,
  type WebhookDocument,
  WebhookRepository,
  type WorkspaceDocument,
  WorkspaceRepository,
} from "@hooklane/store";
import { createTopics, dropTopics, eventually, TEST_SECRETS_KEYS, testSecretKeys } from "@hooklane/testing";
import { startHealthMonitor } from "../app.js";
import { healthMonitorConfig } from "../config.js";
import { compileMailTemplate } from "./compile-mail-template.js";

const QUIET = createLogger("test", (process.env.TEST_LOG_LEVEL ?? "silent") as "silent");

/** A database and topics of a test's own, and what it needs to play the other services. */
export class HealthMonitorHarness {
  readonly prefix = `hm-${randomUUID().slice(0, 8)}`;
  readonly brokers = (process.env.KAFKA_BROKERS ?? "").split(",");
  readonly uri = process.env.MONGODB_URI ?? "";
  store!: Store;
  producer!: Producer;

  async open(): Promise<void> {
    await createTopics(this.brokers, this.prefix);
    this.store = await openStore({ uri: this.uri, database: this.prefix, secretKeys: testSecretKeys });
    await ensureIndexes(this.store);
    const loads = new PartitionLoads(this.store);
    await loads.ensure("events.v1", 4);
    await loads.ensure("deliveries.v1", 8);
    this.producer = new Producer(createKafka({ brokers: this.brokers, clientId: "test", logger: QUIET }));
  }

  async close(): Promise<void> {
    await this.producer.close();
    await this.store.db.dropDatabase();
    await this.store.close();
    await dropTopics(this.brokers, this.prefix);
  }

  /** A health-monitor in this process, ready. */
  async start(env: Readonly<Record<string, string>>): Promise<Closeable & { readonly url: string }> {
    const config = loadConfig(healthMonitorConfig, {
      KAFKA_BROKERS: this.brokers.join(","),
      MONGODB_URI: this.uri,
      MONGODB_DATABASE: this.prefix,
      HOOKLANE_TOPIC_PREFIX: this.prefix,
      HEALTH_MONITOR_PORT: "0",
      HOOKLANE_SECRETS_KEYS: TEST_SECRETS_KEYS,
      HOOKLANE_DESTINATION_ALLOW: "127.0.0.0/8",
      MAIL_FROM: "Hooklane <no-reply@hooklane.example>",
      CONSOLE_URL: "https://hooks.example/",
      HEALTH_MONITOR_NOTIFICATION_RETRY_WAITS_S: "0.2",
      LOG_LEVEL: "silent",
      ...env,
    });
    const readiness = new Readiness();
    const app = await startHealthMonitor(
      {
        name: "health-monitor",
        config,
        logger: QUIET,
        metrics: createMetrics("health-monitor", { processMetrics: false }),
        readiness,
        signal: new AbortController().signal,
      },
      { mailTemplate: await compileMailTemplate() },
    );
    readiness.markRunning();
    const url = `http://127.0.0.1:${app.port}`;
    await eventually(async () => (await fetch(`${url}/readyz`)).ok, { what: "a ready health-monitor" });
    return { url, close: () => app.close() };
  }

  async createWorkspace(over: Partial<WorkspaceDocument> = {}): Promise<WorkspaceDocument> {
    const id = asWorkspaceId(`ws_${randomUUID()}`);
    const at = new Date();
    return new WorkspaceRepository(this.store).create(
      {
        _id: id,
        name: "Atelier",
        contacts: [
          { email: "ana@example.org", language: "en" },
          { email: "luc@example.org", language: "fr" },
        ],
        plan: "self_hosted",
        timeZone: "UTC",
        disablePolicy: "worst",
        redact: [],
        retentionDays: 7,
        createdAt: at,
        ...over,
      },
      {
        _id: asApiKeyId(`key_${randomUUID()}`),
        workspaceId: id,
        name: "test",
        hash: randomUUID(),
        hint: "test",
        scopes: ["read"],
        createdAt: at,
      },
      [],
    );
  }

  /** An active webhook on an endpoint of its own, announced. */
  async createWebhook(workspace: WorkspaceDocument, name: string): Promise<WebhookDocument> {
    const id = asWebhookId(`wh_${randomUUID()}`);
    const url = `https://receiver.example/${id}`;
    const { webhook, control } = await new WebhookRepository(this.store).create(
      {
        _id: id,
        workspaceId: workspace._id,
        kind: "events",
        name,
        url,
        eventTypes: ["contact.created"],
        status: "active",
        successStatus: "2xx",
        headers: {},
        contentType: "application/json",
        secrets: [],
        createdAt: new Date(),
      },
      { url, newId: asEndpointId(`ep_${randomUUID()}`) },
    );
    await new Outbox(this.store).markDone([toControlEntryId(id, control.version)], new Date());
    return webhook;
  }

  async readWebhook(id: WebhookId): Promise<WebhookDocument> {
    const webhook = await new WebhookRepository(this.store).find(id);
    if (!webhook) throw new Error(`${id} is gone`);
    return webhook;
  }

  /** Puts results on `attempts.v1` as a dispatcher does. */
  async report(workspace: WorkspaceDocument, ...results: readonly DeliveryResult[]): Promise<void> {
    await this.produce(toOutgoingRecord(encodeResults(`${this.prefix}.attempts.v1`, workspace._id, results)));
  }

  async produce(record: OutgoingRecord): Promise<void> {
    await this.producer.send(record);
  }
}

/** A failed first attempt of a delivery of the webhook. */
export function failedAttempt(
  { _id: webhookId, endpointId, generation }: WebhookDocument,
  statusCode: number,
  next: Extract<DeliveryResult, { kind: "attempt" }>["next"] = {
    kind: "retrying",
    nextAttemptAt: Date.now() + 30_000,
  },
): Extract<DeliveryResult, { kind: "attempt" }> {
  const id = randomUUID();
  return {
    kind: "attempt",
    webhookId,
    generation,
    endpointId,
    deliveries: [
      {
        id: asDeliveryId(`dl_${id}`),
        eventId: asEventId(`evt_${id}`),
        type: "contact.created",
        acceptedAt: Date.now(),
      },
    ],
    number: 1,
    trigger: "automatic",
    epoch: 1,
    startedAt: Date.now(),
    durationMs: 5,
    statusCode,
    error: "status",
    next,
  };
}
