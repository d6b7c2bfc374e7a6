/** The names of the topics under one prefix (architecture.md §2). */
export interface TopicNames {
  readonly inbound: string;
  readonly events: string;
  readonly deliveries: string;
  readonly attempts: string;
  readonly rejected: string;
}

/** One topic as it should be. */
export interface TopicSpec {
  readonly name: string;
  readonly partitions: number;
  readonly replicationFactor: number;
  readonly minInSyncReplicas: number;
  readonly retentionMs: number;
  readonly maxMessageBytes: number;
}

/** `max.message.bytes` of every topic: a record and its framing fit in. */
export const topicMessageBytesMax = 2 * 1024 * 1024;

/** @param prefix tests give their own, so that no two files share a topic */
export function topicNames(prefix = "hooklane"): TopicNames {
  return {
    inbound: `${prefix}.inbound.v1`,
    events: `${prefix}.events.v1`,
    deliveries: `${prefix}.deliveries.v1`,
    attempts: `${prefix}.attempts.v1`,
    rejected: `${prefix}.rejected.v1`,
  };
}

/** `production`: three brokers or more. `local`: one broker. */
export type TopicScale = "production" | "local";

const DAY_MS = 86_400_000;

const LAYOUT: Readonly<
  Record<keyof TopicNames, { production: number; local: number; retentionDays: number }>
> = {
  inbound: { production: 32, local: 4, retentionDays: 7 },
  events: { production: 32, local: 4, retentionDays: 7 },
  deliveries: { production: 64, local: 8, retentionDays: 7 },
  attempts: { production: 32, local: 4, retentionDays: 3 },
  rejected: { production: 4, local: 1, retentionDays: 14 },
};

/** The topics of architecture.md §2: partitions, retention, replication. */
export function topicLayout(scale: TopicScale, names: TopicNames = topicNames()): readonly TopicSpec[] {
  return (Object.keys(LAYOUT) as (keyof TopicNames)[]).map((topic) => ({
    name: names[topic],
    partitions: LAYOUT[topic][scale],
    replicationFactor: scale === "production" ? 3 : 1,
    minInSyncReplicas: scale === "production" ? 2 : 1,
    retentionMs: LAYOUT[topic].retentionDays * DAY_MS,
    maxMessageBytes: topicMessageBytesMax,
  }));
}
