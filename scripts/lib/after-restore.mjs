import { readAccess } from "./access.mjs";
import { importPackage } from "./paths.mjs";
import { UserError } from "./user-error.mjs";

/** Clocks of machines differ, and a dump that is said to begin at a minute began within it, milliseconds. */
const MARGIN_MS = 2 * 60_000;

/**
 * After MongoDB was restored from a dump and before any service starts: has the services go on from the dump's time, so
 * that what Kafka still has since then is logged and delivered (docs/backup.md). Safe to run again.
 *
 * @returns the exit code
 */
export async function afterRestore(args, terminal) {
  const takenAt = readTaken(args);
  const [kafka, store] = await Promise.all(["kafka", "store"].map(importPackage));
  const { config, access } = await readAccess();
  const prefix = config.HOOKLANE_TOPIC_PREFIX;
  const client = kafka.createKafka({ ...access, clientId: "after-restore", logger: SILENT });
  const admin = new kafka.KafkaAdmin(client);
  const opened = await store.openStore({ uri: config.MONGODB_URI, database: config.MONGODB_DATABASE });
  try {
    await assertStopped(admin, prefix);
    const topics = kafka.topicNames(prefix);
    const since = takenAt.getTime() - MARGIN_MS;
    await rewind(admin, `${prefix}.router`, topics.events, since, terminal);
    await rewind(admin, `${prefix}.health-monitor`, topics.attempts, since, terminal);
    const partitions = await new store.PartitionRepository(opened).releaseRestored();
    terminal.say(`${partitions} partitions of ${topics.deliveries} go on from their restored checkpoints`);
    terminal.say("the services may start");
    return 0;
  } catch (error) {
    if (error.name === "KafkaError") throw new UserError(`Kafka: ${error.message}. Run this again`);
    throw kafka.toConnectionRefusal(error, client) ?? error;
  } finally {
    await admin.close();
    await opened.close();
  }
}

const USAGE = "say when the dump began, with its zone: --taken 2026-01-15T10:00:00Z";

function readTaken(args) {
  const [option, text = "", ...rest] = args;
  const at = new Date(text);
  const isZoned = /T.*(Z|[+-]\d\d:?\d\d)$/.test(text);
  if (option !== "--taken" || rest.length > 0 || !isZoned || Number.isNaN(at.getTime())) {
    throw new UserError(USAGE);
  }
  if (at.getTime() > Date.now()) throw new UserError(`${text} has not come yet; ${USAGE}`);
  return at;
}

/** A service that runs works on with what it knew before, and a group with members cannot be set back. */
async function assertStopped(admin, prefix) {
  const running = await admin.listRunningGroups(`${prefix}.`);
  if (running.length === 0) return;
  throw new UserError(
    `stop all services first: ${running.join(", ")} still has members (one that was killed is gone after 6 s)`,
  );
}

async function rewind(admin, group, topic, since, terminal) {
  const rewound = await admin.rewindGroup(group, topic, since);
  const records = rewound.reduce((sum, { from, to }) => sum + from - to, 0);
  terminal.say(`${group}: ${records} records of ${topic} are read once more`);
}

const SILENT = { debug() {}, info() {}, warn() {}, error() {} };
