import { existsSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { runCommand } from "../processes/run-command.js";
import { assertPinned, fillCacheEntry } from "./cache.js";
import { failureOf } from "./download-failure.js";
import { firstAvailable, type SourceAnswer } from "./first-available.js";
import type { Java } from "./java.js";
import { MAVEN_REMEDY, mavenFailure, runMaven } from "./maven.js";
import type { SourceContext } from "./source-context.js";

/** Apicurio speaks the same HTTP API as Confluent's registry and is free software (dependencies.md §1). */
const VERSION = "3.0.9";
const SHA256 = "2b28181501a20cbf6efcd77f9b7153908fc01f3d3a7c32024c0bd9e1b04c8a43";
const CACHE_ENTRY = `apicurio-registry-${VERSION}`;
const BYTES_NEEDED = 350_000_000;
/** Later versions of the plugin miss the artifact's parent pom. */
const COPY_GOAL = "org.apache.maven.plugins:maven-dependency-plugin:2.8:copy";

/** Finds the schema registry's jar, which needs the folder it lies in: in the cache, or by Maven. */
export function findRegistryJar(java: Java, context: SourceContext): Promise<string> {
  return firstAvailable<string>(
    { what: "Schema registry", remedy: MAVEN_REMEDY },
    [
      { name: "Apicurio in the cache", find: () => Promise.resolve(checkEntry(context.cacheDir)) },
      { name: "Apicurio from Maven Central", find: () => download(java, context) },
    ],
    context.progress,
  );
}

function checkEntry(cacheDir: string): SourceAnswer<string> {
  const jar = join(cacheDir, CACHE_ENTRY, `apicurio-registry-app-${VERSION}-runner.jar`);
  return existsSync(jar)
    ? { kind: "found", value: jar, detail: VERSION }
    : { kind: "unavailable", reason: "none" };
}

async function download(java: Java, context: SourceContext): Promise<SourceAnswer<string>> {
  const { cacheDir, env, signal, progress } = context;
  progress(`downloading Apicurio Registry ${VERSION} (109 MB)`);
  const answer = await fillCacheEntry(cacheDir, CACHE_ENTRY, BYTES_NEEDED, async (staging) => {
    const artifact = `-Dartifact=io.apicurio:apicurio-registry-app:${VERSION}:tar.gz:all`;
    const result = await runMaven([COPY_GOAL, artifact, `-DoutputDirectory=${staging}`], java, context);
    if (failureOf(result, staging) !== undefined) return mavenFailure(result);
    const archive = join(staging, `apicurio-registry-app-${VERSION}-all.tar.gz`);
    await assertPinned(archive, SHA256);
    const unpacked = await runCommand("tar", ["-xzf", archive, "-C", staging], { env, signal });
    await rm(archive);
    return failureOf(unpacked, staging);
  });
  return answer.kind === "failed" ? { kind: "unavailable", reason: answer.reason } : checkEntry(cacheDir);
}
