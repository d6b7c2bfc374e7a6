import { rm } from "node:fs/promises";
import { availableParallelism } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { UserError } from "../user-error.mjs";
import { applyMutation } from "./apply-mutation.mjs";
import { MUTATIONS } from "./mutations/index.mjs";
import { playSeeds } from "./play-seeds.mjs";

/**
 * Takes one rule after the other out of a copy of the code, and plays directed scenes and seeds until one of them
 * notices.
 *
 * @returns {Promise<number>} exit code: 1 when a mutation was not noticed
 */
export async function reportMutations({ compiler, sources, folder, terminal, signal, seedsMax, only }) {
  const chosen = MUTATIONS.filter(({ name }) => only === undefined || only.split(",").includes(name));
  if (chosen.length === 0)
    throw new UserError(`--only must name a mutation: ${MUTATIONS.map((m) => m.name).join(" ")}`);
  // All of them before any is played: a refactoring that a patch does not fit is known at once.
  const mutated = chosen.map((mutation) => ({ mutation, sources: applyMutation(sources, mutation) }));
  const healthy = pathToFileURL(await compiler.write(sources, path.join(folder, "healthy")));
  const { sceneNames } = await import(new URL("directed-scenes.js", healthy).href);
  const missed = [];
  let next = 0;
  const work = async () => {
    for (let each = mutated[next++]; each !== undefined; each = mutated[next++]) {
      const { mutation } = each;
      const home = path.join(folder, mutation.name);
      const module = await compiler.write(each.sources, home);
      const found = await notice(module, { sceneNames, seeds: seedsOf(mutation, seedsMax) }, signal);
      await rm(home, { recursive: true, force: true });
      if (found.broken === undefined && mutation.heldBy === undefined) missed.push(mutation.name);
      terminal.print(toLine(mutation, found));
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, work));
  terminal.say(
    `${chosen.length - missed.length} of ${chosen.length} mutations are noticed, or held by a unit test`,
  );
  if (missed.length > 0) terminal.say(`not noticed in ${seedsMax} seeds: ${missed.join(" ")}`);
  return missed.length === 0 ? 0 : 1;
}

async function notice(module, { sceneNames, seeds }, signal) {
  const found = { seeds: 0, scene: undefined, broken: undefined };
  const onPlayed = ({ seed, broken }) => {
    if (typeof seed === "number") found.seeds++;
    if (broken === undefined) return false;
    found.broken = broken;
    if (typeof seed === "string") found.scene = seed;
    return true;
  };
  await playSeeds({ module, seeds, onPlayed, signal, workers: 1 });
  if (found.broken === undefined)
    await playSeeds({ module, seeds: sceneNames, onPlayed, signal, workers: 1 });
  return found;
}

/** Seeds whose last digit stands for the profile that the rule is about; all of them when it is about none. */
function* seedsOf({ lastDigits }, seedsMax) {
  let count = 0;
  for (let seed = 1; count < seedsMax; seed++) {
    if (lastDigits !== undefined && !lastDigits.includes(seed % 10)) continue;
    count++;
    yield seed;
  }
}

function toLine({ name, rule, heldBy }, { seeds, scene, broken }) {
  const where = scene === undefined ? `${seeds} seeds` : "a scene";
  const missed = heldBy === undefined ? "NOT NOTICED" : "unit test";
  const how = broken === undefined ? (heldBy ?? "") : [broken.invariant, scene].filter(Boolean).join(": ");
  return `${name.padEnd(24)} ${(broken === undefined ? missed : where).padEnd(12)} ${rule.padEnd(84)} ${how}`.trimEnd();
}
