import { mkdir, mkdtemp, rm } from "node:fs/promises";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { stateDir } from "../paths.mjs";
import { UserError } from "../user-error.mjs";
import { Compiler } from "./compiler.mjs";
import { reportMutations } from "./mutation-report.mjs";
import { playSeeds } from "./play-seeds.mjs";
import { readSources } from "./read-sources.mjs";

const OPTIONS = {
  seeds: { type: "string", default: "500" },
  first: { type: "string", default: "1" },
  seed: { type: "string" },
  trace: { type: "boolean", default: false },
  mutations: { type: "boolean", default: false },
  only: { type: "string" },
};

/** @returns exit code: 1 when an invariant was broken, or a mutation was not noticed */
export async function simulate(args, terminal, signal) {
  const options = readOptions(args);
  const folder = await makeFolder();
  try {
    const compiler = new Compiler();
    const sources = await readSources();
    if (options.mutations) {
      const { only } = options;
      const limits = { seedsMax: options.seedsOf(200), only };
      return await reportMutations({ compiler, sources, folder, terminal, signal, ...limits });
    }
    const module = await compiler.write(sources, folder);
    if (options.seed !== undefined) return await playOne(module, options, terminal);
    return await playMany(module, options, terminal, signal);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function playOne(module, { seed, trace }, terminal) {
  const { play } = await import(pathToFileURL(module).href);
  const { broken, statistics } = play(seed, trace ? (line) => terminal.print(line) : undefined);
  terminal.print(JSON.stringify(statistics));
  terminal.print(
    broken === undefined ? `seed ${seed}: every invariant holds` : `seed ${seed}: ${broken.detail}`,
  );
  return broken === undefined ? 0 : 1;
}

async function playMany(module, { first, seeds }, terminal, signal) {
  const totals = {};
  const broken = [];
  let done = 0;
  let said = performance.now();
  const onPlayed = (played) => {
    done++;
    for (const [name, value] of Object.entries(played.statistics))
      totals[name] = name.endsWith("Max") ? Math.max(totals[name] ?? 0, value) : (totals[name] ?? 0) + value;
    if (played.broken !== undefined) {
      broken.push(played);
      terminal.say(`seed ${played.seed}: ${played.broken.detail}`);
      terminal.say(`  npm run simulate -- --seed ${played.seed} --trace`);
    }
    if (performance.now() - said < 5_000) return;
    said = performance.now();
    terminal.say(`${done} of ${seeds} seeds, ${broken.length} broken`);
  };
  const startedAt = performance.now();
  await playSeeds({ module, seeds: range(first, seeds), onPlayed, signal });
  const seconds = ((performance.now() - startedAt) / 1_000).toFixed(1);
  terminal.say(JSON.stringify(totals));
  terminal.say(`${done} seeds from ${first} in ${seconds} s: ${broken.length} broke an invariant`);
  return broken.length === 0 ? 0 : 1;
}

function readOptions(args) {
  let values;
  try {
    ({ values } = parseArgs({ args, options: OPTIONS, allowPositionals: false }));
  } catch (error) {
    throw new UserError(
      `${error.message}. Known: ${Object.keys(OPTIONS)
        .map((name) => `--${name}`)
        .join(" ")}`,
    );
  }
  const isSeedsGiven = args.some((each) => each === "--seeds" || each.startsWith("--seeds="));
  const seeds = readNumber("seeds", values.seeds);
  return {
    ...values,
    seeds,
    seedsOf: (otherwise) => (isSeedsGiven ? seeds : otherwise),
    first: readNumber("first", values.first),
    seed: values.seed === undefined ? undefined : readNumber("seed", values.seed),
  };
}

function readNumber(name, text) {
  const number = Number(text);
  if (Number.isSafeInteger(number) && number > 0) return number;
  throw new UserError(`--${name} must be a whole number above 0; it is ${JSON.stringify(text)}`);
}

/** Inside the repository: dependencies of the packages are found from there. */
async function makeFolder() {
  await mkdir(stateDir, { recursive: true });
  return mkdtemp(path.join(stateDir, "simulate-"));
}

function* range(first, count) {
  for (let seed = first; seed < first + count; seed++) yield seed;
}
