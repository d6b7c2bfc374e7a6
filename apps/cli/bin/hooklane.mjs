#!/usr/bin/env node
import { existsSync } from "node:fs";

// npm links this file before anything is built.
const main = new URL("../dist/main.js", import.meta.url);
if (existsSync(main)) {
  await import(main.href);
} else {
  console.error("hooklane is not built yet: run `npm start` once, or `npm run build`");
  process.exitCode = 1;
}
