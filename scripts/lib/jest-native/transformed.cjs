"use strict";
const { createHash } = require("node:crypto");
const { mkdirSync, readFileSync, renameSync, writeFileSync } = require("node:fs");
const { join } = require("node:path");

const CACHE = join(__dirname, "../../../node_modules/.cache/test-sources");

/** TypeScript without its types. */
const OPTIONS = {
  jsc: {
    target: "es2022",
    parser: { syntax: "typescript" },
    // `with { type: "json" }` stays: Node asks for it.
    experimental: { keepImportAttributes: true },
  },
  module: { type: "es6" },
  sourceMaps: true,
  swcrc: false,
  configFile: false,
};

/** What Node runs of a TypeScript file; made once for each content. */
exports.readCode = (path) => {
  const source = readFileSync(path, "utf8");
  const kept = toKept(path, source);
  try {
    return readFileSync(`${kept}.js`, "utf8");
  } catch {
    const { code, map } = require("@swc/core").transformSync(source, { ...OPTIONS, filename: path });
    mkdirSync(CACHE, { recursive: true });
    keep(`${kept}.map`, map);
    keep(`${kept}.js`, code);
    return code;
  }
};

/** Where the source map of {@link exports.readCode} is. */
exports.toMapPath = (path) => `${toKept(path, readFileSync(path, "utf8"))}.map`;

function toKept(path, source) {
  const { version } = require("@swc/core/package.json");
  const key = createHash("sha1")
    .update(JSON.stringify([version, OPTIONS, path]))
    .update(source)
    .digest("hex");
  return join(CACHE, key);
}

/** In one step: other workers read it. */
function keep(file, content) {
  writeFileSync(`${file}.${process.pid}`, content);
  renameSync(`${file}.${process.pid}`, file);
}
