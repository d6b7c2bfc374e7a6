import { existsSync } from "node:fs";
import { join } from "node:path";
import { hasVolume } from "../docker/container-process.js";
import { readContainerRecord } from "../docker/container-record.js";
import { StackError } from "../stack-error.js";
import { askInOrder, firstAvailable, type Source, type Wanted } from "./first-available.js";
import type { SourceContext } from "./source-context.js";

/** Where a node has data from earlier starts. */
export type KeptData =
  | { readonly kind: "none" }
  | { readonly kind: "folder"; readonly dir: string }
  | { readonly kind: "volume"; readonly name: string };

/** Looks where a node's data is; `firstFile` is one that its program writes before all others. */
export function findKeptData(nodeDir: string, firstFile: string): KeptData {
  const record = readContainerRecord(nodeDir);
  if (record?.holdsData === true) return { kind: "volume", name: record.name };
  const dir = join(nodeDir, "data");
  return existsSync(join(dir, firstFile)) ? { kind: "folder", dir } : { kind: "none" };
}

/** The two kinds of sources of a node's program. */
export interface NodeSources<L, D> {
  readonly local: readonly Source<L>[];
  readonly docker: Source<D>;
}

/** What the user can always do about data that nothing on this machine can run on. */
const OR_WIPE = "or wipe the data (npm run reset)";

/**
 * Finds a node's program: one of this machine, then one in a container. A node with data stays with the kind that made it,
 * since neither can reach the other's: anything else would look like lost data.
 */
export async function findNodeProgram<L, D>(
  wanted: Wanted,
  kept: KeptData,
  { local, docker }: NodeSources<L, D>,
  context: SourceContext,
): Promise<L | D> {
  const { what, remedy } = wanted;
  switch (kept.kind) {
    case "none": {
      const either = { what, remedy: `${remedy}, or start a Docker engine` };
      return firstAvailable<L | D>(either, [...local, docker], context.progress);
    }
    case "folder": {
      const found = await askInOrder(what, local, context.progress);
      if (found !== undefined) return found;
      const problem = `${what}'s data in ${kept.dir} was made without Docker, and needs a program of this machine again`;
      throw new StackError("nothing_available", `${problem}: ${remedy}, ${OR_WIPE}`);
    }
    case "volume":
      return findForVolume(what, kept.name, docker, context);
  }
}

async function findForVolume<D>(
  what: string,
  volume: string,
  docker: Source<D>,
  context: SourceContext,
): Promise<D> {
  const answer = await docker.find();
  if (answer.kind === "unavailable") {
    const problem = `${what}'s data is in the Docker volume ${volume}, and its engine is not to be had (${answer.reason})`;
    throw new StackError("nothing_available", `${problem}: start it, ${OR_WIPE}`);
  }
  // Another engine, or one that was cleared: beginning anew without a word would look like lost data.
  if (!(await hasVolume(volume, context))) {
    const problem = `${what}'s data is in the Docker volume ${volume}, which this engine does not have`;
    throw new StackError("nothing_available", `${problem}: use the engine that has it, ${OR_WIPE}`);
  }
  context.progress(`${what}: ${docker.name}, ${answer.detail}, where its data is`);
  return answer.value;
}
