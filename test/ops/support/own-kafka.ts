import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findFreeStackPorts, type RunningStack, startStack } from "@hooklane/local-stack";
import { readStackEnvironment, type StackEnvironment } from "@hooklane/testing";

/** A real Kafka of a test's own beside the MongoDB of all, which can be lost with all it holds. */
export interface OwnKafka {
  readonly stack: StackEnvironment;
  /** Ends it and deletes everything it kept. */
  lose(): Promise<void>;
  /** Another cluster, empty, on the same address. */
  startAnew(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts it; about ten seconds. Programs of this machine only. */
export async function startOwnKafka(): Promise<OwnKafka> {
  const { mongodbUri } = readStackEnvironment();
  const ports = await findFreeStackPorts();
  let dir: string | undefined;
  let running: RunningStack | undefined;
  const startAnew = async () => {
    dir = mkdtempSync(join(tmpdir(), "hooklane-kafka-"));
    running = await startStack({ dir, ports, given: { mongodbUri } });
  };
  const lose = async () => {
    await running?.stop();
    if (dir !== undefined) rmSync(dir, { recursive: true, force: true });
    [running, dir] = [undefined, undefined];
  };
  await startAnew();
  const brokers = [`127.0.0.1:${ports.kafka}`];
  return { stack: { brokers, mongodbUri, schemaRegistryUrl: undefined }, lose, startAnew, stop: lose };
}
