import mongoose from "mongoose";
import { aWorkspace, type WorkspaceInput } from "../builders/workspace.js";
import { JsonClient } from "./json-client.js";
import type { ServiceName } from "./service-catalogue.js";
import type { ServiceProcess } from "./service-process.js";
import type { StackEnvironment } from "./stack-environment.js";
import { TestWorkspace } from "./test-workspace.js";

/** Where running services are and how they are known: all that a test needs to use them. */
export interface ServicesPlace {
  readonly stack: StackEnvironment;
  /** First part of the name of their topics and groups; the name of their database. */
  readonly prefix: string;
  readonly operatorKey: string;
}

/** Where one of them is reached. */
export type ServiceAddress = Pick<ServiceProcess, "url">;

/** Running services as every test may use them, also where others use them too. */
export abstract class RunningServices {
  readonly stack: StackEnvironment;
  /** First part of the name of their topics and groups; the name of their database. */
  readonly prefix: string;
  readonly operatorKey: string;
  readonly #services: ReadonlyMap<ServiceName, ServiceAddress>;
  readonly #workspaces: TestWorkspace[] = [];
  readonly #operator: JsonClient | undefined;
  readonly #mongo: mongoose.Connection;

  protected constructor(place: ServicesPlace, services: ReadonlyMap<ServiceName, ServiceAddress>) {
    this.stack = place.stack;
    this.prefix = place.prefix;
    this.operatorKey = place.operatorKey;
    this.#services = services;
    const api = services.get("subscription-api");
    this.#operator = api && new JsonClient(api.url, place.operatorKey);
    this.#mongo = mongoose.createConnection(place.stack.mongodbUri, { dbName: place.prefix, maxPoolSize: 4 });
  }

  /** @throws Error when the service was not among those to start */
  service(name: ServiceName): ServiceAddress {
    const service = this.#services.get(name);
    if (service === undefined) throw new Error(`${name} was not started`);
    return service;
  }

  /** A topic's full name, such as `topic("inbound.v1")`. */
  topic(name: string): string {
    return `${this.prefix}.${name}`;
  }

  /** The database of these services, to look into. */
  get database(): mongoose.Connection {
    return this.#mongo;
  }

  /** A new workspace with all presets, made through the operator API. */
  async createWorkspace(overrides: Partial<WorkspaceInput> = {}): Promise<TestWorkspace> {
    if (this.#operator === undefined) throw new Error("subscription-api was not started");
    const { id, apiKey } = await this.#operator.ask<{ id: string; apiKey: string }>(
      "POST",
      "/v1/workspaces",
      aWorkspace(overrides),
    );
    const ingest = this.#services.get("event-ingestor")?.url ?? "http://127.0.0.1:9";
    const workspace = new TestWorkspace(id, apiKey, { api: this.service("subscription-api").url, ingest });
    this.#workspaces.push(workspace);
    return workspace;
  }

  /** The newest log lines, for the report of a failure. */
  abstract tail(count: number): string;

  /** Ends the use of the services. What becomes of them is their owner's. */
  abstract stop(): Promise<void>;

  /** Closes what calls them. */
  protected async closeClients(): Promise<void> {
    await Promise.all(this.#workspaces.map((workspace) => workspace.close()));
    await this.#operator?.close();
  }
}
