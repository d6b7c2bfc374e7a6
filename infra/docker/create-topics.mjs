/**
 * Makes the topics that are missing on the cluster the environment names, says what differs in those that exist, and ends
 * (architecture.md §2). Nothing that is there is changed, so it runs before every installation and upgrade (infra/helm).
 *
 *   create-topics.mjs production    three brokers or more
 *   create-topics.mjs local         one broker
 *
 * Environment: what every service has for Kafka (`KAFKA_BROKERS`, `KAFKA_TLS`, `KAFKA_SASL_MECHANISM`, …) and
 * `HOOKLANE_TOPIC_PREFIX`. Its user needs the right to create topics; those of the services do not.
 */
import { runMain } from "../../scripts/lib/main.mjs";
import { importPackage } from "../../scripts/lib/paths.mjs";
import { ensureTopics } from "../../scripts/lib/topics.mjs";
import { UserError } from "../../scripts/lib/user-error.mjs";

const SCALES = ["production", "local"];

await runMain(async (terminal) => {
  const scale = process.argv[2];
  if (!SCALES.includes(scale))
    throw new UserError(`${scale ?? "nothing"} is not one of ${SCALES.join(", ")}`);
  const { brokers, security } = await readAccess();
  const list = brokers.join(",");
  try {
    await terminal.step(`topics on ${list}`, () => ensureTopics(list, scale, terminal, security));
  } catch (error) {
    if (error.name !== "KafkaError") throw error;
    throw new UserError([`Kafka: ${error.message}`, ...listReasons(error)].join("\n  "));
  }
});

/** What the brokers say of single topics, once each: such as a replication factor above the number of brokers. */
function listReasons({ cause }) {
  return [...new Set((cause?.errors ?? []).map(({ message }) => message))];
}

async function readAccess() {
  const { readKafkaAccess } = await importPackage("service");
  try {
    return readKafkaAccess(process.env);
  } catch (error) {
    if (error.name === "StartupError") throw new UserError(error.message);
    throw error;
  }
}
