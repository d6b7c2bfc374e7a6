import { Kafka, logLevel, type RetryOptions } from "kafkajs";
import "./mended-kafkajs.js";
import { toKafkajsLogCreator, type KafkaLog } from "./log.js";
import { toSaslOptions, type KafkaSecurity } from "./security/kafka-security.js";
import { createTlsSockets } from "./security/tls-socket.js";

/** How to reach the cluster. */
export interface KafkaOptions {
  /** `host:port` of one or more brokers. */
  readonly brokers: readonly string[];
  /** Shown in the brokers' logs and quotas. */
  readonly clientId: string;
  readonly logger: KafkaLog;
  /** Default: none, in the clear. */
  readonly security?: KafkaSecurity;
}

/** What the parts of this package are made from. Holds no socket itself. */
export interface KafkaConnection {
  readonly kafka: Kafka;
  readonly clientId: string;
  readonly logger: KafkaLog;
}

/** A connection that knows which way it takes. */
export interface KafkaClient extends KafkaConnection {
  readonly brokers: readonly string[];
  readonly security: KafkaSecurity;
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

/**
 * Prepares a client of the cluster; nothing is connected yet.
 *
 * @throws never; a file of `security.tls` that cannot be read shows when it connects
 */
export function createKafka({ brokers, clientId, logger, security = {} }: KafkaOptions): KafkaClient {
  const { tls, sasl } = security;
  if (sasl?.mechanism === "plain" && tls === undefined) {
    logger.warn({ brokers, username: sasl.username }, "kafka.password_in_the_clear");
  }
  const kafka = new Kafka({
    brokers: [...brokers],
    clientId,
    connectionTimeout: 3_000,
    requestTimeout: 10_000,
    enforceRequestTimeout: true,
    retry: callRetry,
    logLevel: logLevel.WARN,
    logCreator: toKafkajsLogCreator(logger),
    ...(tls && { ssl: true, socketFactory: createTlsSockets(tls, logger) }),
    ...(sasl && { sasl: toSaslOptions(sasl) }),
  });
  return { kafka, clientId, logger, brokers, security };
}
