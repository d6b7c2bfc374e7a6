import { OPERATOR_KEY, type TestAnswer, TestApi, type TestWorkspace } from "../test-api.js";
import type { Documented } from "./documented.js";

/** A request that would be answered with success. */
export interface GoodRequest {
  /** With its parameters. */
  readonly path?: string;
  readonly body?: object;
}

export interface SentOptions {
  /** Null: none. Default: one that opens the operation. */
  readonly key?: string | null;
  readonly rawBody?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What is seen of an answer that has no end. */
const STREAM = { status: 200, headers: new Headers(), text: "", body: {} } as TestAnswer;

/** A running API with a workspace, in which answers are provoked. */
export class StatusWorld {
  #made = 0;

  private constructor(
    readonly api: TestApi,
    readonly workspace: TestWorkspace,
    /** Opens no operation here: its scope is `ingest`. */
    readonly ingestKey: string,
  ) {}

  static async start(env: Readonly<Record<string, string>> = {}): Promise<StatusWorld> {
    const api = await TestApi.start(env);
    const workspace = await api.createWorkspace();
    const made = await workspace.call("POST", "/v1/api-keys", { body: { name: "i", scopes: ["ingest"] } });
    return new StatusWorld(api, workspace, made.body.apiKey);
  }

  /** Differs from every other of this world. */
  unique(prefix: string): string {
    return `${prefix}${++this.#made}`;
  }

  /** A key that opens the operation. */
  keyOf({ keys }: Documented): string {
    return keys.includes("workspaceKey") ? this.workspace.apiKey : OPERATOR_KEY;
  }

  async send(operation: Documented, good: GoodRequest, options: SentOptions = {}): Promise<TestAnswer> {
    const { key = this.keyOf(operation), rawBody, headers } = options;
    const path = good.path ?? operation.path;
    if (operation.isStream && key !== null && (await this.#isStreaming(path, key))) return STREAM;
    return this.api.call(operation.method, path, {
      ...(key !== null && { key }),
      ...(rawBody === undefined ? good.body && { body: good.body } : { rawBody }),
      ...(headers && { headers }),
    });
  }

  async #isStreaming(path: string, key: string): Promise<boolean> {
    const response = await fetch(`${this.api.url}${path}`, { headers: { authorization: `Bearer ${key}` } });
    await response.body?.cancel();
    return response.status === 200;
  }

  async makeWebhook(more: object = {}): Promise<{ readonly id: string; readonly endpointId: string }> {
    const url = `https://${this.unique("h")}.example.org/`;
    const body = { name: "W", url, eventTypes: ["email.opened"], ...more };
    const made = await this.workspace.call("POST", "/v1/webhooks", { body });
    if (made.status !== 201) throw new Error(made.text);
    return made.body;
  }

  asOperator(method: string, path: string, body?: object): Promise<TestAnswer> {
    return this.api.call(method, path, { key: OPERATOR_KEY, ...(body && { body }) });
  }

  async makePlan(more: object = {}): Promise<string> {
    const id = this.unique("own.p");
    const plan = { id, family: "own", rank: 1, name: { en: id, fr: id }, webhooks: { access: "full" } };
    const made = await this.asOperator("POST", "/v1/plans", { ...plan, ...more });
    if (made.status !== 201) throw new Error(made.text);
    return id;
  }

  stop(): Promise<void> {
    return this.api.stop();
  }
}
