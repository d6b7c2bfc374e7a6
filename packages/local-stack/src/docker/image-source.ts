import { lastLine } from "../processes/run-command.js";
import type { Source, SourceAnswer } from "../sources/first-available.js";
import type { SourceContext } from "../sources/source-context.js";
import { hasSucceeded, runDocker, whyNoEngine } from "./docker-client.js";

/** Kafka as its project publishes it; the release that the pinned jars are of. */
export const KAFKA_IMAGE = "apache/kafka:4.3.0";

/** MongoDB's official image. */
export const MONGODB_IMAGE = "mongo:7.0";

/** A program that runs in a container of this image, which the engine has. */
export interface ContainerProgram {
  readonly kind: "container";
  readonly image: string;
}

/** The Docker engine as a source: it has the image, or pulls it. */
export function dockerSource(image: string, context: SourceContext): Source<ContainerProgram> {
  return { name: "Docker engine", find: () => findImage(image, context) };
}

async function findImage(image: string, context: SourceContext): Promise<SourceAnswer<ContainerProgram>> {
  const reason = await whyNoEngine(context);
  if (reason !== undefined) return { kind: "unavailable", reason };
  const found: SourceAnswer<ContainerProgram> = {
    kind: "found",
    value: { kind: "container", image },
    detail: image,
  };
  if (hasSucceeded(await runDocker(["image", "inspect", "--format", "{{.Id}}", image], context)))
    return found;
  context.progress(`pulling ${image}`);
  const pulled = await runDocker(["pull", "--quiet", image], context);
  if (hasSucceeded(pulled)) return found;
  return { kind: "unavailable", reason: `cannot pull ${image}: ${lastLine(pulled)}` };
}
