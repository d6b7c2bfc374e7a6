/** What is done with a topic, by Kafka's names; `DescribeConfigs` is needed for every one, as its settings are checked. */
export type TopicOperation = "Read" | "Write" | "Describe";

/** What is done with a group. */
export type GroupOperation = "Read" | "Delete";

export interface TopicNeed {
  readonly name: string;
  readonly operations: readonly TopicOperation[];
}

export interface GroupNeed {
  /** Its id, or what the ids begin with. */
  readonly name: string;
  readonly isPrefix?: boolean;
  readonly operations: readonly GroupOperation[];
}

/** What a service uses of the cluster: the rights it has to have, and the topics that have to be there. */
export interface KafkaNeeds {
  readonly topics: readonly TopicNeed[];
  readonly groups: readonly GroupNeed[];
}
