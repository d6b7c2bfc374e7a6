import kafkajs, {
  CompressionTypes,
  Partitioners,
  type Message,
  type Producer as KafkajsProducer,
} from "kafkajs";
import type { KafkaConnection } from "../connection.js";

/** Base offset the broker gave to a partition's share of a send. */
export interface ShareReceipt {
  readonly topic: string;
  readonly partition: number;
  readonly baseOffset: number;
}

/** The edge to kafkajs: what {@link Producer} needs of an idempotent producer, so that a test can stand in for it. */
export interface ProducerClient {
  connect(): Promise<void>;
  /** One record batch a partition, in the order given. */
  sendBatch(
    topicMessages: readonly { topic: string; messages: Message[] }[],
  ): Promise<readonly ShareReceipt[]>;
  disconnect(): Promise<void>;
}

/** Time the brokers have to replicate a send; below the client's own limit, so that the answer is theirs. */
const REPLICATION_LIMIT_MS = 8_000;

/**
 * An idempotent kafkajs producer, `acks=all`. kafkajs insists on at least one retry of its own for an idempotent
 * producer; it repeats the identical batch under the same sequence, all further repetition is ours.
 */
export function createProducerClient({ kafka }: KafkaConnection): ProducerClient {
  const producer: KafkajsProducer = kafka.producer({
    idempotent: true,
    allowAutoTopicCreation: false,
    createPartitioner: createPinningPartitioner,
    retry: { retries: 1, initialRetryTime: 100, maxRetryTime: 500, factor: 0.2, multiplier: 2 },
  });
  return {
    connect: () => producer.connect(),
    disconnect: () => producer.disconnect(),
    sendBatch: async (topicMessages) => {
      const receipts = await producer.sendBatch({
        topicMessages: [...topicMessages],
        acks: -1,
        timeout: REPLICATION_LIMIT_MS,
        compression: CompressionTypes.None,
      });
      return receipts.map(({ topicName, partition, baseOffset }) => ({
        topic: topicName,
        partition,
        baseOffset: Number(baseOffset ?? -1),
      }));
    },
  };
}

/** Makes kafkajs ask for the partitions of its topics again, and then repeat the send: it goes by the name. */
class MetadataOutdated extends kafkajs.KafkaJSError {
  override name = "KafkaJSMetadataNotLoaded";
}

/**
 * Writes the partition chosen from the key onto the message: a repetition goes to the same partition even when the topic
 * got more of them meanwhile, and the caller learns where its record went.
 *
 * A partition that kafkajs has not heard of was added to the topic within the last minutes. kafkajs 2.2.4 would leave its
 * records out, write those of all other partitions, and report success; told that its knowledge is out of date, it asks
 * the cluster and begins the send anew, of which nothing was written yet.
 */
function createPinningPartitioner(): ReturnType<typeof Partitioners.DefaultPartitioner> {
  const choose = Partitioners.DefaultPartitioner();
  return (args) => {
    const { message, partitionMetadata, topic } = args;
    const partition = (message.partition ??= choose(args));
    if (partitionMetadata.some(({ partitionId }) => partitionId === partition)) return partition;
    throw new MetadataOutdated(`Partition ${partition} of ${topic} is not known here yet`);
  };
}
