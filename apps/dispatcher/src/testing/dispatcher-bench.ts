import { randomBytes, randomUUID } from "node:crypto";
import { decodeResults, type DeliveryResult, encodeDelivery } from "@hooklane/contracts";
import {
  asContactId,
  asDeliveryId,
  asEndpointId,
  asEventId,
  asWebhookId,
  asWorkspaceId,
  type AttemptTrigger,
  type DisablePolicy,
} from "@hooklane/core";
import {
  createKafka,
  KafkaAdmin,
  type KafkaConnection,
  Producer,
  SoloConsumer,
  toOutgoingRecord,
  topicLayout,
  topicNames,
  toRawRecord,
} from "@hooklane/kafka";
import { createLogger, createMetrics, loadConfig, Readiness } from "@hooklane/service";
import {
  DELETED_CONTACTS,
  type DeletedContactDocument,
  type EndpointDocument,
  openStore,
  PartitionRepository,
  type Store,
  type WebhookDocument,
} from "@hooklane/store";
import { TEST_SECRETS_KEYS } from "@hooklane/testing";
import { type DispatcherApp, startDispatcher } from "../app.js";
import { dispatcherConfig } from "../config.js";

/** A dispatcher that runs in this process, and how to look into it. */
export interface RunningDispatcher extends DispatcherApp {
  readonly readiness: Readiness;
  metricsText(): Promise<string>;
}

/** Where the stack is. */
export interface BenchOptions {
  readonly brokers: readonly string[];
  readonly mongodbUri: string;
}

export interface WebhookOptions extends Partial<
  Pick<
    WebhookDocument,
    | "auth"
    | "batching"
    | "contentType"
    | "headers"
    | "kind"
    | "rateLimitPerSecond"
    | "secrets"
    | "successStatus"
    | "status"
  >
> {
  readonly url: string;
  /** Of `deliveries.v1`; default 0, so that all share one. */
  readonly partition?: number;
  /** Shares this line instead of having one of its own. */
  readonly endpoint?: EndpointDocument;
}

/** More of the events put in line. */
export interface MoreOfEvents {
  readonly trigger?: AttemptTrigger;
  readonly data?: unknown;
  /** Whom each of them is about. */
  readonly contacts?: readonly string[];
  /** They were deleted before. */
  readonly isContactDeleted?: true;
}

/** What stands around a dispatcher in its tests: configuration as the API writes it, records as the router does. */
export class DispatcherBench {
  readonly prefix = `dispatcher-${randomUUID().slice(0, 8)}`;
  readonly workspaceId = asWorkspaceId(`ws_${this.prefix}`);
  readonly store: Store;
  /** Everything written to `attempts.v1`, oldest first a partition. */
  readonly results: DeliveryResult[] = [];
  readonly #options: BenchOptions;
  readonly #kafka: KafkaConnection;
  readonly #producer: Producer;
  readonly #results: SoloConsumer;
  readonly #running = new Set<RunningDispatcher>();
  #sourceOffset = 0;

