import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { readCode } from "./transformed.cjs";

/**
 * How Node finds and reads the sources of a test: `@hooklane/*` by their `@hooklane/source`, `./x.js` as the `./x.ts` it is
 * built from, TypeScript without its types.
 */
export async function resolve(specifier, context, nextResolve) {
  if (specifier === "@jest/globals") return { url: GLOBALS, shortCircuit: true };
  if (specifier.startsWith("@hooklane/")) {
    return nextResolve(specifier, { ...context, conditions: [...context.conditions, "@hooklane/source"] });
  }
  return nextResolve(toSource(specifier, context.parentURL), context);
}

const GLOBALS = new URL("./globals.mjs", import.meta.url).href;

function toSource(specifier, parent) {
  if (!/^\.{1,2}\/.*\.js$/.test(specifier) || !OURS.test(parent)) return specifier;
  const source = specifier.replace(/js$/, "ts");
  return existsSync(new URL(source, parent)) ? source : specifier;
}

/** Files that may name a source. */
const OURS = /^(?!.*\/node_modules\/).*\.(?:ts|mjs)$/;

export async function load(url, context, nextLoad) {
  if (!url.endsWith(".ts")) return nextLoad(url, context);
  return { format: "module", shortCircuit: true, source: readCode(fileURLToPath(url)) };
}
