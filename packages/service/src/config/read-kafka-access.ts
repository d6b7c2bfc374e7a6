import { z } from "zod";
import { kafkaAccess, kafkaConfig } from "./kafka-access.js";
import { loadConfig, type Environment } from "./load-config.js";

const schema = z.object(kafkaConfig);

/**
 * Where Kafka is and how to get in, for scripts that need nothing else.
 *
 * @throws StartupError naming every bad variable at once
 */
export function readKafkaAccess(env: Environment): ReturnType<typeof kafkaAccess> {
  return kafkaAccess(loadConfig(schema, env));
}
