import { ensureReplicaSet, findFreePorts, isKafkaReady, toMongodbUri } from "@hooklane/local-stack";
import { GenericContainer, Wait, type StartedTestContainer } from "testcontainers";
import { eventually } from "../eventually.js";

const KAFKA_IMAGE = "apache/kafka:4.3.0";
const MONGODB_IMAGE = "mongo:7.0";

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
 * Starts the same stack as `packages/local-stack` in containers, for machines with a Docker engine (architecture.md §5).
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

/** The same port inside and outside: then the address a broker gives to its clients is right in both places. */
function startKafka(port: number): Promise<StartedTestContainer> {
  return new GenericContainer(KAFKA_IMAGE)
    .withExposedPorts({ container: port, host: port })
    .withEnvironment({
      KAFKA_NODE_ID: "1",
      KAFKA_PROCESS_ROLES: "broker,controller",
      KAFKA_CONTROLLER_QUORUM_VOTERS: "1@localhost:9093",
      KAFKA_LISTENERS: `PLAINTEXT://:${port},CONTROLLER://:9093`,
      KAFKA_ADVERTISED_LISTENERS: `PLAINTEXT://127.0.0.1:${port}`,
      KAFKA_LISTENER_SECURITY_PROTOCOL_MAP: "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
      KAFKA_CONTROLLER_LISTENER_NAMES: "CONTROLLER",
      KAFKA_AUTO_CREATE_TOPICS_ENABLE: "false",
      KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR: "1",
      KAFKA_TRANSACTION_STATE_LOG_REPLICATION_FACTOR: "1",
      KAFKA_TRANSACTION_STATE_LOG_MIN_ISR: "1",
      KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS: "0",
    })
    .withWaitStrategy(Wait.forListeningPorts())
    .withStartupTimeout(READY_LIMIT_MS)
    .start();
}

function startMongodb(port: number): Promise<StartedTestContainer> {
  return new GenericContainer(MONGODB_IMAGE)
    .withExposedPorts({ container: port, host: port })
    .withCommand(["--replSet", "rs0", "--port", String(port)])
    .withWaitStrategy(Wait.forListeningPorts())
    .withStartupTimeout(READY_LIMIT_MS)
    .start();
}
