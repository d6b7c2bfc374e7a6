import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { root } from "../paths.mjs";

/** The packages whose production code the simulation runs. */
export const PACKAGES = ["core", "lanes"];

/**
 * The TypeScript sources of these packages by path from the root, without tests.
 *
 * @returns {Promise<Map<string, string>>}
 */
export async function readSources() {
  const sources = new Map();
  for (const name of PACKAGES) {
    const folder = `packages/${name}/src`;
    const files = await readdir(path.join(root, folder), { recursive: true });
    for (const file of files.sort()) {
      if (!file.endsWith(".ts") || file.endsWith(".test.ts")) continue;
      const key = `${folder}/${file}`;
      sources.set(key, await readFile(path.join(root, key), "utf8"));
    }
  }
  return sources;
}
