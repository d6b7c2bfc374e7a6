import { randomBytes } from "node:crypto";
import {
  ensureReplicaSet,
  findFreePorts,
  isKafkaReady,
  KAFKA_IMAGE,
  MONGODB_IMAGE,
  toClusterId,
  toKafkaVariables,
  toMongodArguments,
  toMongodbUri,
} from "@hooklane/local-stack";
import type { StartedTestContainer } from "testcontainers";
import { eventually } from "../eventually.js";

/** Of Kafka's own controller, which nobody outside its container speaks to. */
const CONTROLLER_PORT = 9093;

/** From the start of a container until what runs in it works, in milliseconds; a first pull is not in it. */
const READY_LIMIT_MS = 120_000;

/** Kafka and MongoDB in containers. */
export interface ContainersStack {
  readonly kafkaBrokers: string;
  readonly mongodbUri: string;
  /** Stops and removes the containers with their data. */
  stop(): Promise<void>;
}

/**
 * Starts the same stack as `packages/local-stack`, with its settings, in containers of its own (architecture.md §5).
 * The images are used as they are: what the modules of testcontainers add to them needs tools of other images.
 *
 * @throws Error when there is no engine, or it has neither the images nor a way to get them
 */
export async function startContainersStack(onProgress: (line: string) => void): Promise<ContainersStack> {
  const [kafkaPort = 0, mongodbPort = 0] = await findFreePorts(2);
  const kafkaBrokers = `127.0.0.1:${kafkaPort}`;
  const mongodbUri = toMongodbUri(mongodbPort);
  const started = await Promise.allSettled([startKafka(kafkaPort), startMongodb(mongodbPort)]);
  const containers = started.flatMap((result) => (result.status === "fulfilled" ? [result.value] : []));
  const stop = async (): Promise<void> => {
    await Promise.all(containers.map((container) => container.stop()));
  };
  try {
    for (const result of started) if (result.status === "rejected") throw result.reason;
    onProgress("containers run, waiting until they are usable");
    await eventually(() => isKafkaReady(kafkaBrokers), { deadlineMs: READY_LIMIT_MS });
    const address = `127.0.0.1:${mongodbPort}`;
    await eventually(() => ensureReplicaSet(mongodbUri, address), { deadlineMs: READY_LIMIT_MS });
  } catch (error) {
    await stop();
    throw error;
  }
  return { kafkaBrokers, mongodbUri, stop };
}

/** Loaded where it is used: every test file imports this package, and hardly a run needs containers. */
const loadTestcontainers = () => import("testcontainers");

/** The same port inside and outside: then the address a broker gives to its clients is right in both places. */
async function startKafka(port: number): Promise<StartedTestContainer> {
  const { GenericContainer, Wait } = await loadTestcontainers();
  return new GenericContainer(KAFKA_IMAGE)
    .withExposedPorts({ container: port, host: port })
    .withEnvironment(
      toKafkaVariables({
        port,
        controllerPort: CONTROLLER_PORT,
        clusterId: toClusterId(randomBytes(16)),
      }),
    )
    .withWaitStrategy(Wait.forListeningPorts())
    .withStartupTimeout(READY_LIMIT_MS)
    .start();
}

async function startMongodb(port: number): Promise<StartedTestContainer> {
  const { GenericContainer, Wait } = await loadTestcontainers();
  return new GenericContainer(MONGODB_IMAGE)
    .withExposedPorts({ container: port, host: port })
    .withCommand(toMongodArguments(port))
    .withWaitStrategy(Wait.forListeningPorts())
    .withStartupTimeout(READY_LIMIT_MS)
    .start();
}
