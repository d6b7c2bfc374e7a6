export interface KafkaPropertiesInput {
  readonly port: number;
  readonly controllerPort: number;
  readonly dataDir: string;
}

/**
 * The broker's configuration: one node that is its own controller. Replication 1 and few internal partitions keep the start
 * short; everything else is Kafka's default, so that what works here works on a cluster.
 */
export function toKafkaProperties({ port, controllerPort, dataDir }: KafkaPropertiesInput): string {
  const properties = {
    "process.roles": "broker,controller",
    "node.id": "1",
    "controller.quorum.voters": `1@127.0.0.1:${controllerPort}`,
    listeners: `PLAINTEXT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controllerPort}`,
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
  return Object.entries(properties)
    .map(([key, value]) => `${key}=${escapeProperty(value)}\n`)
    .join("");
}

/** Backslashes begin an escape in Java's property files. */
function escapeProperty(value: string): string {
  return value.replaceAll("\\", "\\\\");
}
