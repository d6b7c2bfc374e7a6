import { randomUUID } from "node:crypto";
import { createKafka, KafkaAdmin, topicLayout, topicNames } from "@hooklane/kafka";
import { createLogger, createMetrics, loadConfig, Readiness, type ServiceContext } from "@hooklane/service";
import { openStore, type Store } from "@hooklane/store";
import { TEST_SECRETS_KEYS } from "@hooklane/testing";
import { startSubscriptionApi, type SubscriptionApi } from "../app.js";
import { type SubscriptionApiConfig, subscriptionApiConfig } from "../config.js";
import { AnswerCheck, type OpenApiDocument } from "./answer-check.js";

export const OPERATOR_KEY = "operator-key-of-the-tests";

/** What tests read of answers, whatever call they come from. What an answer does not have is undefined when read. */
interface AnswerBody {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly status: string;
  readonly version: number;
  readonly apiKey: string;
  readonly secret: string;
  readonly endpointId: string;
  readonly timeZone: string;
  readonly validation: string;
  readonly openapi: string;
  readonly labels: { readonly en: string; readonly fr: string };
  readonly example: { readonly type: string };
  readonly added: readonly string[];
  readonly operationalWebhook?: { readonly url: string; readonly secret?: string };
  readonly disabled?: object;
  readonly batching?: object;
  readonly auth?: object;
  readonly signatureScheme: string;
  readonly publicKeys?: readonly { readonly key: string; readonly expiresAt?: string }[];
  readonly clientCertificate?: object;
  readonly headers?: object;
  readonly revokedAt?: string;
  readonly lastUsedAt?: string;
  readonly errorQuota: object;
  readonly endpoints: readonly object[];
  readonly paths: Readonly<
    Record<string, Readonly<Record<string, { readonly operationId: string; readonly responses: object }>>>
  >;
  /** Of lists. */
  readonly data: readonly AnswerBody[];
  readonly nextCursor: string | null;
  /** Of problem documents. */
  readonly code: string;
  readonly errors: readonly { readonly path: string; readonly code: string }[];
}

export interface TestAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: AnswerBody;
  /** The body as it came. */
  readonly text: string;
}

export interface CallOptions {
  readonly key?: string | undefined;
  readonly body?: unknown;
  /** Sent as it is, instead of `body`. */
  readonly rawBody?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The real app on real Kafka and MongoDB, with topics and a database of its own. */
export class TestApi {
  readonly #app: SubscriptionApi;
  readonly #stop: AbortController;
  readonly #admin: KafkaAdmin;
  #check: AnswerCheck | undefined;

  private constructor(
    readonly store: Store,
    readonly config: SubscriptionApiConfig,
    readonly readiness: Readiness,
    parts: { app: SubscriptionApi; stop: AbortController; admin: KafkaAdmin },
  ) {
    this.#app = parts.app;
    this.#stop = parts.stop;
    this.#admin = parts.admin;
  }

  static async start(env: Readonly<Record<string, string>> = {}): Promise<TestApi> {
    const prefix = `api-${randomUUID().slice(0, 8)}`;
    const config = loadConfig(subscriptionApiConfig, {
      KAFKA_BROKERS: process.env.KAFKA_BROKERS,
      MONGODB_URI: process.env.MONGODB_URI,
      MONGODB_DATABASE: prefix,
      HOOKLANE_TOPIC_PREFIX: prefix,
      OPERATOR_KEY,
      HOOKLANE_SECRETS_KEYS: TEST_SECRETS_KEYS,
      SUBSCRIPTION_API_PORT: "0",
      SUBSCRIPTION_API_CALLS_PER_SECOND_MAX: "10000",
      ...env,
    });
    const logger = createLogger("test", "silent");
    const kafka = createKafka({ brokers: config.KAFKA_BROKERS, clientId: "test", logger });
    const admin = new KafkaAdmin(kafka);
    await admin.ensureTopics(topicLayout("local", topicNames(prefix)));
    const stop = new AbortController();
    const readiness = new Readiness();
    const context: ServiceContext<SubscriptionApiConfig> = {
      name: "subscription-api",
      config,
      logger,
      metrics: createMetrics("subscription-api", { processMetrics: false }),
      readiness,
      signal: stop.signal,
    };
    const app = await startSubscriptionApi(context);
    readiness.markRunning();
    const store = await openStore({
      // The tests' own way to it, also where the app's is cut.
      uri: process.env.MONGODB_URI ?? config.MONGODB_URI,
      database: prefix,
      secretKeys: config.HOOKLANE_SECRETS_KEYS,
    });
    return new TestApi(store, config, readiness, { app, stop, admin });
  }

  get url(): string {
    return `http://127.0.0.1:${this.#app.port}`;
  }

  /** Calls, and checks the answer against the service's own OpenAPI document. */
  async call(method: string, path: string, options: CallOptions = {}): Promise<TestAnswer> {
    const body = options.rawBody ?? (options.body === undefined ? undefined : JSON.stringify(options.body));
    const response = await fetch(`${this.url}${path}`, {
      method,
      redirect: "manual",
      headers: {
        ...(options.key !== undefined && { authorization: `Bearer ${options.key}` }),
        ...(body !== undefined && { "content-type": "application/json" }),
        ...options.headers,
      },
      ...(body !== undefined && { body }),
    });
    const text = await response.text();
    const isJson = /\bjson\b/.test(response.headers.get("content-type") ?? "");
    const answer: TestAnswer = {
      status: response.status,
      headers: response.headers,
      body: (isJson && text !== "" ? JSON.parse(text) : {}) as AnswerBody,
      text,
    };
    if (path.startsWith("/v1/") && path !== "/v1/openapi.json") {
      const check = await this.answerCheck();
      check.assert(method, path.split("?")[0] ?? path, answer);
    }
    return answer;
  }

  async answerCheck(): Promise<AnswerCheck> {
    if (!this.#check) {
      const response = await fetch(`${this.url}/v1/openapi.json`);
      this.#check = new AnswerCheck((await response.json()) as OpenApiDocument);
    }
    return this.#check;
  }

  /** A new workspace with all presets, and calls with its key. */
  async createWorkspace(body: object = {}): Promise<TestWorkspace> {
    const answer = await this.call("POST", "/v1/workspaces", {
      key: OPERATOR_KEY,
      body: { name: "Test", contacts: [{ email: "a@example.org", language: "en" }], ...body },
    });
    if (answer.status !== 201) throw new Error(answer.text);
    const { id, apiKey } = answer.body;
    return {
      id,
      apiKey,
      call: (method, path, options = {}) => this.call(method, path, { key: apiKey, ...options }),
    };
  }

  /** From then on the broker takes no control records. */
  async deleteEventsTopic(): Promise<void> {
    await this.#admin.deleteTopics([topicNames(this.config.HOOKLANE_TOPIC_PREFIX).events]);
  }

  async createTopics(): Promise<void> {
    await this.#admin.ensureTopics(topicLayout("local", topicNames(this.config.HOOKLANE_TOPIC_PREFIX)));
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#app.close();
    await this.store.db.dropDatabase();
    await this.store.close();
    await this.#admin.deleteTopics(Object.values(topicNames(this.config.HOOKLANE_TOPIC_PREFIX)));
    await this.#admin.close();
  }
}

export interface TestWorkspace {
  readonly id: string;
  readonly apiKey: string;
  call(method: string, path: string, options?: CallOptions): Promise<TestAnswer>;
}
