import type { KafkaAdmin, SoloConsumer } from "@hooklane/kafka";
import { findResumePoint, type FoundLog, offsetToCompare, type ResumePoint } from "@hooklane/lanes";
import type { PartitionDocument } from "@hooklane/store";
import { SharedCall } from "./shared-call.js";

/** The record that was taken in last is read within this, milliseconds; else the partition is given back. */
const COMPARE_LIMIT_MS = 3_000;

/** Looks at the logs of claimed partitions, and so where each goes on (lanes.md §4). */
export class ResumePoints {
  readonly #consumer: Pick<SoloConsumer, "identityAt">;
  readonly #logs: SharedCall<readonly (FoundLog & { readonly partition: number })[]>;

  constructor(admin: KafkaAdmin, topic: string, consumer: Pick<SoloConsumer, "identityAt">) {
    this.#consumer = consumer;
    this.#logs = new SharedCall(async () => {
      const [clusterId, bounds] = await Promise.all([admin.clusterId(), admin.logBounds(topic)]);
      return bounds.map((each) => ({ ...each, clusterId }));
    });
  }

  /** @throws when the log cannot be looked at, or changes meanwhile */
  async find(document: PartitionDocument): Promise<ResumePoint<PartitionDocument>> {
    const { partition } = document;
    // After the claim, so that nothing the former owner read is missed.
    const log = (await this.#logs.ask()).find((each) => each.partition === partition);
    if (log === undefined) throw new Error(`Partition ${partition} is not in the topic`);
    const offset = offsetToCompare(document, log);
    if (offset === undefined) return findResumePoint(document, log, undefined);
    const identity = await this.#consumer.identityAt(partition, offset, COMPARE_LIMIT_MS);
    if (identity === undefined) throw new Error(`The record at ${partition}/${offset} could not be read`);
    return findResumePoint(document, log, identity);
  }
}
