import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findFreeStackPorts, startStack, wipeStack } from "@hooklane/local-stack";
import { findListener } from "./measure/process-usage.js";

/** The Kafka and MongoDB a benchmark runs on. */
export interface BenchStack {
  readonly brokers: readonly string[];
  readonly mongodbUri: string;
  /** Their processes, when they run on this machine. */
  readonly pids: { readonly kafka: number | undefined; readonly mongodb: number | undefined };
  close(): Promise<void>;
}

/** A target has stores of its own. */
export const NO_STACK: BenchStack = {
  brokers: [],
  mongodbUri: "",
  pids: { kafka: undefined, mongodb: undefined },
  close: () => Promise.resolve(),
};

/** The stack the environment names, or one of our own with an empty data folder. */
export async function openStack(say: (line: string) => void): Promise<BenchStack> {
  const { KAFKA_BROKERS, MONGODB_URI } = process.env;
  if (KAFKA_BROKERS && MONGODB_URI) return describe(KAFKA_BROKERS, MONGODB_URI, () => Promise.resolve());
  const dir = await mkdtemp(join(tmpdir(), "hooklane-bench-"));
  const remove = () => wipeStack(dir);
  try {
    const stack = await startStack({ dir, ports: await findFreeStackPorts(), onProgress: say });
    return describe(stack.kafkaBrokers, stack.mongodbUri, async () => {
      await stack.stop();
      await remove();
    });
  } catch (error) {
    await remove();
    throw error;
  }
}

function describe(kafkaBrokers: string, mongodbUri: string, close: () => Promise<void>): BenchStack {
  const brokers = kafkaBrokers.split(",");
  return {
    brokers,
    mongodbUri,
    pids: { kafka: findListener(portOf(brokers[0])), mongodb: findListener(portOf(mongodbUri)) },
    close,
  };
}

/** The last `:port` of `host:port` or of a MongoDB URI with one host; 0 when there is none. */
function portOf(address: string | undefined): number {
  return Number(/:(\d+)(?:[/?]|$)/.exec(address ?? "")?.[1] ?? 0);
}
