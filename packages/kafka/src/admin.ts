import { randomUUID } from "node:crypto";
import type { Admin } from "kafkajs";
import type { KafkaConnection } from "./connection.js";
import { ConsumerSession } from "./consumer/consumer-session.js";
import { KafkaError, toKafkaError, type KafkaErrorCode } from "./errors.js";
import { listRunningGroups, rewindGroup, type RewoundPartition } from "./group-rewind.js";
import { pauseAfterFailure, sleepUntil, withinTime } from "./pause.js";
import { createProducerClient } from "./producer/producer-client.js";
import {
  compareTopics,
  type GroupStanding,
  raisePartitions,
  readGroupStanding,
  readTopicStanding,
  type TopicDifference,
  type TopicStanding,
} from "./topic-standing.js";
import type { TopicSpec } from "./topics.js";

/** What {@link KafkaAdmin.ensureTopics} did and saw. */
export interface EnsuredTopics {
  readonly created: readonly string[];
  readonly differences: readonly TopicDifference[];
}

/** The ends of a partition's log: offsets in [first, end) exist. */
export interface LogBounds {
  readonly partition: number;
  readonly first: number;
  readonly end: number;
}

const CALL_ATTEMPTS_MAX = 5;

/** Questions to the cluster, and the creation of topics. Every call rejects with a {@link KafkaError}. */
export class KafkaAdmin {
  readonly #connection: KafkaConnection;
  #admin: Promise<Admin> | undefined;

  constructor(connection: KafkaConnection) {
    this.#connection = connection;
  }

