export interface KafkaSettingsInput {
  readonly port: number;
  readonly controllerPort: number;
  /** Where clients are awaited: this machine only, or every interface of a container, whose port is published on 127.0.0.1. */
  readonly listenHost: "127.0.0.1" | "0.0.0.0";
  readonly dataDir: string;
}

/** Heap of the broker, as flags of Java. */
export const KAFKA_HEAP_FLAGS = ["-Xms256m", "-Xmx512m"] as const;

/**
 * The broker's configuration, for programs and for containers: one node that is its own controller. Replication 1 and few
 * internal partitions keep the start short; everything else is Kafka's default, so that what works here works on a cluster.
 */
function toKafkaSettings(input: KafkaSettingsInput): Readonly<Record<string, string>> {
  const { port, controllerPort, listenHost, dataDir } = input;
  return {
    "process.roles": "broker,controller",
    "node.id": "1",
    "controller.quorum.voters": `1@127.0.0.1:${controllerPort}`,
    listeners: `PLAINTEXT://${listenHost}:${port},CONTROLLER://127.0.0.1:${controllerPort}`,
    "advertised.listeners": `PLAINTEXT://127.0.0.1:${port}`,
    "listener.security.protocol.map": "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
    "controller.listener.names": "CONTROLLER",
    "inter.broker.listener.name": "PLAINTEXT",
    "log.dirs": dataDir,
    // A mistyped topic name must fail, not make a topic with one partition.
    "auto.create.topics.enable": "false",
    "offsets.topic.replication.factor": "1",
    "offsets.topic.num.partitions": "8",
    "transaction.state.log.replication.factor": "1",
    "transaction.state.log.min.isr": "1",
    "transaction.state.log.num.partitions": "4",
    "share.coordinator.state.topic.replication.factor": "1",
    "share.coordinator.state.topic.min.isr": "1",
    // There is nobody to wait for: a group's first member gets its partitions at once.
    "group.initial.rebalance.delay.ms": "0",
    // The default of 128 MB is a quarter of the heap it runs in.
    "log.cleaner.dedupe.buffer.size": String(8 * 1024 * 1024),
  };
}

/**
 * The settings as a property file.
 *
 * @param overrides settings that differ, or come on top
 */
export function toKafkaProperties(
  input: KafkaSettingsInput,
  overrides: Readonly<Record<string, string>> = {},
): string {
  return Object.entries({ ...toKafkaSettings(input), ...overrides })
    .map(([key, value]) => `${key}=${escapeProperty(value)}\n`)
    .join("");
}

/** Backslashes begin an escape in Java's property files. */
function escapeProperty(value: string): string {
  return value.replaceAll("\\", "\\\\");
}

/** A Kafka in a container of the official image. */
export interface KafkaContainerInput {
  readonly port: number;
  readonly controllerPort: number;
  readonly clusterId: string;
}

/** Where the official image has a folder for data that its user may write to. The image's own default is in `/tmp`. */
export const KAFKA_DATA_PATH = "/var/lib/kafka/data";

/** The settings as the environment of the official image, which turns `KAFKA_LOG_DIRS` into `log.dirs`. */
export function toKafkaVariables({
  port,
  controllerPort,
  clusterId,
}: KafkaContainerInput): Readonly<Record<string, string>> {
  const settings = toKafkaSettings({
    port,
    controllerPort,
    listenHost: "0.0.0.0",
    dataDir: KAFKA_DATA_PATH,
  });
  const variables = Object.entries(settings).map(([key, value]) => [toKafkaVariable(key), value] as const);
  return {
    ...Object.fromEntries<string>(variables),
    KAFKA_HEAP_OPTS: KAFKA_HEAP_FLAGS.join(" "),
    CLUSTER_ID: clusterId,
  };
}

/** The image's rule backwards: it reads `___` as a dash, `__` as an underscore, `_` as a dot. */
export function toKafkaVariable(setting: string): string {
  const name = setting.replaceAll("_", "__").replaceAll("-", "___").replaceAll(".", "_");
  return `KAFKA_${name.toUpperCase()}`;
}

/** A cluster id of 16 bytes: URL-safe base64, and Kafka does not take one that begins with a dash. */
export function toClusterId(bytes: Uint8Array): string {
  return `H${Buffer.from(bytes).toString("base64url").slice(1, 22)}`;
}
