import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fillCacheEntry, findWrongFile } from "./cache.js";
import { failureOf } from "./download-failure.js";
import type { Source, SourceAnswer } from "./first-available.js";
import type { Java } from "./java.js";
import { KAFKA_JARS, KAFKA_VERSION, LOG4J_BINDING_VERSION } from "./kafka-jars-pinned.js";
import { hasMaven, mavenFailure, NO_MAVEN, runMaven } from "./maven.js";
import type { SourceContext } from "./source-context.js";
import { StackError } from "../stack-error.js";

const CACHE_ENTRY = `kafka-${KAFKA_VERSION}`;
const BYTES_NEEDED = 60_000_000;
const COPY_DEPENDENCIES_GOAL = "org.apache.maven.plugins:maven-dependency-plugin:2.8:copy-dependencies";

/** Kafka's jars, with the Java they run on. */
export interface KafkaJars {
  readonly kind: "jars";
  readonly java: Java;
  readonly jarsDir: string;
}

/** Gives the Java of this machine, looked for at the first call; `undefined` when there is none. */
export type JavaFinder = () => Promise<Java | undefined>;

const NO_JAVA = { kind: "unavailable", reason: "no Java to run it on" } as const;

/** Kafka's jars as sources: in the cache, or resolved by Maven. Java is looked for only where there can be jars for it. */
export function kafkaJars(findJava: JavaFinder, context: SourceContext): Source<KafkaJars>[] {
  const dir = join(context.cacheDir, CACHE_ENTRY);
  const withJava = async (
    find: (java: Java) => Promise<SourceAnswer<string>>,
  ): Promise<SourceAnswer<KafkaJars>> => {
    const java = await findJava();
    if (java === undefined) return NO_JAVA;
    const jars = await find(java);
    return jars.kind === "found" ? { ...jars, value: { kind: "jars", java, jarsDir: jars.value } } : jars;
  };
  return [
    {
      name: "jars in the cache",
      find: async () => {
        const jars = await checkJars(dir);
        return jars.kind === "found" ? withJava(() => Promise.resolve(jars)) : jars;
      },
    },
    {
      name: "jars from Maven Central",
      find: async () =>
        (await hasMaven(context))
          ? withJava((java) => resolveJars(java, context))
          : { kind: "unavailable", reason: NO_MAVEN },
    },
  ];
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
