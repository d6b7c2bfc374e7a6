import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fillCacheEntry, findWrongFile } from "./cache.js";
import { failureOf } from "./download-failure.js";
import { firstAvailable, type SourceAnswer } from "./first-available.js";
import type { Java } from "./java.js";
import { KAFKA_JARS, KAFKA_VERSION, LOG4J_BINDING_VERSION } from "./kafka-jars-pinned.js";
import { MAVEN_REMEDY, mavenFailure, runMaven } from "./maven.js";
import type { SourceContext } from "./source-context.js";
import { StackError } from "../stack-error.js";

const CACHE_ENTRY = `kafka-${KAFKA_VERSION}`;
const BYTES_NEEDED = 60_000_000;
const COPY_DEPENDENCIES_GOAL = "org.apache.maven.plugins:maven-dependency-plugin:2.8:copy-dependencies";

/** Finds the folder with Kafka's jars: in the cache, or resolved by Maven. */
export function findKafkaJars(java: Java, context: SourceContext): Promise<string> {
  const dir = join(context.cacheDir, CACHE_ENTRY);
  return firstAvailable<string>(
    { what: "Kafka", remedy: MAVEN_REMEDY },
    [
      { name: "jars in the cache", find: () => checkJars(dir) },
      { name: "jars from Maven Central", find: () => resolveJars(java, context) },
    ],
    context.progress,
  );
}

async function checkJars(dir: string): Promise<SourceAnswer<string>> {
  const wrong = await findWrongFile(dir, KAFKA_JARS);
  return wrong === undefined
    ? { kind: "found", value: dir, detail: KAFKA_VERSION }
    : { kind: "unavailable", reason: `${wrong.name} is missing or not the pinned file` };
}

async function resolveJars(java: Java, context: SourceContext): Promise<SourceAnswer<string>> {
  context.progress(`resolving ${KAFKA_JARS.length} jars of Kafka ${KAFKA_VERSION} with Maven`);
  const answer = await fillCacheEntry(context.cacheDir, CACHE_ENTRY, BYTES_NEEDED, async (staging) => {
    const pom = join(staging, "pom.xml");
    await writeFile(pom, POM);
    const goal = [COPY_DEPENDENCIES_GOAL, "-DincludeScope=runtime", `-DoutputDirectory=${staging}`];
    const result = await runMaven(["-f", pom, ...goal], java, context);
    if (failureOf(result, staging) !== undefined) return mavenFailure(result);
    const wrong = await findWrongFile(staging, KAFKA_JARS);
    if (wrong === undefined) return undefined;
    throw new StackError("bad_download", `${wrong.name} is not the pinned file; the download was discarded`);
  });
  return answer.kind === "failed" ? { kind: "unavailable", reason: answer.reason } : checkJars(answer.dir);
}

const POM = `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>hooklane</groupId>
  <artifactId>local-kafka</artifactId>
  <version>1</version>
  <dependencies>
    <dependency>
      <groupId>org.apache.kafka</groupId>
      <artifactId>kafka_2.13</artifactId>
      <version>${KAFKA_VERSION}</version>
    </dependency>
    <dependency>
      <groupId>org.apache.logging.log4j</groupId>
      <artifactId>log4j-slf4j-impl</artifactId>
      <version>${LOG4J_BINDING_VERSION}</version>
    </dependency>
  </dependencies>
</project>
`;
