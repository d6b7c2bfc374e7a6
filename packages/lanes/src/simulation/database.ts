import {
  countError,
  EMPTY_ERROR_WINDOW,
  type EndpointId,
  type ErrorRule,
  type ErrorTrip,
  type ErrorWindow,
  type TripPolicy,
  type WorkspaceId,
} from "@hooklane/core";
import type { StoredDelivery } from "../lane-record.js";
import type { CountDecision } from "../decision.js";
import type { Standing } from "../ownership/claim-decision.js";
import type { LeaseState, SaveOutcome } from "../ownership/lease-decision.js";
import type { LogClaim } from "../ownership/resume-point.js";
import type { PartitionCheckpoint } from "../partition-checkpoint.js";
import type { World } from "./world.js";

/** What a checkpoint stores; the times of its lanes are of the database's clock. */
export type PartitionContent = LogClaim & PartitionCheckpoint;

export interface PartitionDocument extends PartitionContent {
  readonly partition: number;
  readonly epoch: number;
  readonly ver: number;
  readonly owner: string | null;
  readonly released: boolean;
  readonly renewedAt: number;
}

/** Others may claim a partition that was not renewed for so long, milliseconds (lanes.md §4). */
const CLAIM_AFTER_MS = 17_000;
/** A member without a heartbeat for so long is gone, milliseconds (lanes.md §3). */
const MEMBER_GONE_MS = 15_000;
/** Small, so that a run trips several times; the count itself is proven in packages/core. */
export const RULE: ErrorRule = { errorsMax: 8, windowMs: 240_000 };

/** A delivery in the backlog, and the epoch of the owner that parked it. */
interface ParkedDelivery extends StoredDelivery {
  readonly epoch: number;
}

/** The collections of MongoDB that dispatchers use. Every method is one operation at the server: it happens at once. */
export class Database {
  readonly partitions: PartitionDocument[];
  readonly #world: World;
  readonly #members = new Map<string, number>();
  readonly #backlog = new Map<EndpointId, Map<number, ParkedDelivery>>();
  readonly #windows = new Map<WorkspaceId, ErrorWindow>();

  constructor(world: World, partitions: number) {
    this.#world = world;
    this.partitions = Array.from({ length: partitions }, (_, partition) => ({
      partition,
      epoch: 0,
      ver: 0,
      owner: null,
      released: true,
      renewedAt: 0,
      clusterId: null,
      logEpoch: 0,
      committed: 0,
      done: new Uint8Array(0),
      seen: null,
      sources: {},
      lanes: {},
    }));
  }

  // ---- members and partitions ------------------------------------------------------------------------------------

  beat(me: string): void {
    this.#members.set(me, this.#world.databaseNow);
  }

  leave(me: string): void {
    this.#members.delete(me);
  }

