import { setTimeout as pause } from "node:timers/promises";
import { readAccess } from "./access.mjs";
import { describePlan, planTopic, readAddOptions } from "./partition-plan.mjs";
import { importPackage } from "./paths.mjs";
import { UserError } from "./user-error.mjs";

/** Brokers have so long to give an added partition a leader, milliseconds. */
const LEADER_LIMIT_MS = 60_000;

/** Running processes see added partitions within 10 s; a group that rebalances takes its time. Milliseconds. */
const TAKEN_IN_LIMIT_MS = 90_000;

const LOOK_MS = 250;

/**
 * Adds partitions to `events.v1` and `deliveries.v1` while the services run (docs/adr/0031): the topics first, then the
 * dispatchers' documents, and places for new workspaces and endpoints last, when what is placed there is read at once.
 * Each step is found done or not, so a run that was cut off is made whole by the next. The packages are built before.
 *
 * @returns the exit code; 1 when there is something left to do
 */
export async function addPartitions(args, terminal, signal) {
  const options = readAddOptions(args);
  try {
    return await run(options, terminal, signal);
  } catch (error) {
    if (error.name !== "KafkaError") throw error;
    throw new UserError(`Kafka: ${error.message}. What was done stays; run this again`);
  }
}

async function run({ wanted, isDryRun }, terminal, signal) {
  const context = await connect();
  try {
    const plans = await plan(context, wanted, terminal);
    if (isDryRun) return await tryOut(context, plans, terminal);
    for (const each of plans) await addToTopic(context, each, terminal, signal);
    if (plans.some(({ addsDocuments }) => addsDocuments)) {
      await context.partitions.ensure(wanted.deliveries);
      terminal.say(`documents for dispatchers: ${wanted.deliveries}`);
    }
    for (const each of plans.filter(({ addsPlaces }) => addsPlaces)) {
      if (!(await isTakenIn(context, each, terminal, signal))) return 1;
      await context.loads.ensure(placedTopic(each), each.to);
      terminal.say(`${each.topic}: ${WHAT[each.name]} that are new are placed on ${each.to} partitions`);
    }
    await sayLoads(context, plans, terminal);
    return 0;
  } catch (error) {
    throw context.explain(error);
  } finally {
    await context.close();
  }
}

const WHAT = { deliveries: "endpoints", events: "workspaces" };
const placedTopic = ({ name }) => `${name}.v1`;

async function connect() {
  const [kafka, store] = await Promise.all(["kafka", "store"].map(importPackage));
  const { config, access } = await readAccess();
  const prefix = config.HOOKLANE_TOPIC_PREFIX;
  const client = kafka.createKafka({
    ...access,
    clientId: "add-partitions",
    logger: SILENT,
  });
  const admin = new kafka.KafkaAdmin(client);
  const opened = await store.openStore({ uri: config.MONGODB_URI, database: config.MONGODB_DATABASE });
  return {
    admin,
    topics: kafka.topicNames(prefix),
    layout: kafka.topicLayout("local", kafka.topicNames(prefix)),
    routerGroup: `${prefix}.router`,
    partitions: new store.PartitionRepository(opened),
    members: new store.MemberRepository(opened),
    loads: new store.PartitionLoads(opened),
    /** A login or a certificate that is refused, with what to do. */
    explain: (error) => kafka.toConnectionRefusal(error, client) ?? error,
    close: async () => {
      await admin.close();
      await opened.close();
    },
  };
}

/** What there is to do, said; fails when some of it must not be done, before any of it is. */
async function plan({ admin, topics, layout, partitions, loads }, wanted, terminal) {
  const plans = [];
  for (const [name, count] of Object.entries(wanted)) {
    const standing = await admin.topicStanding(topics[name]);
    const places = (await loads.read(`${name}.v1`)).length;
    const stored = name === "deliveries" ? { documents: await partitions.count(), places } : { places };
    const each = planTopic(name, count, standing, stored);
    if (standing.leaderless.length > 0) {
      throw new UserError(
        `${standing.topic} has partitions without a leader (${standing.leaderless.join(", ")}): first bring back their brokers`,
      );
    }
    plans.push(each);
    terminal.say(describePlan(each, stored));
  }
  await checkSettings(admin, layout, plans, terminal);
  return plans;
}

