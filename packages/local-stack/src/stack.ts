import { mkdir } from "node:fs/promises";
import { resolve } from "node:path";
import { stopLeftovers } from "./leftovers.js";
import { KAFKA_FIRST_FILE, kafkaDir, startKafkaNode } from "./nodes/kafka-node.js";
import { MONGODB_FIRST_FILE, mongodbDir, startMongodbNode } from "./nodes/mongodb-node.js";
import { startRegistryNode, toRegistryUrl } from "./nodes/registry-node.js";
import { toMongodbUri } from "./nodes/replica-set.js";
import type { StartContext } from "./nodes/start-context.js";
import { SupervisedProcess, type Launch } from "./processes/supervised-process.js";
import { isPortFree, type StackPorts } from "./ports.js";
import { pollUntil } from "./poll.js";
import type { Progress } from "./progress.js";
import { assertFreeSpace, findCacheDir } from "./sources/cache.js";
import { nothingAvailable } from "./sources/first-available.js";
import { findJava, WANTED_JAVA, type Java } from "./sources/java.js";
import { findKafka } from "./sources/kafka.js";
import type { JavaFinder } from "./sources/kafka-jars.js";
import { findKeptData } from "./sources/kept-data.js";
import { findMongod } from "./sources/mongod.js";
import { findRegistryJar } from "./sources/registry-jar.js";
import type { SourceContext } from "./sources/source-context.js";
import { StackError } from "./stack-error.js";
import type { StackSecurity } from "./stack-security.js";

/** A part of the stack that runs elsewhere already and need not be started. */
export interface GivenStack {
  /** `host:port`, more than one separated by commas. */
  readonly kafkaBrokers?: string | undefined;
  readonly mongodbUri?: string | undefined;
  readonly registryUrl?: string | undefined;
}

export interface StackOptions {
  /** Folder for data, logs and pid files; kept between starts. */
  readonly dir: string;
  readonly ports: StackPorts;
  /** Start the schema registry as well; default false. */
  readonly registry?: boolean;
  readonly given?: GivenStack;
  /** Default: everything is open to this machine. */
  readonly security?: StackSecurity;
  /** Environment of the programs, and where `JAVA_HOME`, `MONGOD_BINARY` and `HOOKLANE_CACHE` are read; default: ours. */
  readonly env?: NodeJS.ProcessEnv;
  readonly onProgress?: Progress;
  /** Ends a start that is under way; what was started is stopped. */
  readonly signal?: AbortSignal;
}

/** A stack that is ready for use. */
export interface RunningStack {
  readonly kafkaBrokers: string;
  readonly mongodbUri: string;
  /** Present when the stack has a registry. */
  readonly registryUrl?: string;
  /** Stops what was started, in order, and keeps the data. Safe to call twice. */
  stop(): Promise<void>;
}

/** The longest a stopped program's port is waited for, milliseconds. */
const PORT_LINGER_MS = 5_000;

/** Free space a stack needs to begin with, in bytes. */
const BYTES_NEEDED = 500_000_000;

/**
 * Starts real Kafka and real MongoDB for one machine (architecture.md §5): stops what an earlier start has left in `dir`,
 * finds the programs, starts them at once and waits until they are usable. A node that ends later is started again.
 * Fails with a {@link StackError}; then nothing is left running.
 */
export async function startStack(options: StackOptions): Promise<RunningStack> {
  const { ports, given = {}, onProgress: progress = ignoreProgress } = options;
  const dir = resolve(options.dir);
  await mkdir(dir, { recursive: true });
  await assertFreeSpace(dir, BYTES_NEEDED);
  const leftovers = await stopLeftovers(dir, options.env);
  if (leftovers.length > 0) progress(`stopped what an earlier start had left: ${leftovers.join(", ")}`);

  const parts: Parts = {
    kafka: given.kafkaBrokers === undefined,
    mongodb: given.mongodbUri === undefined,
    registry: options.registry === true && given.registryUrl === undefined,
  };
  await assertPortsFree(parts, ports, leftovers.length > 0 ? PORT_LINGER_MS : 0);
  // Ends what is under way: a start when one node fails, a restart when the stack is stopped.
  const end = new AbortController();
  const signal = options.signal === undefined ? end.signal : AbortSignal.any([options.signal, end.signal]);
  const nodes = await startNodes(parts, { ...options, dir, signal }, () => end.abort());
  const registryUrl = parts.registry ? toRegistryUrl(ports.registry) : given.registryUrl;
  return {
    kafkaBrokers: given.kafkaBrokers ?? `127.0.0.1:${ports.kafka}`,
    mongodbUri: given.mongodbUri ?? options.security?.mongodbUri ?? toMongodbUri(ports.mongodb),
    ...(registryUrl === undefined ? {} : { registryUrl }),
    stop: async () => {
      end.abort();
      await Promise.all(nodes.map((node) => node.stop()));
    },
  };
}

