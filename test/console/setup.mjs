import { findCacheDir, findChromium } from "@hooklane/local-stack";
import { startSharedServices } from "@hooklane/testing";

/** Before the first file of this folder: a browser, installed once and not by each file, and services for all of them. */
export default async function setup() {
  const progress = (line) => console.error(line);
  process.env.CHROMIUM_BINARY = await findChromium({
    cacheDir: findCacheDir(process.env),
    env: process.env,
    progress,
  });
  globalThis.stopConsoleServices = await startSharedServices();
}
