import {
  asDeliveryId,
  asEndpointId,
  asEventId,
  asWebhookId,
  type WebhookId,
  asWorkspaceId,
  type ErrorTrip,
  toTemplateFailure,
} from "@hooklane/core";
import type { DeliveryFacts } from "../lane-record.js";
import type { StoredLane } from "../stored-lane.js";
import { buildCluster, type Cluster } from "./cluster.js";
import type { PartitionDocument } from "./database.js";
import { outcomeOf, type Played } from "./played.js";
import type { Answer } from "./receivers.js";
import { RECOVERY_SCENES, RecoveryStage } from "./recovery-scenes.js";
import { World } from "./world.js";

const ENDPOINT = asEndpointId("ep_1a");
const WORKSPACE = asWorkspaceId("ws_1");
/** Two webhooks on one line; the first sends batches of three. */
const A = asWebhookId("wh_10");
const B = asWebhookId("wh_12");
const END_MS = 300_000;
/** In CATCH-UP by now, with nearly all of its backlog before it. */
const SLOW_BACKLOG_MS = 50_000;
/** Each scene is played with so many different timings. */
const TIMINGS = 10;

const DRAINING = { state: "D", attempts: 0, firstAttemptAt: undefined, nextAt: undefined } as const;

/** A state that a crash can leave behind, which seeds seldom reach; then one healthy dispatcher goes on from it. */
class Stage {
  readonly cluster: Cluster;
  bootMs = 0;
  readonly #partition: number;

  constructor(world: World) {
    this.cluster = buildCluster(world, 1, END_MS);
    this.cluster.receivers.heal();
    this.#partition = this.cluster.configuration.endpoint(ENDPOINT).partition;
    this.cluster.configuration.change(A, { batching: { maxEvents: 3, maxWaitSeconds: 1 } });
    this.cluster.configuration.change(B, { batching: undefined });
  }

