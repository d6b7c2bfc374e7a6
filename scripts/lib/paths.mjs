import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The repository. */
export const root = fileURLToPath(new URL("../..", import.meta.url));

/** What a local start keeps: data, keys, pid files. */
export const stateDir = join(root, ".hooklane");
export const stackDir = join(stateDir, "stack");
export const runDir = join(stateDir, "run");
export const startPidFile = join(stateDir, "start.pid.json");
export const demoFile = join(stateDir, "demo.json");
export const demoWebhooksFile = join(stateDir, "demo-webhooks.json");
export const operatorKeyFile = join(stateDir, "operator-key");
export const secretsKeysFile = join(stateDir, "secrets-keys");

/** The built module of one of our packages. Only there once {@link import("./install.mjs")} has done its work. */
export function importPackage(name) {
  return import(join(root, "packages", name, "dist", "index.js"));
}