  private constructor(options: BenchOptions, store: Store) {
    this.#options = options;
    this.store = store;
    this.#kafka = createKafka({
      brokers: options.brokers,
      clientId: "test",
      logger: createLogger("test", "silent"),
    });
    this.#producer = new Producer(this.#kafka);
    this.#results = new SoloConsumer(this.#kafka, {
      topic: topicNames(this.prefix).attempts,
      groupId: `${this.prefix}.test`,
      onRecords: (_partition, records) => {
        for (const record of records) {
          const decoded = decodeResults(toRawRecord(record));
          if (decoded.ok) this.results.push(...decoded.value.results);
        }
      },
      onGap: () => undefined,
    });
  }

  /** @param createTopics makes the topics under the bench's prefix */
  static async open(
    options: BenchOptions,
    createTopics: (brokers: readonly string[], prefix: string) => Promise<void>,
  ): Promise<DispatcherBench> {
    const store = await openStore({ uri: options.mongodbUri, database: `test-${randomUUID().slice(0, 8)}` });
    const bench = new DispatcherBench(options, store);
    await createTopics(options.brokers, bench.prefix);
    for (const partition of [0, 1, 2, 3]) bench.#results.seek(partition, 0);
    bench.#results.start();
    await bench.putWorkspace("worst");
    return bench;
  }

  async close(dropTopics: (brokers: readonly string[], prefix: string) => Promise<void>): Promise<void> {
    await Promise.all([...this.#running].map((dispatcher) => dispatcher.close()));
    await Promise.all([this.#producer.close(), this.#results.close()]);
    await this.store.db.dropDatabase();
    await this.store.close();
    await dropTopics(this.#options.brokers, this.prefix);
  }

  /** Starts a dispatcher; resolves when it owns partitions. */
  async start(env: Readonly<Record<string, string>> = {}): Promise<RunningDispatcher> {
    const config = loadConfig(dispatcherConfig, {
      KAFKA_BROKERS: this.#options.brokers.join(","),
      MONGODB_URI: this.#options.mongodbUri,
      MONGODB_DATABASE: this.store.db.name,
      HOOKLANE_TOPIC_PREFIX: this.prefix,
      HOOKLANE_DESTINATION_ALLOW: "127.0.0.0/8",
      DISPATCHER_PORT: "0",
      HOOKLANE_SECRETS_KEYS: TEST_SECRETS_KEYS,
      DISPATCHER_RETRY_WAITS_S: "0.3,0.6,0.9",
      ...env,
    });
    const readiness = new Readiness();
    const metrics = createMetrics("dispatcher", { processMetrics: false });
    const logger = createLogger("dispatcher", (process.env.TEST_LOG_LEVEL as "info" | undefined) ?? "silent");
    const app = await startDispatcher({
      name: "dispatcher",
      config,
      logger,
      metrics,
      readiness,
      signal: new AbortController().signal,
    });
    readiness.markRunning();
    const running: RunningDispatcher = {
      port: app.port,
      readiness,
      metricsText: () => metrics.registry.metrics(),
      close: () => {
        this.#running.delete(running);
        return app.close();
      },
    };
    this.#running.add(running);
    return running;
  }

  async putWorkspace(disablePolicy: DisablePolicy): Promise<void> {
    const now = new Date();
    await this.store.db.collection<{ _id: string }>("workspaces").replaceOne(
      { _id: this.workspaceId },
      {
        name: "Test",
        contacts: [{ email: "owner@example.org", language: "en" }],
        plan: "self_hosted",
        timeZone: "UTC",
        disablePolicy,
        redact: [],
        retentionDays: 30,
        eventsPartition: 0,
        version: 1,
        createdAt: now,
        updatedAt: now,
      },
      { upsert: true },
    );
  }

  async addWebhook({
    url,
    partition = 0,
    endpoint,
    ...options
  }: WebhookOptions): Promise<WebhookDocument & { readonly endpoint: EndpointDocument }> {
    const now = new Date();
    const line = endpoint ?? {
      _id: asEndpointId(`ep_${randomUUID().slice(0, 12)}`),
      workspaceId: this.workspaceId,
      url,
      partition,
      version: 1,
      createdAt: now,
    };
    if (endpoint === undefined)
      await this.store.db.collection<{ _id: string }>("endpoints").insertOne({ ...line });
    const webhook: WebhookDocument = {
      _id: asWebhookId(`wh_${randomUUID().slice(0, 12)}`),
      workspaceId: this.workspaceId,
      endpointId: line._id,
      kind: "events",
      name: "Test",
      url,
      eventTypes: ["email.link_clicked"],
      status: "active",
      version: 1,
      generation: 1,
      successStatus: "2xx",
      headers: {},
      contentType: "application/json",
      secrets: [{ value: `whsec_${randomBytes(32).toString("base64")}`, createdAt: now }],
      createdAt: now,
      updatedAt: now,
      ...options,
    };
    await this.store.db.collection<{ _id: string }>("webhooks").insertOne({ ...webhook });
    return { ...webhook, endpoint: line };
  }

  /** Changes a webhook as the API does: version and, when asked, generation raised. */
  async changeWebhook(
    webhook: WebhookDocument,
    set: Partial<WebhookDocument>,
    { generation = false } = {},
  ): Promise<WebhookDocument> {
    const $inc = { version: 1, ...(generation && { generation: 1 }) };
    const changed = await this.store.db
      .collection<{ _id: string }>("webhooks")
      .findOneAndUpdate({ _id: webhook._id }, { $set: set, $inc }, { returnDocument: "after" });
    return changed as unknown as WebhookDocument;
  }

  /** Deletes a contact as the API does that a running touchpoint may be for. */
  async deleteContact(contact: string): Promise<void> {
    await this.store.db
      .collection<DeletedContactDocument>(DELETED_CONTACTS)
      .insertOne({ _id: asContactId(contact), workspaceId: this.workspaceId, deletedAt: new Date() });
  }

  /** Puts events in line for a webhook as the router does; `data.seq` numbers them. */
  async deliver(
    webhook: WebhookDocument & { readonly endpoint: EndpointDocument },
    sequence: readonly number[],
    more: MoreOfEvents = {},
  ): Promise<void> {
    await this.#producer.sendAll(this.#toRecords(webhook, sequence, more));
  }

  /** Puts them in line, and again, as a router does that crashed before its commit. */
  async deliverRepeated(
    webhook: WebhookDocument & { readonly endpoint: EndpointDocument },
    sequence: readonly number[],
  ): Promise<void> {
    const records = this.#toRecords(webhook, sequence, {});
    await this.#producer.sendAll(records);
    await this.#producer.sendAll(records);
  }

  #toRecords(
    webhook: WebhookDocument & { readonly endpoint: EndpointDocument },
    sequence: readonly number[],
    more: MoreOfEvents,
  ) {
    const topic = topicNames(this.prefix).deliveries;
    return sequence.map((seq, index) => {
      const contact = more.contacts?.[index];
      const eventId = asEventId(`evt_${randomUUID()}`);
      const event = {
        id: eventId,
        type: "email.link_clicked",
        timestamp: "2026-01-15T10:00:00Z",
        source: "subscriber",
        data: { seq, ...(more.data as object | undefined) },
      };
      const record = encodeDelivery(
        topic,
        webhook.endpoint.partition,
        {
          workspaceId: webhook.workspaceId,
          webhookId: webhook._id,
          generation: webhook.generation,
          version: webhook.version,
          endpointId: webhook.endpoint._id,
          deliveryId: asDeliveryId(`dl_${randomUUID()}`),
          eventId,
          type: event.type,
          ...(contact !== undefined && { contactId: asContactId(contact) }),
          ...(more.isContactDeleted && { isContactDeleted: more.isContactDeleted }),
          trigger: more.trigger ?? "automatic",
          acceptedAt: Date.now(),
          source: [0, 0, this.#sourceOffset++, 0],
        },
        Buffer.from(JSON.stringify(event)),
      );
      return toOutgoingRecord(record);
    });
  }

  /** Loses everything in line: the topic is made anew, as empty as it was at first. */
  async replaceDeliveries(): Promise<void> {
    const admin = new KafkaAdmin(this.#kafka);
    const names = topicNames(this.prefix);
    try {
      await admin.deleteTopics([names.deliveries]);
      await admin.ensureTopics(topicLayout("local", names));
    } finally {
      await admin.close();
    }
  }

  /** Gives `deliveries.v1` so many partitions, and nothing else: a command that was cut off after its first step. */
  async growDeliveries(partitions: number): Promise<void> {
    const admin = new KafkaAdmin(this.#kafka);
    try {
      await admin.addPartitions(topicNames(this.prefix).deliveries, partitions);
    } finally {
      await admin.close();
    }
  }

  /** Makes the documents of so many partitions, whatever the topic has. */
  async makeDocuments(partitions: number): Promise<void> {
    await new PartitionRepository(this.store).ensure(partitions);
  }

  /** Puts a record in line as it is. */
  async produceRaw(
    partition: number,
    value: string,
    headers: Readonly<Record<string, string>>,
  ): Promise<void> {
    await this.#producer.send({
      topic: topicNames(this.prefix).deliveries,
      partition,
      key: "k",
      value,
      headers,
    });
  }

  /** What the results say of a webhook's deliveries, settled ones only. */
  settledOf(webhook: WebhookDocument): readonly string[] {
    return this.results
      .filter((result) => result.webhookId === webhook._id)
      .flatMap((result) => {
        const status = result.kind === "settled" ? result.status : result.next.kind;
        return status === "retrying" ? [] : result.deliveries.map(() => status);
      });
  }
}
