import { Kafka, logLevel, type RetryOptions } from "kafkajs";
import "./mended-kafkajs.js";
import { toKafkajsLogCreator, type KafkaLog } from "./log.js";

/** How to reach the cluster. */
export interface KafkaOptions {
  /** `host:port` of one or more brokers. */
  readonly brokers: readonly string[];
  /** Shown in the brokers' logs and quotas. */
  readonly clientId: string;
  readonly logger: KafkaLog;
}

/** What the parts of this package are made from. Holds no socket itself. */
export interface KafkaConnection {
  readonly kafka: Kafka;
  readonly clientId: string;
  readonly logger: KafkaLog;
}

/** Calls of admin and consumer; short, as whoever uses them retries without limit. Every field is set: kafkajs's
 * defaults depend on NODE_ENV. */
export const callRetry: RetryOptions = {
  retries: 5,
  initialRetryTime: 200,
  maxRetryTime: 2_000,
  factor: 0.2,
  multiplier: 2,
};

/** Prepares a client of the cluster; nothing is connected yet. */
export function createKafka({ brokers, clientId, logger }: KafkaOptions): KafkaConnection {
  const kafka = new Kafka({
    brokers: [...brokers],
    clientId,
    connectionTimeout: 3_000,
    requestTimeout: 10_000,
    enforceRequestTimeout: true,
    retry: callRetry,
    logLevel: logLevel.WARN,
    logCreator: toKafkajsLogCreator(logger),
  });
  return { kafka, clientId, logger };
}