  countAlive(): number {
    const goneAt = this.#world.databaseNow - MEMBER_GONE_MS;
    return [...this.#members.values()].filter((at) => at > goneAt).length;
  }

  list(me: string): readonly Standing[] {
    return this.partitions.map((document) => {
      const { partition, epoch } = document;
      return { partition, epoch, isClaimable: this.#isClaimable(document, me), isTooNew: false };
    });
  }

  claim(partition: number, epoch: number, me: string): PartitionDocument | undefined {
    const document = this.partition(partition);
    if (document.epoch !== epoch || !this.#isClaimable(document, me)) return undefined;
    const { databaseNow: renewedAt } = this.#world;
    const claimed = { ...document, epoch: epoch + 1, ver: 0, owner: me, released: false, renewedAt };
    this.partitions[partition] = claimed;
    return claimed;
  }

  save(
    { partition, epoch, ver }: { readonly partition: number; readonly epoch: number; readonly ver: number },
    content: PartitionContent,
    released: boolean,
  ): SaveOutcome {
    const document = this.partition(partition);
    if (document.epoch !== epoch) return { kind: "fenced" };
    if (document.ver !== ver)
      return { kind: "other_version", ver: document.ver, released: document.released };
    const { databaseNow: renewedAt } = this.#world;
    this.partitions[partition] = { ...document, ...content, ver: ver + 1, released, renewedAt };
    return { kind: "stored", ver: ver + 1 };
  }

  readState(partition: number): LeaseState {
    const { epoch, ver, released } = this.partition(partition);
    return { kind: "found", epoch, ver, released };
  }

  partition(partition: number): PartitionDocument {
    const document = this.partitions[partition];
    if (document === undefined) throw new RangeError("no such partition");
    return document;
  }

  #isClaimable({ released, owner, renewedAt }: PartitionDocument, me: string): boolean {
    return released || owner === me || renewedAt + CLAIM_AFTER_MS < this.#world.databaseNow;
  }

  // ---- backlog ---------------------------------------------------------------------------------------------------

  /** An unordered insert: what is there already stays as it is, unless it is another delivery of an older owner. */
  park(records: readonly StoredDelivery[], epoch: number): void {
    for (const { position, facts, body } of records) {
      const backlog = this.#backlogOf(facts.endpointId);
      const there = backlog.get(position);
      const isAnother = there !== undefined && there.facts.deliveryId !== facts.deliveryId;
      if (there === undefined || (isAnother && there.epoch < epoch))
        backlog.set(position, { position, facts, body, epoch });
    }
  }

  isParked(endpointId: EndpointId, position: number): boolean {
    return this.#backlogOf(endpointId).has(position);
  }

  /** In order; all there is in the range. */
  readBacklog(endpointId: EndpointId, after: number, upTo: number): StoredDelivery[] {
    return [...this.#backlogOf(endpointId).values()]
      .filter(({ position }) => position > after && position <= upTo)
      .sort((a, b) => a.position - b.position);
  }

  collect(endpointId: EndpointId, upTo: number): void {
    const backlog = this.#backlogOf(endpointId);
    for (const position of backlog.keys()) if (position <= upTo) backlog.delete(position);
  }

  #backlogOf(endpointId: EndpointId): Map<number, ParkedDelivery> {
    let backlog = this.#backlog.get(endpointId);
    if (backlog === undefined) this.#backlog.set(endpointId, (backlog = new Map<number, ParkedDelivery>()));
    return backlog;
  }

  // ---- the shared rule -------------------------------------------------------------------------------------------

  /** The one atomic update of the workspace's window. @returns the new trip, and every one of the last 30 minutes */
  countError(
    { workspaceId, error }: Pick<CountDecision, "workspaceId" | "error">,
    policy: TripPolicy,
  ): { readonly trip: ErrorTrip | undefined; readonly verdict: readonly ErrorTrip[] } {
    const { databaseNow } = this.#world;
    const { window, trip } = countError(this.window(workspaceId), error, policy, databaseNow, RULE);
    this.#windows.set(workspaceId, window);
    return { trip, verdict: window.trips };
  }

  window(workspaceId: WorkspaceId): ErrorWindow {
    return this.#windows.get(workspaceId) ?? EMPTY_ERROR_WINDOW;
  }

  /** Errors of older generations count no more: part of the transaction that enables a webhook (lanes.md §7). */
  setSince(workspaceId: WorkspaceId, webhookId: string, generation: number): void {
    const window = this.window(workspaceId);
    this.#windows.set(workspaceId, { ...window, since: { ...window.since, [webhookId]: generation } });
  }

  unappliedTrips(): readonly ErrorTrip[] {
    return [...this.#windows.values()].flatMap(({ trips }) => trips.filter(({ applied }) => !applied));
  }

  setApplied(trip: ErrorTrip): void {
    for (const [workspaceId, window] of this.#windows) {
      const trips = window.trips.map((each) =>
        each.at === trip.at && each.webhooks === trip.webhooks ? { ...each, applied: true } : each,
      );
      this.#windows.set(workspaceId, { ...window, trips });
    }
  }
}
