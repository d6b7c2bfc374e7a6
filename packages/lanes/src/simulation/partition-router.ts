import { comparePlaces, type LinePlace, type WebhookId } from "@hooklane/core";
import type { DeliveryFacts } from "../lane-record.js";
import type { LoggedRecord } from "./event-log.js";
import type { EventsPartition, PlacedRecord } from "./events-partition.js";
import type { EventRecord, ResendRecord } from "./events-record.js";
import { produceDeliveries } from "./produce-deliveries.js";
import { endRecovery } from "./recovery-end.js";
import type { RoutingProcess } from "./routing-process.js";
import { decide } from "./routing.js";
import { ask, pause, type Task, together } from "./task.js";

const BATCH_MAX = 6;

type Run = readonly PlacedRecord<EventRecord | ResendRecord>[];

/**
 * The router of one partition of `events.v1`: decides once, produces in order, commits behind. What was produced and not
 * committed when it crashes or is replaced is produced again, and a replaced one goes on until it hears of that.
 */
export class PartitionRouter {
  readonly router: RoutingProcess;
  readonly events: EventsPartition;
  #isStopped = false;

  constructor(router: RoutingProcess, events: EventsPartition) {
    this.router = router;
    this.events = events;
  }

  stop(): void {
    this.#isStopped = true;
  }

  *run(): Task {
    while (!this.#isStopped) {
      const from = yield* ask(this.router, "kafka", () => this.events.committed);
      // Its copy may be behind what the partition's former router knew (ADR 0019).
      yield* this.router.refreshAll();
      yield* this.#routeFrom(from);
    }
  }

  /** Until it is replaced, or the partition is made anew. */
  *#routeFrom(from: LinePlace): Task {
    const { router, events } = this;
    const { random, hasFaults } = router.world;
    let at = from;
    let committed = from;
    while (!this.#isStopped) {
      const batch = yield* ask(router, "kafka", () => events.read(at, BATCH_MAX));
      if (batch === undefined) return;
      yield* this.#routeBatch(batch);
      at = { ...at, offset: at.offset + batch.length };
      const isIdle = !events.reaches(at);
      if (comparePlaces(committed, at) < 0 && (isIdle || !hasFaults || random.chance(0.5))) {
        const to = at;
        yield* ask(router, "kafka", () => events.commit(router.index, to));
        committed = to;
      }
      if (isIdle && !events.reaches(at))
        yield (resume) => events.wait(() => router.later(random.between(2, 60), resume));
    }
  }

  *#routeBatch(batch: readonly PlacedRecord[]): Task {
    const { upstream } = this.router;
    let run: PlacedRecord<EventRecord | ResendRecord>[] = [];
    for (const { record, place, announced } of batch) {
      if (record.kind === "event" || record.kind === "test" || record.kind === "resend") {
        run.push({ record, place, announced });
        continue;
      }
      if (record.kind === "control" && this.#knows(record)) continue;
      // What stands before is matched without waiting for a change, and stored before a recovery begins or ends.
      yield* this.#route(run);
      run = [];
      switch (record.kind) {
        case "control":
          yield* this.#waitFor(record);
          break;
        case "begin":
          yield* this.#waitFor(record);
          yield* ask(this.router, "database", () => upstream.recoveries.begin(record.recovery, place));
          break;
        case "end":
          yield* this.#produce(yield* endRecovery(this.router, this.events.partition, record, place));
      }
    }
    yield* this.#route(run);
  }

  /** Its copy gets there by the change stream, or by reading past it. */
  *#waitFor(known: { readonly webhookId: WebhookId; readonly version: number }): Task {
    while (!this.#knows(known)) {
      yield* pause(this.router, 50);
      yield* this.router.refresh(known.webhookId);
    }
  }

  #knows({ webhookId, version }: { readonly webhookId: WebhookId; readonly version: number }): boolean {
    return (this.router.copy.get(webhookId)?.version ?? 0) >= version;
  }

  /** Each is stored by itself, in any order: the log has some of them before others that stand before them. */
  *#route(batch: Run): Task {
    const run = batch.filter(isFirstOfItsId);
    if (run.length === 0) return;
    const stored = yield* together(run.map((placed) => this.#store(placed)));
    // The same id at another place is a repeat.
    const acted = stored.filter(({ place }, index) => {
      const own = run[index]?.place;
      return own !== undefined && comparePlaces(place, own) === 0;
    });
    yield* this.#produce(acted.flatMap(({ deliveries }) => deliveries));
  }

  *#store({ record, place, announced }: Run[number]): Task<LoggedRecord> {
    const { upstream, world, copy, id } = this.router;
    const { eventLog, oracle } = upstream;
    const decided = decide({ record, place, partition: this.events.partition, at: world.now }, copy);
    // Some of them long after others.
    if (world.hasFaults && world.random.chance(0.05))
      yield* pause(this.router, world.random.between(10, 1_500));
    return yield* ask(this.router, "database", () => {
      const isNew = eventLog.find(decided.recordId) === undefined;
      const stored = eventLog.insert(decided);
      if (isNew) {
        oracle.recovery.onDecided(decided, record, announced, copy);
        world.trace(id, () => `decides ${decided.recordId}: ${nameDecision(decided)}`);
      }
      return stored;
    });
  }

  *#produce(deliveries: readonly DeliveryFacts[]): Task {
    yield* produceDeliveries(this.router, deliveries);
  }
}

/** What stands there twice counts where it stands first. */
function isFirstOfItsId({ record }: Run[number], index: number, run: Run): boolean {
  return run.findIndex((each) => each.record.recordId === record.recordId) === index;
}

function nameDecision({ deliveries, owed }: LoggedRecord): string {
  const sent = deliveries.map(({ webhookId, generation }) => `${webhookId}.${generation}`);
  const kept = [...owed].map(([webhookId, generation]) => `owed ${webhookId}.${generation}`);
  return [...sent, ...kept].join(" ");
}
