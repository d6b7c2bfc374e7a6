export { KafkaAdmin, type EnsuredTopics, type LogBounds } from "./admin.js";
export { toOutgoingRecord, toRawRecord } from "./contract-records.js";
export { createKafka, type KafkaClient, type KafkaConnection, type KafkaOptions } from "./connection.js";
export { GroupConsumer, type GroupConsumerOptions, type PartitionLag } from "./consumer/group-consumer.js";
export type { BatchHandler, PartitionBatch } from "./consumer/partition-worker.js";
export {
  type ReadRecord,
  SoloConsumer,
  type SoloConsumerOptions,
  type SoloConsumerStats,
} from "./consumer/solo-consumer.js";
export { KafkaError, type KafkaErrorCode } from "./errors.js";
export type { KafkaLog } from "./log.js";
export { Producer, type ProducerOptions, type ProducerStats } from "./producer/producer.js";
export type { ProducerClient, ShareReceipt } from "./producer/producer-client.js";
export {
  copyBytes,
  copyRecord,
  headerText,
  recordBytes,
  type ConsumedRecord,
  type OutgoingRecord,
  type RecordHeaders,
  type RecordPosition,
} from "./record.js";
export type { KafkaSasl, KafkaSecurity, KafkaTls } from "./security/kafka-security.js";
export { checkKafka } from "./start-check/check-kafka.js";
export { checkPartitions, type PartitionPlaces } from "./start-check/check-partitions.js";
export { toConnectionRefusal } from "./start-check/connection-refusal.js";
export type {
  GroupNeed,
  GroupOperation,
  KafkaNeeds,
  TopicNeed,
  TopicOperation,
} from "./start-check/kafka-needs.js";
export { KafkaRefusal } from "./start-check/kafka-refusal.js";
export type { RewoundPartition } from "./group-rewind.js";
export { recordIdentity } from "./record-identity.js";
export type { GroupStanding, TopicDifference, TopicStanding } from "./topic-standing.js";
export {
  topicLayout,
  topicMessageBytesMax,
  topicNames,
  type TopicNames,
  type TopicScale,
  type TopicSpec,
} from "./topics.js";
export type { DecodeFaultCode, DecodeOutcome } from "./decoder/outcome.js";
export { ValueDecoder, type ValueDecoderOptions } from "./decoder/value-decoder.js";
