"use strict";
const { existsSync } = require("node:fs");
const { register } = require("node:module");
const { fileURLToPath, pathToFileURL } = require("node:url");
const Runtime = require("jest-runtime").default;
const { toMapPath } = require("./transformed.cjs");

// Once in each worker, before the first test file.
register("./hooks.mjs", pathToFileURL(__filename));

/** Kept by jest's framework between its own start and the end of a file. */
const EVENT_HANDLERS = Symbol.for("EVENT_HANDLERS");

/**
 * Jest's runtime with Node's own modules in place of jest's (docs/adr/0036): the files of a worker share its realm and what
 * they import.
 */
class NativeRuntime extends Runtime {
  /** The framework: a fresh one for each file, as it keeps the file's tests in itself. */
  requireInternalModule(path) {
    delete globalThis[EVENT_HANDLERS];
    delete require.cache[path];
    return require(path);
  }

  unstable_shouldLoadAsEsm() {
    return true;
  }

  async unstable_importModule(path) {
    const { setGlobals } = await import("./globals.mjs");
    setGlobals(this.jestGlobals.cjsGlobals(path));
    return await import(pathToFileURL(path).href);
  }

  getSourceMaps() {
    return new SourceMaps();
  }

  /** Node's own one stays: there is nothing to keep from tests. */
  installGetBuiltinModule() {}
}

/** For stacks: by the name Node has for a module, which is a URL, the file with its source map. */
class SourceMaps extends Map {
  get(url) {
    if (!this.has(url)) {
      const path = /^file:.*\.ts$/.test(url) ? fileURLToPath(url) : undefined;
      this.set(url, path !== undefined && existsSync(path) ? toMapPath(path) : "");
    }
    return super.get(url);
  }
}

module.exports = { __esModule: true, default: NativeRuntime };
