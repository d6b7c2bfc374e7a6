import type { DeliveryFacts } from "../lane-record.js";
import { CheckpointOracle } from "./checkpoint-oracle.js";
import type { Contacts } from "./contacts.js";
import type { Database } from "./database.js";
import type { KafkaLog } from "./kafka-log.js";
import { LineOracle } from "./line-oracle.js";
import { RecoveryOracle, type RecoveryOracleParts } from "./recovery-oracle.js";
import { RequestOracle } from "./request-oracle.js";
import { RuleOracle } from "./rule-oracle.js";
import type { World } from "./world.js";

/** Sees every append, request, count and checkpoint, and says at once which invariant of lanes.md §9 is broken. */
export class Oracle {
  readonly line: LineOracle;
  readonly rule: RuleOracle;
  readonly checkpoints: CheckpointOracle;
  readonly requests: RequestOracle;
  readonly recovery: RecoveryOracle;
  readonly #world: World;
  readonly #database: Database;
  readonly #logs: readonly KafkaLog[];

  constructor(
    world: World,
    parts: RecoveryOracleParts & {
      readonly contacts: Contacts;
      readonly database: Database;
      readonly logs: readonly KafkaLog[];
    },
  ) {
    const { contacts, database, configuration, logs } = parts;
    this.#world = world;
    this.#database = database;
    this.#logs = logs;
    this.rule = new RuleOracle(world, configuration);
    this.line = new LineOracle(world, { contacts, database, configuration }, (webhookId, generation) =>
      this.rule.isTripped(webhookId, generation),
    );
    this.checkpoints = new CheckpointOracle(world, database, logs, this.line);
    this.requests = new RequestOracle(world, contacts, {
      line: this.line,
      rule: this.rule,
      checkpoints: this.checkpoints,
    });
    this.recovery = new RecoveryOracle(world, parts);
    configuration.onChanged = (webhook) => {
      this.rule.onChanged(webhook);
      this.recovery.onChanged(webhook);
      this.requests.onChanged(webhook);
    };
  }

  /** A router put it in the log. */
  onAppended(facts: DeliveryFacts, partition: number, offset: number): void {
    const entry = this.line.onAppended(facts, partition, offset);
    if (entry !== undefined) this.recovery.onEntered(entry);
  }

  /** What keeps the run from being at rest: everything settled, every lane live, every watermark at the end. */
  pending(): string | undefined {
    const open = this.line.pending();
    if (open !== undefined) return open;
    for (const { partition, lanes, committed } of this.#database.partitions) {
      const notLive = Object.keys(lanes);
      if (notLive.length > 0) return `I15: ${notLive.join(" ")} did not go live again`;
      const end = this.#logs[partition]?.end ?? 0;
      if (committed !== end)
        return `I9: the watermark of ${partition} is at ${committed}, its log ends at ${end}`;
    }
    if (this.#database.unappliedTrips().length > 0) return "I11: a trip is not applied";
    return this.recovery.pending();
  }

  /** The run is over. */
  atRest(): void {
    const pending = this.pending();
    if (pending !== undefined) {
      const [invariant = "", ...detail] = pending.split(": ");
      this.#world.violate(invariant, `at rest ${detail.join(": ")}`);
    }
    this.recovery.atRest();
    const { repeats } = this.#world.statistics;
    if (this.#world.profile.kind === "graceful" && repeats > 0)
      this.#world.violate("I13", `${repeats} deliveries were sent again though every handover was graceful`);
  }
}
