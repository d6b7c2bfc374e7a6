import { CompressionTypes, Partitioners, type Message, type Producer as KafkajsProducer } from "kafkajs";
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

/**
 * Writes the partition chosen from the key onto the message: a repetition goes to the same partition even when the topic
 * got more of them meanwhile, and the caller learns where its record went.
 */
function createPinningPartitioner(): ReturnType<typeof Partitioners.DefaultPartitioner> {
  const choose = Partitioners.DefaultPartitioner();
  return (args) => (args.message.partition ??= choose(args));
}
