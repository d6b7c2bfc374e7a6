import { join } from "node:path";
import { Kafka, logLevel } from "kafkajs";
import { mongo } from "mongoose";
import { pollUntil } from "../poll.js";
import { OwnedProcess } from "../processes/owned-process.js";
import { readPidFile } from "../processes/pid-file.js";
import type { RunningStack, StackOptions } from "../stack.js";

/** How clients reach a stack. */
export type StackAddresses = Pick<RunningStack, "kafkaBrokers" | "mongodbUri">;

export function toKafka({ kafkaBrokers }: StackAddresses): Kafka {
  return new Kafka({ clientId: "test", brokers: [kafkaBrokers], logLevel: logLevel.NOTHING });
}

/** Writes a topic and a document, for {@link readTraces}. */
export async function writeTraces(stack: StackAddresses): Promise<void> {
  const admin = toKafka(stack).admin();
  await admin.connect();
  await admin.createTopics({ topics: [{ topic: "kept", numPartitions: 3 }], waitForLeaders: true });
  await admin.disconnect();
  const client = new mongo.MongoClient(stack.mongodbUri);
  await client.db("kept").collection("things").insertOne({ name: "kept" });
  await client.close();
}

/** What a stack holds: {@link writeTraces} leaves the topic `kept` and one document. */
export interface Traces {
  /** Without Kafka's own. */
  readonly topics: readonly string[];
  readonly documents: number;
  readonly clusterId: string;
}

export async function readTraces(stack: StackAddresses): Promise<Traces> {
  const admin = toKafka(stack).admin();
  await admin.connect();
  const topics = await admin.listTopics();
  const { clusterId } = await admin.describeCluster();
  await admin.disconnect();
  const client = new mongo.MongoClient(stack.mongodbUri);
  const documents = await client.db("kept").collection("things").countDocuments();
  await client.close();
  return {
    topics: topics.filter((topic) => !topic.startsWith("__")),
    documents,
    clusterId,
  };
}

/** Has another process start the stack and write traces to it, then kills that process without warning. */
export async function killOwnerAfterStart(
  options: Pick<StackOptions, "dir" | "ports" | "env">,
): Promise<void> {
  const lines: string[] = [];
  const pidFile = join(options.dir, "owner.pid.json");
  const owner = await OwnedProcess.start({
    name: "owner",
    command: process.execPath,
    // Built, as plain Node cannot run the sources; `npm test` builds first.
    args: ["--input-type=module", "-e", OWNER, BUILT_INDEX, JSON.stringify(options)],
    env: process.env,
    pidFile,
    marker: "owner",
    output: { kind: "lines", onLine: (line) => lines.push(line) },
  });
  const started = await pollUntil(() => lines.find((line) => line.startsWith("{")), { deadlineMs: 120_000 });
  if (started === undefined) throw new Error(`the owner did not start the stack: ${lines.join("\n")}`);
  await writeTraces(JSON.parse(started) as StackAddresses);
  const pid = readPidFile(pidFile)?.pid;
  if (pid !== undefined) process.kill(pid, "SIGKILL");
  await owner.ended;
}

const BUILT_INDEX = join(import.meta.dirname, "../../dist/index.js");

const OWNER = `
  const { startStack } = await import(process.argv[1]);
  console.log(JSON.stringify(await startStack(JSON.parse(process.argv[2]))));
  setInterval(() => {}, 1000); // a part of the owner's life that only a kill ends
`;
