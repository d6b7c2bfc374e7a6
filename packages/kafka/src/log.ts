import { logLevel, type logCreator } from "kafkajs";

/** The part of a logger this package uses; pino's fits. Events are static names, what varies is a field. */
export interface KafkaLog {
  debug(fields: object, event: string): void;
  info(fields: object, event: string): void;
  warn(fields: object, event: string): void;
  error(fields: object, event: string): void;
}

/**
 * kafkajs reports its own retries as errors and its habits as warnings. Both are one step lower here: what matters is
 * logged by the parts of this package under names of their own.
 */
export function toKafkajsLogCreator(log: KafkaLog): logCreator {
  return () =>
    ({ namespace, level, log: { message, ...fields } }) => {
      // The logger has a time and a name of its own.
      const entry = {
        ...fields,
        timestamp: undefined,
        logger: undefined,
        kafkajs: namespace,
        detail: message,
      };
      if (level <= logLevel.ERROR) log.warn(entry, "kafka.client_error");
      else if (level === logLevel.WARN) log.info(entry, "kafka.client_warning");
      else log.debug(entry, "kafka.client");
    };
}
