import {
  asEndpointId,
  asWebhookId,
  asWorkspaceId,
  type Batching,
  type DisablePolicy,
  type EndpointId,
  type ErrorTrip,
  type TripPolicy,
  type WebhookGeneration,
  type WebhookId,
  type WebhookStatus,
  type WorkspaceId,
} from "@hooklane/core";
import type { Database } from "./database.js";
import type { World } from "./world.js";

/** A webhook as it is stored; every change makes a new one. */
export interface Webhook {
  readonly id: WebhookId;
  readonly workspaceId: WorkspaceId;
  readonly endpointId: EndpointId;
  readonly type: "x" | "y" | undefined;
  readonly batching: Batching | undefined;
  readonly version: number;
  readonly generation: number;
  readonly status: WebhookStatus;
  readonly deletedAt: Date | undefined;
}

/** The line of one receiver. */
export interface Endpoint {
  readonly id: EndpointId;
  readonly workspaceId: WorkspaceId;
  readonly partition: number;
}

/** Who hears of changes by a change stream, in order and up to a second late. */
export interface Subscriber {
  onWebhook(webhook: Webhook): void;
  onTrip(trip: ErrorTrip): void;
}

const POLICIES: readonly DisablePolicy[] = ["worst", "worst", "last", "contributors", "all"];
const WORKSPACES = 3;
const ENDPOINTS_EACH = 2;
/** Three webhooks on two endpoints: two of them share a line. */
const WEBHOOKS_EACH = 3;

/** Webhooks and endpoints, who changes them, and what the health-monitor makes of trips. */
export class Configuration {
  readonly endpoints: Endpoint[] = [];
  /** Tells everybody of a change; set by whoever knows them. */
  publish: (tell: (subscriber: Subscriber) => void) => void = () => undefined;
  /** For the oracle. */
  onChanged: (webhook: Webhook) => void = () => undefined;
  readonly #world: World;
  readonly #database: Database;
  readonly #webhooks = new Map<WebhookId, Webhook>();
  readonly #policies = new Map<WorkspaceId, DisablePolicy>();

  constructor(world: World, database: Database) {
    this.#world = world;
    this.#database = database;
    const { random } = world;
    for (let w = 1; w <= WORKSPACES; w++) {
      const workspaceId = asWorkspaceId(`ws_${w}`);
      this.#policies.set(workspaceId, random.pick(POLICIES));
      for (let e = 0; e < ENDPOINTS_EACH; e++) {
        const id = asEndpointId(`ep_${w}${"ab"[e] ?? ""}`);
        this.endpoints.push({
          id,
          workspaceId,
          partition: random.between(0, database.partitions.length - 1),
        });
      }
      for (let i = 0; i < WEBHOOKS_EACH; i++) this.#add(workspaceId, w, i);
    }
  }

  all(): readonly Webhook[] {
    return [...this.#webhooks.values()];
  }

  webhook(id: WebhookId): Webhook | undefined {
    return this.#webhooks.get(id);
  }

  endpoint(id: EndpointId): Endpoint {
    const endpoint = this.endpoints.find((each) => each.id === id);
    if (endpoint === undefined) throw new RangeError("no such endpoint");
    return endpoint;
  }

  policyOf(workspaceId: WorkspaceId): TripPolicy {
    const workspaceWebhooks = this.all()
      .filter((each) => each.workspaceId === workspaceId && each.status === "active")
      .map(({ id, generation }) => ({ webhookId: id, generation }));
    return { policy: this.#policies.get(workspaceId) ?? "worst", workspaceWebhooks };
  }

  /** One transaction: a new version, and what an activation means for the shared rule (lanes.md §7). */
  change(id: WebhookId, change: Partial<Webhook>): void {
    const before = this.#webhooks.get(id);
    if (before === undefined || before.deletedAt !== undefined) return;
    const webhook = { ...before, ...change, version: before.version + 1 };
    this.#webhooks.set(id, webhook);
    if (webhook.status === "active")
      this.#database.setSince(webhook.workspaceId, webhook.id, webhook.generation);
    this.onChanged(webhook);
    this.#world.trace("configuration", () => `${id} ${JSON.stringify(change)}`);
    this.publish((subscriber) => subscriber.onWebhook(webhook));
  }

  /** Disables one generation; a webhook that was enabled again meanwhile stays as it is. */
  disable({ webhookId, generation }: WebhookGeneration): void {
    const webhook = this.#webhooks.get(webhookId);
    if (webhook?.generation !== generation || webhook.status !== "active") return;
    this.change(webhookId, { status: "auto_disabled", generation: generation + 1 });
  }

  /** A trip was stored: dispatchers hear of it, and the health-monitor applies it when it gets to it. */
  onTrip(trip: ErrorTrip): void {
    const { random } = this.#world;
    this.publish((subscriber) => subscriber.onTrip(trip));
    const isDown = random.chance(0.2);
    this.#world.after(isDown ? random.between(5_000, 40_000) : random.between(100, 2_000), () => {
      for (const webhook of trip.webhooks) this.disable(webhook);
      this.#world.after(random.between(5, 3_000), () => this.#database.setApplied(trip));
    });
  }

  /** Somebody changes something. */
  changeAnything(): void {
    const { random } = this.#world;
    const webhook = random.pick(this.all());
    const { id, generation, status } = webhook;
    if (status !== "active") {
      this.change(id, { status: "active", generation: generation + 1 });
      return;
    }
    const dice = random.between(0, 99);
    if (dice < 5) this.change(id, { deletedAt: new Date(this.#world.now), generation: generation + 1 });
    else if (dice < 25) this.#move(webhook);
    else if (dice < 40) this.change(id, { batching: this.#anyBatching() });
    else {
      this.change(id, { status: "inactive", generation: generation + 1 });
      const offMs = random.chance(0.3) ? random.between(0, 50) : random.between(500, 40_000);
      this.#world.after(offMs, () => {
        const now = this.#webhooks.get(id);
        if (now?.status === "inactive") this.change(id, { status: "active", generation: now.generation + 1 });
      });
    }
  }

  /** To another line: what is queued on the old one is of an older generation (lanes.md §11). */
  #move({ id, workspaceId, endpointId, generation }: Webhook): void {
    const others = this.endpoints.filter(
      (each) => each.workspaceId === workspaceId && each.id !== endpointId,
    );
    this.change(id, { endpointId: this.#world.random.pick(others).id, generation: generation + 1 });
  }

  #add(workspaceId: WorkspaceId, workspace: number, index: number): void {
    const { random } = this.#world;
    const endpoint = this.endpoints[(workspace - 1) * ENDPOINTS_EACH + (index % ENDPOINTS_EACH)];
    if (endpoint === undefined) return;
    const id = asWebhookId(`wh_${workspace}${index}`);
    this.#webhooks.set(id, {
      id,
      workspaceId,
      endpointId: endpoint.id,
      type: random.chance(0.5) ? undefined : random.pick(["x", "y"] as const),
      batching: this.#anyBatching(),
      version: 1,
      generation: 1,
      status: "active",
      deletedAt: undefined,
    });
  }

  #anyBatching(): Batching | undefined {
    const { random } = this.#world;
    return random.chance(0.6) ? undefined : { maxEvents: 3, maxWaitSeconds: random.pick([1, 5]) };
  }
}
