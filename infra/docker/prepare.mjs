/**
 * Readies Kafka and one MongoDB node for the services, then ends: the replica set, and the topics with their settings
 * (architecture.md §2), and the database (docs/upgrading.md). What is there is left as it is, so it runs before every start.
 *
 * Environment: `KAFKA_BROKERS` and the other `KAFKA_…` variables of the services, `HOOKLANE_TOPIC_PREFIX`, `TOPIC_SCALE`
 * (`local`: one broker; `production`: three) and `MONGODB_ADDRESS` (host:port, as the services reach it). Where both are protected, whoever runs them makes the replica
 * set, and create-topics.mjs and migrate.mjs beside this file do the rest.
 */
import { setTimeout as pause } from "node:timers/promises";
import { mongo } from "mongoose";
import { readDatabase } from "../../scripts/lib/database.mjs";
import { runMain } from "../../scripts/lib/main.mjs";
import { migrate } from "../../scripts/lib/migrate.mjs";
import { importPackage } from "../../scripts/lib/paths.mjs";
import { ensureTopics } from "../../scripts/lib/topics.mjs";
import { UserError } from "../../scripts/lib/user-error.mjs";

/** Time for MongoDB to start and to become primary, milliseconds. */
const PRIMARY_LIMIT_MS = 60_000;

/** MongoDB's own code for a replica set that is there already. */
const ALREADY_INITIALIZED = 23;

await runMain(async (terminal, signal) => {
  const brokers = readRequired("KAFKA_BROKERS");
  const { security } = (await importPackage("service")).readKafkaAccess(process.env);
  const scale = readRequired("TOPIC_SCALE");
  const address = readRequired("MONGODB_ADDRESS");
  await terminal.step(`replica set of ${address}`, () => waitForPrimary(address));
  await terminal.step(`topics on ${brokers}`, () => ensureTopics(brokers, scale, terminal, security));
  const { database } = readDatabase({ ...process.env, MONGODB_URI: address });
  const uri = `mongodb://${address}/?replicaSet=rs0`;
  await terminal.step(`database ${database}`, () => migrate({ uri, database }, terminal, signal));
});

function readRequired(name) {
  const value = process.env[name];
  if (!value) throw new UserError(`${name} is not set`);
  return value;
}

async function waitForPrimary(address) {
  // Directly, because a node without a configuration belongs to no set.
  const client = new mongo.MongoClient(`mongodb://${address}/?directConnection=true`);
  try {
    const admin = client.db("admin");
    await initiate(admin, address);
    const deadline = performance.now() + PRIMARY_LIMIT_MS;
    while (!(await admin.command({ hello: 1 })).isWritablePrimary) {
      if (performance.now() > deadline) throw new UserError(`${address} does not become primary`);
      await pause(200);
    }
  } finally {
    await client.close();
  }
}

async function initiate(admin, address) {
  try {
    await admin.command({ replSetInitiate: { _id: "rs0", members: [{ _id: 0, host: address }] } });
  } catch (error) {
    if (error.code !== ALREADY_INITIALIZED) throw error;
  }
}
