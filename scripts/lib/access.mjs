import { readKept } from "./kept-secret.mjs";
import { demoFile, importPackage } from "./paths.mjs";
import { UserError } from "./user-error.mjs";

/**
 * The ways into Kafka and MongoDB as the services read them; without an environment, those the local start told.
 *
 * @throws UserError naming everything that is wrong
 */
export async function readAccess() {
  const { kafkaAccess, readCommonConfig } = await importPackage("service");
  const kept = readKept(demoFile);
  const local = kept === undefined ? {} : JSON.parse(kept).urls;
  const KAFKA_BROKERS = process.env.KAFKA_BROKERS || local.kafka;
  const MONGODB_URI = process.env.MONGODB_URI || local.mongodb;
  try {
    const config = readCommonConfig({ ...process.env, KAFKA_BROKERS, MONGODB_URI });
    return { config, access: kafkaAccess(config) };
  } catch (error) {
    if (error.name !== "StartupError") throw error;
    throw new UserError(error.message);
  }
}