/** Which parts are to be started here. */
interface Parts {
  readonly kafka: boolean;
  readonly mongodb: boolean;
  readonly registry: boolean;
}

async function startNodes(
  parts: Parts,
  options: StackOptions,
  onFailure: () => void,
): Promise<SupervisedProcess[]> {
  const { dir, ports, signal, security = {} } = options;
  const { env = process.env, onProgress: progress = ignoreProgress } = options;
  const source: SourceContext = { cacheDir: findCacheDir(env), env, progress, signal };
  const context: StartContext = { dir, env, signal };
  let java: Promise<Java | undefined> | undefined;
  // Looked for once, and only when something needs it: Kafka in a container does not.
  const findJavaOnce: JavaFinder = () => (java ??= findJava(source));

  const starts: Promise<SupervisedProcess>[] = [];
  const start = (name: string, find: () => Promise<Launch>): void => {
    const started = find().then((launch) => startNode(name, launch, progress));
    started.catch(onFailure);
    starts.push(started);
  };
  if (parts.kafka) {
    start("Kafka", async () => {
      const program = await findKafka(findKeptData(kafkaDir(dir), KAFKA_FIRST_FILE), findJavaOnce, source);
      const { kafka: port, kafkaController: controllerPort } = ports;
      return () => startKafkaNode({ program, port, controllerPort, security }, context);
    });
  }
  if (parts.mongodb) {
    start("MongoDB", async () => {
      const program = await findMongod(findKeptData(mongodbDir(dir), MONGODB_FIRST_FILE), source);
      return () => startMongodbNode({ program, port: ports.mongodb, security }, context);
    });
  }
  if (parts.registry) {
    start("Schema registry", async () => {
      const runtime = await findJavaOnce();
      if (runtime === undefined) throw nothingAvailable(WANTED_JAVA);
      const jar = await findRegistryJar(runtime, source);
      return () => startRegistryNode({ java: runtime, jar, port: ports.registry }, context);
    });
  }
  return allOrNone(starts);
}

async function startNode(name: string, launch: Launch, progress: Progress): Promise<SupervisedProcess> {
  const startedAt = performance.now();
  const node = await SupervisedProcess.start(name, launch, progress);
  progress(`${name} is ready after ${((performance.now() - startedAt) / 1000).toFixed(1)} s`);
  return node;
}

/** Waits for every start. When one fails, those that succeeded are stopped again and the first fault is thrown. */
async function allOrNone(starts: readonly Promise<SupervisedProcess>[]): Promise<SupervisedProcess[]> {
  let firstFault: { readonly error: unknown } | undefined;
  for (const start of starts) {
    start.catch((error: unknown) => (firstFault ??= { error }));
  }
  const settled = await Promise.allSettled(starts);
  const nodes = settled.flatMap((result) => (result.status === "fulfilled" ? [result.value] : []));
  if (firstFault === undefined) return nodes;
  await Promise.all(nodes.map((node) => node.stop()));
  throw firstFault.error;
}

/** @param waitMs a program that was just stopped may hold its port a moment longer */
async function assertPortsFree(parts: Parts, ports: StackPorts, waitMs: number): Promise<void> {
  const needed = (Object.keys(ports) as (keyof StackPorts)[]).filter(
    (name) => parts[name === "kafkaController" ? "kafka" : name],
  );
  for (const name of needed) {
    const isFree = async () => ((await isPortFree(ports[name])) ? true : undefined);
    if ((await pollUntil(isFree, { deadlineMs: waitMs })) === true) continue;
    throw new StackError("port_busy", `port ${ports[name]} (${PORT_LABELS[name]}) is in use`);
  }
}

const PORT_LABELS: Readonly<Record<keyof StackPorts, string>> = {
  kafka: "Kafka",
  kafkaController: "Kafka's controller",
  mongodb: "MongoDB",
  registry: "schema registry",
};

function ignoreProgress(): void {
  // Without a listener nobody wants to know.
}
