import {
  asEndpointId,
  asWebhookId,
  asWorkspaceId,
  type DisablePolicy,
  type EndpointId,
  type ErrorTrip,
  type TripPolicy,
  type WebhookGeneration,
  type WebhookId,
  type WorkspaceId,
} from "@hooklane/core";
import type { Database } from "./database.js";
import type { Recoveries } from "./recoveries.js";
import { isSentTo, type Webhook } from "./webhook.js";
import type { World } from "./world.js";

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

/** Webhooks and endpoints: what becomes of them at a change, and what the health-monitor makes of trips. */
export class Configuration {
  readonly endpoints: Endpoint[] = [];
  /** Tells everybody of a change; set by whoever knows them. */
  publish: (tell: (subscriber: Subscriber) => void) => void = () => undefined;
  /** Puts a change in line; set by whoever knows the line. */
  announce: (webhook: Webhook) => void = () => undefined;
  /** For the oracle. */
  onChanged: (webhook: Webhook) => void = () => undefined;
  readonly #world: World;
  readonly #database: Database;
  readonly #recoveries: Recoveries;
  readonly #webhooks = new Map<WebhookId, Webhook>();
  readonly #policies = new Map<WorkspaceId, DisablePolicy>();

  constructor(world: World, database: Database, recoveries: Recoveries) {
    this.#world = world;
    this.#database = database;
    this.#recoveries = recoveries;
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

  /** Undefined when it is deleted. */
  present(id: WebhookId): Webhook | undefined {
    const webhook = this.#webhooks.get(id);
    return webhook?.deletedAt === undefined ? webhook : undefined;
  }

  endpoint(id: EndpointId): Endpoint {
    const endpoint = this.endpoints.find((each) => each.id === id);
    if (endpoint === undefined) throw new RangeError("no such endpoint");
    return endpoint;
  }

  policyOf(workspaceId: WorkspaceId): TripPolicy {
    const workspaceWebhooks = this.all()
      .filter((each) => each.workspaceId === workspaceId && isSentTo(each))
      .map(({ id, generation }) => ({ webhookId: id, generation }));
    return { policy: this.#policies.get(workspaceId) ?? "worst", workspaceWebhooks };
  }

  /** One transaction: a new version, and what an activation means for the shared rule (lanes.md §7). */
  change(id: WebhookId, change: Partial<Webhook>): void {
    const before = this.#webhooks.get(id);
    if (before === undefined || before.deletedAt !== undefined) return;
    const webhook = { ...before, ...change, version: before.version + 1 };
    this.#webhooks.set(id, webhook);
    if (isSentTo(webhook)) this.#database.setSince(webhook.workspaceId, webhook.id, webhook.generation);
    this.#world.trace("configuration", () => `${id} ${JSON.stringify(change)}`);
    this.onChanged(webhook);
    this.publish((subscriber) => subscriber.onWebhook(webhook));
    this.announce(webhook);
  }

  deactivate(id: WebhookId): void {
    const webhook = this.present(id);
    if (webhook === undefined || !isSentTo(webhook)) return;
    this.change(id, { status: "inactive", generation: webhook.generation + 1 });
  }

  /** What it did not get before is not sent any more. */
  activate(id: WebhookId): void {
    const webhook = this.present(id);
    if (webhook === undefined || isSentTo(webhook)) return;
    const generation = webhook.generation + 1;
    this.change(id, { status: "active", generation, owedSince: generation });
  }

  recover(id: WebhookId): void {
    const webhook = this.present(id);
    if (webhook !== undefined && !isSentTo(webhook)) this.#beginRecovery(webhook);
  }

  /** To another line: what is queued on the old one is of an older generation (lanes.md §11). */
  move(id: WebhookId, endpointId: EndpointId): void {
    const webhook = this.present(id);
    if (webhook === undefined) return;
    if (isSentTo(webhook)) this.#beginRecovery(webhook, { endpointId });
    else this.change(id, { endpointId });
  }

  delete(id: WebhookId): void {
    const webhook = this.#webhooks.get(id);
    if (webhook !== undefined)
      this.change(id, { deletedAt: new Date(this.#world.now), generation: webhook.generation + 1 });
  }

  /** The router has put all that was owed in line. */
  endRecovery({ webhookId, generation }: WebhookGeneration): void {
    const webhook = this.present(webhookId);
    if (webhook?.status === "recovering" && webhook.generation === generation)
      this.change(webhookId, { status: "active" });
  }

  /** Disables one generation; a webhook that was enabled again meanwhile stays as it is. */
  disable({ webhookId, generation }: WebhookGeneration): void {
    const webhook = this.#webhooks.get(webhookId);
    if (webhook?.generation !== generation || !isSentTo(webhook)) return;
    this.change(webhookId, { status: "auto_disabled", generation: generation + 1 });
  }

  /** One transaction with the recovery itself. */
  #beginRecovery({ id, generation }: Webhook, change: Partial<Webhook> = {}): void {
    this.change(id, { ...change, status: "recovering", generation: generation + 1 });
    const webhook = this.#webhooks.get(id);
    if (webhook !== undefined) this.#recoveries.add(webhook);
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
      batching: random.chance(0.6) ? undefined : { maxEvents: 3, maxWaitSeconds: random.pick([1, 5]) },
      version: 1,
      generation: 1,
      status: "active",
      deletedAt: undefined,
      owedSince: 1,
      recoversOnly: random.chance(0.5),
    });
  }
}