  /**
   * Creates the topics that are missing and compares the others. Two processes may do it at the same time.
   *
   * @returns what was created, and what differs: a partition count is the place of every endpoint, a retention somebody's
   *   decision, so neither is changed here
   */
  async ensureTopics(layout: readonly TopicSpec[]): Promise<EnsuredTopics> {
    const created = new Set<string>();
    // A topic just created, here or elsewhere, is "unknown" to a broker for a moment.
    return this.#call(
      async (admin) => {
        const existing = new Set(await admin.listTopics());
        const missing = layout.filter(({ name }) => !existing.has(name));
        // False means that another process was quicker; then its topics are compared.
        if (missing.length > 0 && (await admin.createTopics({ topics: missing.map(toCreation) }))) {
          for (const { name } of missing) created.add(name);
        }
        const differences = await compareTopics(admin, layout);
        return { created: [...created], differences };
      },
      ["not_ready", "unreachable", "unknown_topic"],
    );
  }

  /**
   * Compares topics with what they should be, and changes nothing.
   *
   * @throws KafkaError `unknown_topic` when one is missing
   */
  async compareTopics(layout: readonly TopicSpec[]): Promise<readonly TopicDifference[]> {
    return this.#call((admin) => compareTopics(admin, layout));
  }

  /** @returns undefined when there is no such topic */
  async topicStanding(topic: string): Promise<TopicStanding | undefined> {
    return this.#call((admin) => readTopicStanding(admin, topic));
  }

  /** Which partitions of a topic the members of a shared group have. */
  async groupStanding(groupId: string, topic: string): Promise<GroupStanding> {
    return this.#call((admin) => readGroupStanding(admin, groupId, topic));
  }

  /** Groups with members, of those whose names begin so. */
  async listRunningGroups(prefix: string): Promise<readonly string[]> {
    return this.#call((admin) => listRunningGroups(admin, prefix));
  }

  /**
   * Sets a group without members back to the first records of a time, and nowhere forward.
   *
   * @param timestampMs milliseconds since 1970
   */
  async rewindGroup(
    groupId: string,
    topic: string,
    timestampMs: number,
  ): Promise<readonly RewoundPartition[]> {
    return this.#call((admin) => rewindGroup(admin, groupId, topic, timestampMs));
  }

  /**
   * Raises the number of a topic's partitions to `count`; what is in the others stays where it is.
   *
   * @param options with `isTrial` the brokers only say whether they would
   * @returns false when it has as many already
   * @throws KafkaError `unknown_topic`, `not_authorized`, or `unexpected` as when it has more
   */
  async addPartitions(
    topic: string,
    count: number,
    options: { readonly isTrial?: boolean } = {},
  ): Promise<boolean> {
    return this.#call((admin) => raisePartitions(admin, topic, count, options.isTrial ?? false));
  }

  /** The cluster's id: another one means another log (lanes.md §4). */
  async clusterId(): Promise<string> {
    return this.#call(async (admin) => (await admin.describeCluster()).clusterId);
  }

  /** @throws KafkaError `unknown_topic` */
  async partitionCount(topic: string): Promise<number> {
    return this.#call(async (admin) => {
      const { topics } = await admin.fetchTopicMetadata({ topics: [topic] });
      const count = topics[0]?.partitions.length ?? 0;
      if (count === 0) throw new KafkaError("unknown_topic", `The topic ${topic} has no partitions`);
      return count;
    });
  }

  /** The ends of every partition's log, by partition. */
  async logBounds(topic: string): Promise<readonly LogBounds[]> {
    return this.#call(async (admin) => {
      const offsets = await admin.fetchTopicOffsets(topic);
      const { topics } = await admin.fetchTopicMetadata({ topics: [topic] });
      // kafkajs asks for the partitions it knew up to five minutes ago; a new client asks for those added since, too.
      if (topics[0]?.partitions.length !== offsets.length)
        throw new KafkaError("not_ready", `The partitions of ${topic} have changed`);
      return offsets
        .map(({ partition, low, high }) => ({ partition, first: Number(low), end: Number(high) }))
        .sort((a, b) => a.partition - b.partition);
    });
  }

  /** Offsets a group has committed on a topic, by partition; -1 where none. */
  async committedOffsets(groupId: string, topic: string): Promise<ReadonlyMap<number, number>> {
    return this.#call(async (admin) => {
      const [found] = await admin.fetchOffsets({ groupId, topics: [topic] });
      return new Map((found?.partitions ?? []).map(({ partition, offset }) => [partition, Number(offset)]));
    });
  }

  /** For tests and `reset`: topics that do not exist are fine. */
  async deleteTopics(topics: readonly string[]): Promise<void> {
    await this.#call(async (admin) => {
      const existing = new Set(await admin.listTopics());
      const doomed = topics.filter((topic) => existing.has(topic));
      if (doomed.length > 0) await admin.deleteTopics({ topics: doomed });
    });
  }

  /** Deletes groups without members. */
  async deleteGroups(groupIds: readonly string[]): Promise<void> {
    await this.#call((admin) => admin.deleteGroups([...groupIds]));
  }

  /**
   * Waits until the cluster does what the services need: a consumer really joins a group, and an idempotent producer gets
   * its id. Just after its start a broker listens and answers "loading".
   *
   * @param topic any existing topic
   * @throws KafkaError `not_ready` naming the last failure when it takes longer than `limitMs`
   */
  async waitUntilReady(topic: string, limitMs: number): Promise<void> {
    const limit = AbortSignal.timeout(limitMs);
    let last: KafkaError | undefined;
    for (let attempt = 1; !limit.aborted; attempt++) {
      try {
        await this.#tryProducer();
        await this.#tryGroup(topic, limit);
        return;
      } catch (error) {
        last = toKafkaError(error);
        await pauseAfterFailure(attempt, limit);
      }
    }
    throw new KafkaError("not_ready", `Kafka was not ready within ${limitMs} ms`, { cause: last });
  }

  async close(): Promise<void> {
    const admin = this.#admin;
    this.#admin = undefined;
    if (admin) await admin.then((connected) => connected.disconnect()).catch(() => undefined);
  }

  async #tryProducer(): Promise<void> {
    const client = createProducerClient(this.#connection);
    try {
      await client.connect();
    } finally {
      await client.disconnect();
    }
  }

  async #tryGroup(topic: string, limit: AbortSignal): Promise<void> {
    const groupId = `hooklane.warm-up.${randomUUID()}`;
    const session = new ConsumerSession(
      this.#connection,
      { groupId, topics: [topic] },
      { onJoined: () => undefined, onLost: () => undefined, onBatch: () => undefined },
    );
    session.start();
    try {
      while (!session.isJoined && !limit.aborted) await sleepUntil(20, limit);
      if (!session.isJoined) throw new KafkaError("not_ready", "No consumer could join a group");
    } finally {
      await session.close();
      await withinTime(
        this.deleteGroups([groupId]).catch(() => undefined),
        2_000,
      );
    }
  }

  /** Repeats what fails because the cluster moves: kafkajs keeps stale leaders for minutes, so with a new client. */
  async #call<T>(
    call: (admin: Admin) => Promise<T>,
    passing: readonly KafkaErrorCode[] = ["not_ready", "unreachable"],
  ): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      const connecting = (this.#admin ??= this.#connect());
      try {
        return await call(await connecting);
      } catch (caught) {
        const error = toKafkaError(caught);
        const isPassing = passing.includes(error.code);
        if (isPassing && this.#admin === connecting) await this.close();
        if (!isPassing || attempt >= CALL_ATTEMPTS_MAX) throw error;
        await sleepUntil(100 * attempt, new AbortController().signal);
      }
    }
  }

  async #connect(): Promise<Admin> {
    const admin = this.#connection.kafka.admin();
    await admin.connect();
    return admin;
  }
}

function toCreation(spec: TopicSpec) {
  return {
    topic: spec.name,
    numPartitions: spec.partitions,
    replicationFactor: spec.replicationFactor,
    configEntries: [
      { name: "retention.ms", value: String(spec.retentionMs) },
      { name: "max.message.bytes", value: String(spec.maxMessageBytes) },
      { name: "min.insync.replicas", value: String(spec.minInSyncReplicas) },
      { name: "cleanup.policy", value: "delete" },
      { name: "unclean.leader.election.enable", value: "false" },
    ],
  };
}
