import { z } from "zod";
import { commonConfig } from "./fragments.js";
import { type Environment, loadConfig } from "./load-config.js";

const schema = z.object(commonConfig);

/**
 * The variables every service has, for a command that works on the same Kafka and the same database.
 *
 * @throws StartupError naming every bad variable
 */
export function readCommonConfig(env: Environment): z.output<typeof schema> {
  return loadConfig(schema, env);
}