  /** Appends a delivery of each; the events come from where `sources` says, one after the other else. */
  append(webhooks: readonly WebhookId[], sources = webhooks.map((_, index) => index)): void {
    webhooks.forEach((webhookId, index) => {
      const facts = toFacts(webhookId, sources[index] ?? index);
      const log = this.cluster.logs[this.#partition];
      if (log !== undefined) this.cluster.oracle.onAppended(facts, this.#partition, log.append(facts));
    });
  }

  /** A former owner wrote these to the backlog. */
  park(...offsets: number[]): void {
    const log = this.cluster.logs[this.#partition];
    for (const position of offsets) {
      const facts = log?.at(position)?.facts;
      if (facts !== undefined) this.cluster.database.park([{ position, facts, body: new Uint8Array(1) }], 0);
    }
  }

  /** A former owner delivered this, and its result is known. */
  delivered(offset: number): void {
    const entry = this.cluster.oracle.line.lineOf(ENDPOINT)[offset];
    if (entry !== undefined) Object.assign(entry, { settled: "delivered", isRecorded: true });
  }

  /** A former owner's first attempt of this failed. */
  failed(offset: number): void {
    const entry = this.cluster.oracle.line.lineOf(ENDPOINT)[offset];
    if (entry !== undefined) entry.failedAttempt = 1;
  }

  /** The checkpoint of the former owner; it has read everything that was appended. */
  stored(content: Partial<PartitionDocument>, lane?: StoredLane): void {
    const { database, logs } = this.cluster;
    const last = (logs[this.#partition]?.end ?? 0) - 1;
    const seen = [last, logs[this.#partition]?.at(last)?.identity ?? ""] as const;
    const lanes: Record<string, StoredLane> = lane === undefined ? {} : { [ENDPOINT]: lane };
    database.partitions[this.#partition] = {
      ...database.partition(this.#partition),
      seen,
      lanes,
      ...content,
    };
  }

  switchOff(webhookId: WebhookId): void {
    this.cluster.configuration.change(webhookId, { status: "inactive", generation: 2 });
  }

  /** The n-th request of all fails, the others succeed. */
  failRequest(n: number): void {
    this.#answerRequest(n, { outcome: { kind: "failed", error: "status", statusCode: 500 }, tookMs: 20 });
  }

  /** The n-th request of all cannot be made of its event. */
  failTemplate(n: number): void {
    this.#answerRequest(n, { outcome: toTemplateFailure("line 1, column 1: cannot be rendered"), tookMs: 0 });
  }

  /** Every request takes nearly as long as it may. */
  slowDown(): void {
    const { receivers } = this.cluster;
    receivers.answer = () => ({ outcome: { kind: "succeeded", statusCode: 200 }, tookMs: 4_900 });
  }

  /** A former owner counted failures of the first webhook. @returns the last verdict */
  countErrors(from: number, to: number): readonly ErrorTrip[] {
    const { configuration, database } = this.cluster;
    let verdict: readonly ErrorTrip[] = [];
    for (let n = from; n <= to; n++) {
      const deliveryId = asDeliveryId(`dl_${n}`);
      const error = { id: `${ENDPOINT}:0:${n}:1`, webhookId: A, generation: 1, deliveryId };
      const decision = {
        kind: "count",
        endpointId: ENDPOINT,
        ticket: n,
        workspaceId: WORKSPACE,
        error,
      } as const;
      const counted = database.countError(decision, configuration.policyOf(WORKSPACE));
      this.cluster.oracle.rule.onCounted(decision, counted.trip, "former owner");
      ({ verdict } = counted);
    }
    return verdict;
  }

  #answerRequest(n: number, given: Answer): void {
    const { receivers } = this.cluster;
    const answer = receivers.answer.bind(receivers);
    let count = 0;
    receivers.answer = (endpointId, records) => (++count === n ? given : answer(endpointId, records));
  }
}

type Scene = (stage: Stage) => void;

const SCENES: Readonly<Record<string, Scene>> = {
  "a crash while the request in flight at an overflow had not ended": (stage) => {
    stage.append([A, A, A]);
    stage.park(1, 2);
    stage.stored({ done: Uint8Array.of(0b110) }, { ...DRAINING, cursor: -1, last: -1 });
  },
  "a draining lane was parked, and the checkpoint did not follow": (stage) => {
    stage.append([A, A, A]);
    stage.park(0, 1, 2);
    stage.stored({}, { ...DRAINING, cursor: -1, last: -1 });
  },
  "a repeat of the fan-out behind what is done": (stage) => {
    stage.append([B, B, B], [0, 1, 1]);
    stage.delivered(1);
    stage.stored({ done: Uint8Array.of(0b10) });
  },
  "a request to be made again, not all of it parked, and its webhook switched off": (stage) => {
    stage.append([A, A, A, B, B]);
    stage.park(0, 1, 3);
    stage.switchOff(A);
    stage.failed(0);
    const lane = { state: "R", cursor: -1, last: 2, attempts: 1, firstAttemptAt: 0, nextAt: 0 } as const;
    stage.stored({ done: Uint8Array.of(0b1011) }, lane);
  },
  "a request to be made again, none of it read from the log yet": (stage) => {
    stage.append([A, A, A, A]);
    stage.park(0, 1, 3);
    stage.failed(0);
    const lane = { state: "R", cursor: -1, last: 2, attempts: 1, firstAttemptAt: 0, nextAt: 0 } as const;
    stage.stored({}, lane);
  },
  "a former owner parked what this one skips at intake, then the lane fails": (stage) => {
    stage.append([A, A, B, A]);
    stage.park(2);
    stage.switchOff(B);
    stage.stored({});
    stage.failRequest(1);
  },
  "no body can be made of an event that others wait behind": (stage) => {
    stage.append([B, B, B]);
    stage.stored({});
    stage.failTemplate(2);
  },
  "a slow receiver with many behind its request": (stage) => {
    stage.slowDown();
    stage.cluster.world.after(60_000, () => stage.append(Array.from({ length: 12 }, () => B)));
  },
  "a slow receiver in CATCH-UP": (stage) => {
    const backlog = Array.from({ length: 12 }, () => B);
    stage.append(backlog);
    stage.park(...backlog.keys());
    stage.stored({ committed: backlog.length }, { ...DRAINING, cursor: -1, last: -1 });
    stage.slowDown();
    // So late because the age of the watermark is looked at only once a run has settled.
    stage.cluster.world.after(SLOW_BACKLOG_MS, () => stage.append([B], [backlog.length]));
    stage.bootMs = 46_000;
  },
  "the update that tripped is told again after the trip was applied": (stage) => {
    const [trip] = stage.countErrors(1, 9);
    if (trip !== undefined) stage.cluster.database.setApplied(trip);
    if (stage.countErrors(9, 9).length === 0)
      stage.cluster.world.violate("I12", "the second update does not hear the verdict");
  },
  "a trip that a crash left before it was applied": (stage) => {
    stage.append([A, A]);
    stage.countErrors(1, 9);
    stage.bootMs = 5_000;
  },
  "a request that was in flight at the trip fails after it": (stage) => {
    stage.countErrors(1, 10);
    if (stage.cluster.database.window(WORKSPACE).errors.length > 0)
      stage.cluster.world.violate("I11", "an error of the tripped generation is in the window");
  },
  "a webhook is enabled by hand again before its trip is applied": (stage) => {
    const { configuration } = stage.cluster;
    stage.countErrors(1, 9);
    configuration.change(A, { status: "active", generation: 3 });
    configuration.disable({ webhookId: A, generation: 1 });
    if (configuration.webhook(A)?.status !== "active")
      stage.cluster.world.violate("D7", "an old trip undoes an activation by hand");
  },
};

export const sceneNames: readonly string[] = [...Object.keys(SCENES), ...Object.keys(RECOVERY_SCENES)];

/** Plays one of the scenes in different timings, until one breaks an invariant. */
export function playScene(name: string): Played {
  const scene = SCENES[name];
  const recovery = RECOVERY_SCENES[name];
  if (scene === undefined && recovery === undefined) throw new RangeError(`no scene is called ${name}`);
  for (let timing = 1; ; timing++) {
    const world = new World(timing, { kind: "quiet", hasCuts: false, isReliable: true });
    const played = outcomeOf(world, () => {
      if (scene !== undefined) playStage(world, scene);
      if (recovery !== undefined) playRecovery(world, recovery);
    });
    if (played.broken !== undefined || timing === TIMINGS) return played;
  }
}

function playStage(world: World, scene: Scene): void {
  world.hasFaults = false;
  const stage = new Stage(world);
  scene(stage);
  for (const dispatcher of stage.cluster.dispatchers) world.after(stage.bootMs, () => dispatcher.boot());
  world.run(END_MS, () => false);
  const pending = stage.cluster.oracle.line.pending();
  if (pending !== undefined) world.violate("I2", pending);
}

function playRecovery(world: World, scene: (stage: RecoveryStage) => void): void {
  world.hasFaults = false;
  const cluster = buildCluster(world, 1, END_MS);
  cluster.receivers.heal();
  for (const process of [...cluster.routers, ...cluster.dispatchers]) process.boot();
  scene(new RecoveryStage(cluster));
  world.run(END_MS, () => false);
  const pending = cluster.oracle.pending();
  if (pending !== undefined) world.violate("I2", pending);
}

function toFacts(webhookId: WebhookId, source: number): DeliveryFacts {
  return {
    workspaceId: WORKSPACE,
    webhookId,
    generation: 1,
    version: 1,
    endpointId: ENDPOINT,
    deliveryId: asDeliveryId(`dl_${source}`),
    eventId: asEventId(`evt_${source}`),
    type: "x",
    trigger: "automatic",
    acceptedAt: 0,
    source: [0, 0, source, 0],
  };
}
