import { findCacheDir, type SourceContext } from "@hooklane/local-stack";

/** What programs and schemas are found with: kept where Kafka's jars are; what is done about it is said. */
export const toolContext: SourceContext = {
  cacheDir: findCacheDir(process.env),
  env: process.env,
  progress: (line) => process.stderr.write(`${line}\n`),
};

/** Time to make everything on a machine that has nothing of it, milliseconds. */
export const TOOLS_LIMIT_MS = 25 * 60_000;
