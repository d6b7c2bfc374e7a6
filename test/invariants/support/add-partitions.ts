import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Services } from "@hooklane/testing";

/** As the image has it: everything is built. */
const SCRIPT = fileURLToPath(new URL("../../../infra/docker/add-partitions.mjs", import.meta.url));

/** How a run of the command ended. */
export interface AddPartitionsEnd {
  readonly code: number | null;
  /** All it said. */
  readonly output: string;
}

/**
 * Runs `add-partitions` on the topics and the database of these services.
 *
 * @param until ends it at once when it has said this, as a machine that is lost would
 */
export async function addPartitions(
  { stack, prefix }: Pick<Services, "stack" | "prefix">,
  args: readonly string[],
  until?: string,
): Promise<AddPartitionsEnd> {
  const { PATH = "", HOME = "" } = process.env;
  const child = spawn(process.execPath, [SCRIPT, ...args], {
    env: {
      PATH,
      HOME,
      KAFKA_BROKERS: stack.brokers.join(","),
      MONGODB_URI: stack.mongodbUri,
      MONGODB_DATABASE: prefix,
      HOOKLANE_TOPIC_PREFIX: prefix,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  const onOutput = (chunk: Buffer) => {
    output += chunk.toString();
    if (until !== undefined && output.includes(until)) child.kill("SIGKILL");
  };
  child.stdout.on("data", onOutput);
  child.stderr.on("data", onOutput);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", resolve);
  });
  return { code, output };
}
