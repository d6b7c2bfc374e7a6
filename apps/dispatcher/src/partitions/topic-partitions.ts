import type { Logger } from "@hooklane/service";
import type { PartitionRepository, PartitionStanding } from "@hooklane/store";

/** What {@link TopicPartitions} needs. */
export interface TopicPartitionsParts {
  readonly topic: string;
  readonly partitions: Pick<PartitionRepository, "ensure">;
  readonly logger: Logger;
}

/**
 * The partitions of the topic as this process can read them, and a document for each (docs/adr/0031). Partitions may be
 * added while it runs; those it cannot read yet are left to others.
 */
export class TopicPartitions {
  readonly #parts: TopicPartitionsParts;
  #count = 0;
  #ensured = 0;
  #tooMany = 0;

  constructor(parts: TopicPartitionsParts) {
    this.#parts = parts;
  }

  /** @param count partitions of the topic, as of a look at it or the last join */
  note(count: number): void {
    this.#count = count;
  }

  /** Makes the documents that are missing: a partition without one is read by nobody. @throws when MongoDB does not answer */
  async ensure(): Promise<void> {
    const count = this.#count;
    if (count <= this.#ensured) return;
    await this.#parts.partitions.ensure(count);
    this.#ensured = count;
  }

  /** Without those which the topic does not have here: claimed, they could not be opened, and would count as a share. */
  readable(standings: readonly PartitionStanding[]): readonly PartitionStanding[] {
    const readable = standings.filter(({ partition }) => partition < this.#count);
    const tooMany = standings.length - readable.length;
    if (tooMany !== this.#tooMany && tooMany > 0) {
      const { logger, topic } = this.#parts;
      logger.warn(
        {
          topic,
          partitions: this.#count,
          documents: standings.length,
          action:
            "Usual for seconds while partitions are added. If it lasts, the topic was made anew with fewer of them: " +
            "run add-partitions with the number of documents",
        },
        "partition.not_in_topic",
      );
    }
    this.#tooMany = tooMany;
    return readable;
  }
}
