import { dockerSource, KAFKA_IMAGE, type ContainerProgram } from "../docker/image-source.js";
import type { Wanted } from "./first-available.js";
import { kafkaJars, type JavaFinder, type KafkaJars } from "./kafka-jars.js";
import { findNodeProgram, type KeptData } from "./kept-data.js";
import type { SourceContext } from "./source-context.js";

export type { KafkaJars } from "./kafka-jars.js";

/** What runs Kafka. */
export type KafkaProgram = KafkaJars | ContainerProgram;

const WANTED_KAFKA: Wanted = {
  what: "Kafka",
  remedy:
    "install Maven and Java 17 or later (Debian, Ubuntu: apt-get install maven; macOS: brew install maven)",
};

/** Finds Kafka: jars on the Java of this machine, or a Docker engine; one of the two only when the node has data of that kind. */
export function findKafka(
  kept: KeptData,
  findJava: JavaFinder,
  context: SourceContext,
): Promise<KafkaProgram> {
  const local = kafkaJars(findJava, context);
  const docker = dockerSource(KAFKA_IMAGE, context);
  return findNodeProgram(WANTED_KAFKA, kept, { local, docker }, context);
}