/** A compacted topic loses records, so none is made larger; what else differs is said and left as it is. */
async function checkSettings(admin, layout, plans, terminal) {
  const differences = (await admin.compareTopics(layout)).filter(({ setting }) => setting !== "partitions");
  const touched = new Set(plans.map(({ topic }) => topic));
  const fatal = differences.find(
    ({ topic, setting }) =>
      touched.has(topic) && (setting === "cleanup.policy" || setting === "max.message.bytes"),
  );
  if (fatal !== undefined) {
    const { topic, setting, expected, found } = fatal;
    throw new UserError(
      `${topic} has ${setting} ${found} where ${expected} is needed: set that right first (kafka-configs.sh --alter)`,
    );
  }
  for (const { topic, setting, expected, found } of differences) {
    terminal.say(`${topic} has ${setting} ${found} where ${expected} is usual; left as it is`);
  }
}

async function tryOut({ admin }, plans, terminal) {
  for (const { topic, to, addsPartitions } of plans) {
    if (addsPartitions) await admin.addPartitions(topic, to, { isTrial: true });
  }
  terminal.say("the brokers would do it; nothing was changed");
  return 0;
}

async function addToTopic({ admin }, { topic, to, addsPartitions }, terminal, signal) {
  if (!addsPartitions) return;
  await admin.addPartitions(topic, to);
  const isThere = async () => {
    const standing = await admin.topicStanding(topic);
    return standing?.partitions === to && standing.leaderless.length === 0;
  };
  if (await until(isThere, LEADER_LIMIT_MS, signal)) {
    terminal.say(`${topic}: ${to} partitions, each with a leader`);
    return;
  }
  throw new UserError(
    `${topic} does not have ${to} partitions with a leader after ${LEADER_LIMIT_MS / 1_000} s. ` +
      "Nothing is placed on the new ones yet; run this again when the brokers are well",
  );
}

/** Before anything is placed there, the processes that run read every partition. */
async function isTakenIn(context, each, terminal, signal) {
  const look = each.name === "events" ? lookAtRouters : lookAtDispatchers;
  const startedAt = performance.now();
  let found = await look(context, each);
  const isDone = async () => {
    found = await look(context, each);
    return found.running === 0 || found.missing.length === 0;
  };
  const isDoneInTime = await until(isDone, TAKEN_IN_LIMIT_MS, signal);
  const seconds = ((performance.now() - startedAt) / 1_000).toFixed(1);
  if (!isDoneInTime) {
    terminal.say(
      `${each.topic}: after ${seconds} s nobody reads ${found.missing.join(", ")}; ${WHAT[each.name]} that are new go to ` +
        "the former partitions as before. See what the " +
        `${each.name === "events" ? "routers" : "dispatchers"} log, and run this again`,
    );
    return false;
  }
  terminal.say(
    found.running === 0
      ? `${each.topic}: nothing runs that reads it; the next to start takes all ${each.to} partitions in`
      : `${each.topic}: taken in by ${found.running} running process(es), after ${seconds} s`,
  );
  return true;
}

async function lookAtRouters({ admin, routerGroup }, { topic, to }) {
  const { members, partitions } = await admin.groupStanding(routerGroup, topic);
  return { running: members, missing: missingOf(to, partitions) };
}

async function lookAtDispatchers({ members, partitions }, { to }) {
  const [running, standings] = await Promise.all([members.countAlive(), partitions.list("add-partitions")]);
  const held = standings.filter(({ isClaimable }) => !isClaimable).map(({ partition }) => partition);
  return { running, missing: missingOf(to, held) };
}

function missingOf(count, present) {
  const found = new Set(present);
  return Array.from({ length: count }, (_, partition) => partition).filter((each) => !found.has(each));
}

async function until(isDone, limitMs, signal) {
  const deadline = performance.now() + limitMs;
  while (!(await isDone())) {
    if (performance.now() > deadline) return false;
    await pause(LOOK_MS, undefined, { signal });
  }
  return true;
}

/** Where what is new will go: to the partitions with the fewest. */
async function sayLoads({ loads }, plans, terminal) {
  for (const each of plans) {
    const found = (await loads.read(placedTopic(each))).map(({ load }) => load);
    terminal.say(
      `${each.topic}: ${Math.min(...found)} to ${Math.max(...found)} ${WHAT[each.name]} a partition; ` +
        "none was moved, the next go where fewest are",
    );
  }
}

/** What goes wrong is thrown; what the client notes on the way is of no use at the terminal. */
const SILENT = { debug() {}, info() {}, warn() {}, error() {} };
