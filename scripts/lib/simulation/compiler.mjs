import { transform } from "@swc/core";
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { PACKAGES } from "./read-sources.mjs";

/** Compiles sources to modules that Node runs, one by one: by what changed in one of them, the others stay. */
export class Compiler {
  #compiled = new Map();

  /**
   * Writes a copy of the sources that runs on its own.
   *
   * @param {Map<string, string>} sources
   * @param {string} folder inside the repository, so that dependencies of the packages are found
   * @returns {Promise<string>} path of the module that plays seeds
   */
  async write(sources, folder) {
    for (const name of PACKAGES) {
      const manifest = { name: `@hooklane/${name}`, type: "module", exports: "./src/index.js" };
      const home = path.join(folder, "node_modules/@hooklane", name);
      await mkdir(home, { recursive: true });
      await writeFile(path.join(home, "package.json"), JSON.stringify(manifest));
    }
    for (const [key, text] of sources) {
      const target = path.join(
        folder,
        "node_modules/@hooklane",
        key.slice("packages/".length).replace(/ts$/, "js"),
      );
      await mkdir(path.dirname(target), { recursive: true });
      await writeFile(target, await this.#compile(key, text));
    }
    return path.join(folder, "node_modules/@hooklane/lanes/src/simulation/play.js");
  }

  async #compile(key, text) {
    const known = this.#compiled.get(key);
    if (known?.text === text) return known.code;
    const { code } = await transform(text, {
      filename: key,
      swcrc: false,
      jsc: { target: "es2022", parser: { syntax: "typescript" } },
      module: { type: "es6" },
      sourceMaps: "inline",
    });
    this.#compiled.set(key, { text, code });
    return code;
  }
}
