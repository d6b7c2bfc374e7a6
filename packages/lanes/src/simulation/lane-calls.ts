import type {
  CollectDecision,
  CountDecision,
  Decision,
  GoneDecision,
  ParkDecision,
  ReadDecision,
  RefreshDecision,
  Report,
} from "../decision.js";
import type { PartitionOwner } from "./partition-owner.js";

type Call = Extract<
  Decision,
  { kind: "count" | "report" | "refresh" | "gone" | "park" | "read" | "collect" }
>;

/** What lanes need of MongoDB and Kafka: repeated until answered, as doing any of it again changes nothing. */
export class LaneCalls {
  readonly #owner: PartitionOwner;

  constructor(owner: PartitionOwner) {
    this.#owner = owner;
  }

  make(call: Call): void {
    switch (call.kind) {
      case "count":
        this.#count(call);
        return;
      case "report":
        this.#report(call.report);
        return;
      case "refresh":
        this.#refresh(call);
        return;
      case "gone":
        this.#gone(call);
        return;
      case "park":
        this.#park(call);
        return;
      case "read":
        this.#read(call);
        return;
      case "collect":
        this.#collect(call);
    }
  }

  #count(decision: CountDecision): void {
    const { process } = this.#owner;
    const { configuration, database, oracle } = process.around;
    const { endpointId, ticket } = decision;
    const processId = process.id;
    process.callUntilAnswered(
      "database",
      () => {
        const { trip, verdict } = database.countError(decision, configuration.policyOf(decision.workspaceId));
        process.world.trace(processId, () => `counts ${decision.error.id}${trip ? ", TRIP" : ""}`);
        oracle.line.onCounted(decision.error.deliveryId);
        oracle.rule.onCounted(decision, trip, processId);
        if (trip !== undefined) configuration.onTrip(trip);
        return verdict;
      },
      (verdict) => {
        for (const trip of verdict) process.onTrip(trip);
        this.#owner.tell((lanes, now) => lanes.onCounted(endpointId, ticket, now));
      },
    );
  }

  #report(report: Report): void {
    const { process, by, epoch } = this.#owner;
    process.around.oracle.line.onReport(report);
    process.around.oracle.requests.onReport(report);
    if (report.kind === "settled")
      process.world.trace(by, () => {
        const names = report.records.map(({ facts }) => facts.deliveryId).join(" ");
        return `${report.status} (${report.reason}) ${names}`;
      });
    process.report(report, epoch, () => this.#owner.tell((lanes, now) => lanes.onReported(report, now)));
  }

  #refresh({ endpointId, webhookId }: RefreshDecision): void {
    const { process } = this.#owner;
    const answered = () => this.#owner.tell((lanes, now) => lanes.onRefreshed(endpointId, now));
    process.call(
      "database",
      () => process.around.configuration.webhook(webhookId),
      (webhook) => {
        if (webhook !== undefined) process.onWebhook(webhook);
        answered();
      },
      answered,
    );
  }

  #gone({ webhookId, generation }: GoneDecision): void {
    const { process } = this.#owner;
    const { configuration, oracle } = process.around;
    oracle.line.onGone(webhookId, generation);
    process.callUntilAnswered(
      "database",
      () => configuration.disable({ webhookId, generation }),
      () => undefined,
    );
  }

  /** Written in part and in any order at first, perhaps, or long after it was given up. */
  #park({ records }: ParkDecision): void {
    const { process, epoch } = this.#owner;
    const { database } = process.around;
    const { world } = process;
    world.statistics.parked += records.length;
    const write = (): void => {
      process.call(
        "database",
        () => {
          const isInPart = world.hasFaults && !world.profile.isReliable && world.random.chance(0.2);
          if (!isInPart) {
            database.park(records, epoch);
            return true;
          }
          database.park(
            records.filter(() => world.random.chance(0.5)),
            epoch,
          );
          world.after(world.random.between(1, 300), () => database.park(records, epoch));
          return false;
        },
        (isDone) => {
          if (isDone) this.#owner.tell((lanes, now) => lanes.onParked(now));
          else again();
        },
        again,
      );
    };
    const again = (): void => {
      if (!this.#owner.isDiscarded) write();
    };
    write();
  }

  #read({ endpointId, ticket, after, upTo, recordsMax }: ReadDecision): void {
    const { process } = this.#owner;
    const { database } = process.around;
    const { random } = process.world;
    process.callUntilAnswered(
      "database",
      () => {
        const found = database.readBacklog(endpointId, after, upTo ?? Infinity);
        // A page may end early, as by its bytes; what is read for a retry comes whole.
        const count = upTo === undefined && random.chance(0.3) ? random.between(1, recordsMax) : recordsMax;
        const records = found.slice(0, count);
        return { records, isComplete: records.length === found.length };
      },
      (page) => this.#owner.tell((lanes, now) => lanes.onPage(endpointId, ticket, page, now)),
    );
  }

  #collect({ deletions }: CollectDecision): void {
    const { process } = this.#owner;
    process.call(
      "database",
      () => {
        for (const { endpointId, upTo } of deletions) process.around.database.collect(endpointId, upTo);
      },
      () => undefined,
      () => undefined,
    );
  }
}
