/** Beside each file that was built, what browsers are sent of it: compressed once, as hard as it gets, and not at each visit. */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { brotliCompressSync, gzipSync } from "node:zlib";

const assets = new URL("dist/assets/", import.meta.url);
for (const name of readdirSync(assets)) {
  if (!/\.(?:js|css|svg)$/.test(name)) continue;
  const content = readFileSync(new URL(name, assets));
  writeFileSync(new URL(`${name}.gz`, assets), gzipSync(content, { level: 9 }));
  writeFileSync(new URL(`${name}.br`, assets), brotliCompressSync(content));
}
