import { spawn } from "node:child_process";
import { randomBytes, randomInt } from "node:crypto";
import { createWriteStream, mkdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { Docker } from "./docker.mjs";
import { forwardPort } from "./forward-port.mjs";
import { checkImages } from "./image-limits.mjs";
import { importPackage } from "./paths.mjs";
import { UserError } from "./user-error.mjs";

/** The files of infra/ that make the stack. */
const FILES = ["docker-compose.yml", "docker-compose.three-brokers.yml", "docker-compose.e2e.yml"];

/** Where each service is published (infra/docker-compose.yml). */
const PORTS = {
  "subscription-api": 4400,
  "event-ingestor": 4401,
  router: 4402,
  dispatcher: 4403,
  "health-monitor": 4404,
};

/** Kafka, the replica set, topics and services, all on one small machine. Milliseconds. */
const READY_LIMIT_MS = 180_000;

/**
 * `TEST_STACK=external`: the composed containers of infra/, three brokers, every service from its image, as a stack for tests
 * on this machine. Images are built, or used as they are when `HOOKLANE_VERSION` names them.
 *
 * Receivers of tests listen where containers reach this machine: on the network's gateway.
 *
 * @param dir a folder for what it writes
 * @returns {Promise<object>} what `startTestStack` gives, and `environment`, variables for tests
 */
export async function startExternalStack(dir, env, terminal, signal) {
  const { SHARED_RETRY_WAITS_MS, TEST_SECRETS_KEYS } = await importPackage("testing");
  await removeAbandoned(new Docker({}, signal), terminal);
  const project = `${PROJECT_PREFIX}${process.pid}`;
  const version = env.HOOKLANE_VERSION || "e2e";
  // An address of its own on the loopback interface: nothing else's ports are in the way.
  const address = `127.${randomInt(1, 255)}.${randomInt(0, 255)}.${randomInt(2, 255)}`;
  const { findFreePorts } = await importPackage("local-stack");
  const [registryPort] = await findFreePorts(1);
  const variables = {
    HOOKLANE_VERSION: version,
    COMPOSE_PROFILES: "mail-catcher",
    PUBLISH_ADDRESS: address,
    OPERATOR_KEY: `hl_operator_${randomBytes(18).toString("hex")}`,
    HOOKLANE_SECRETS_KEYS: TEST_SECRETS_KEYS,
    // Nobody listens there.
    SMTP_URL: "smtp://127.0.0.1:9",
    MAIL_FROM: "Hooklane <hooklane@example.org>",
    E2E_RETRY_WAITS_S: SHARED_RETRY_WAITS_MS.map((ms) => ms / 1_000).join(","),
    E2E_NETWORK: project,
  };
  const docker = new Docker(variables, signal);
  await docker.assertUsable();
  const parts = [];
  // Also after an interruption, when the signal of this run ends every command at once.
  const stop = () => stopAll(parts);
  try {
    await docker.run("network", "create", project);
    parts.push(() => new Docker({}, never).run("network", "rm", project));
    const gateway = await docker.run(
      "network",
      "inspect",
      "--format",
      "{{(index .IPAM.Config 0).Gateway}}",
      project,
    );
    Object.assign(variables, {
      HOOKLANE_DESTINATION_ALLOW: `${gateway}/32,127.0.0.0/8,::1/128`,
      SCHEMA_REGISTRY_URL: `http://${gateway}:${registryPort}/apis/ccompat/v7`,
    });
    const run = (...args) => docker.compose({ project, files: FILES, args });
    if (!env.HOOKLANE_VERSION) await terminal.step("building the images", () => run("build"));
    terminal.say(`images: ${(await checkImages(docker, version)).join(", ")}`);
    parts.push(() => removeContainers(project, variables));
    await terminal.step("starting the containers", () => run("up", "--detach", "--no-build"));
    const logFile = followLogs(docker, { project, files: FILES }, dir, parts);
    await terminal.step("waiting for the services", () => waitReady(address, logFile, signal));
    parts.push(() => assertOrderlyStop(project, variables, terminal));
    const stack = {
      kafkaBrokers: [4492, 4493, 4494].map((port) => `${address}:${port}`).join(","),
      mongodbUri: `mongodb://${address}:4417/?directConnection=true`,
    };
    const registryUrl = await startRegistry(
      { dir, env, stack, gateway, registryPort, terminal, signal },
      parts,
    );
    const services = {
      stack: {
        brokers: stack.kafkaBrokers.split(","),
        mongodbUri: stack.mongodbUri,
        schemaRegistryUrl: registryUrl,
      },
      prefix: "hooklane",
      operatorKey: variables.OPERATOR_KEY,
      urls: Object.fromEntries(
        Object.entries(PORTS).map(([name, port]) => [name, `http://${address}:${port}`]),
      ),
      logFile,
    };
    const environment = {
      HOOKLANE_TEST_SERVICES: JSON.stringify(services),
      HOOKLANE_TEST_RECEIVER_HOST: gateway,
      HOOKLANE_TEST_COMPOSE_PROJECT: project,
      HOOKLANE_VERSION: version,
    };
    return { ...stack, registryUrl, environment, stop };
  } catch (error) {
    await stop().catch((fault) => terminal.say(fault.message));
    throw error;
  }
}

const never = new AbortController().signal;

/** Whatever goes wrong in one, the others are done: last made, first ended. */
async function stopAll(parts) {
  const faults = [];
  for (const part of parts.splice(0).reverse()) await part().catch((error) => faults.push(error.message));
  if (faults.length > 0) throw new UserError(faults.join("\n"));
}

/** Compose projects and networks of such runs begin so, followed by the number of the process. */
const PROJECT_PREFIX = "hooklane-e2e-";

/** Clears away what a run that was killed has left. */
async function removeAbandoned(docker, terminal) {
  const { inspectProcess } = await importPackage("local-stack");
  await docker.assertUsable();
  const networks = await docker.run(
    "network",
    "ls",
    "--format",
    "{{.Name}}",
    "--filter",
    `name=^${PROJECT_PREFIX}`,
  );
  for (const project of networks.split("\n").filter(Boolean)) {
    if (inspectProcess(Number(project.slice(PROJECT_PREFIX.length))) !== undefined) continue;
    terminal.say(`removing what an earlier run has left: ${project}`);
    await removeContainers(project, {});
    await docker.run("network", "rm", project);
  }
}

/** By their labels: what Compose would need to read its files for is not there any more for an abandoned run. */
async function removeContainers(project) {
  const docker = new Docker({}, never);
  const label = `label=com.docker.compose.project=${project}`;
  // And those that test files have started for themselves (packages/testing).
  for (const filter of [label, `label=hooklane.test=${project}`]) {
    const containers = await docker.run("ps", "--all", "--quiet", "--filter", filter);
    if (containers !== "") await docker.run("rm", "--force", "--volumes", ...containers.split("\n"));
  }
  const volumes = await docker.run("volume", "ls", "--quiet", "--filter", label);
  if (volumes !== "") await docker.run("volume", "rm", ...volumes.split("\n"));
}

/** Stops the services as an upgrade does, and holds each to its exit code. */
async function assertOrderlyStop(project, variables, terminal) {
  const docker = new Docker(variables, never);
  const names = Object.keys(PORTS);
  const ids = new Map();
  for (const name of names) {
    const labels = [`project=${project}`, `service=${name}`];
    const filters = labels.flatMap((label) => ["--filter", `label=com.docker.compose.${label}`]);
    ids.set(name, await docker.run("ps", "--all", "--quiet", ...filters));
  }
  await docker.run("stop", "--time", "15", ...ids.values());
  const faults = [];
  for (const [name, id] of ids) {
    const state = await docker.run("inspect", "--format", "{{.State.ExitCode}} {{.RestartCount}}", id);
    if (state !== "0 0") faults.push(`${name} ended with exit code and restarts ${state}; expected 0 0`);
  }
  if (faults.length > 0) throw new UserError(faults.join("\n"));
  terminal.say("each service ended in order, and was never restarted");
}

/** Everything the services print goes to a file, for the report of a failure: as `dispatcher | …`, like that of processes. */
function followLogs(docker, { project, files }, dir, parts) {
  mkdirSync(dir, { recursive: true });
  const file = join(dir, "containers.log");
  const args = ["logs", "--follow", "--no-color", ...Object.keys(PORTS)];
  const [command, ...rest] = docker.toComposeCommand({ project, files, args });
  const child = spawn(command, rest, { env: docker.env, stdio: ["ignore", "pipe", "ignore"] });
  const out = createWriteStream(file);
  // `dispatcher_1   | …` and `dispatcher-1  | …`
  child.stdout
    .setEncoding("utf8")
    .on("data", (text) => out.write(text.replaceAll(/^([a-z-]+?)[_-]\d+ +\| /gm, "$1 | ")));
  parts.push(async () => {
    child.kill("SIGTERM");
    out.end();
  });
  return file;
}

/** Resolves when every service answers 200 on `/readyz`. */
async function waitReady(address, logFile, signal) {
  const deadline = performance.now() + READY_LIMIT_MS;
  for (const [name, port] of Object.entries(PORTS)) {
    while (!(await isReady(`http://${address}:${port}/readyz`))) {
      if (performance.now() > deadline)
        throw new UserError(`${name} is not ready; its lines are in ${logFile}`);
      await pause(200, undefined, { signal });
    }
  }
}

async function isReady(url) {
  try {
    return (await fetch(url, { signal: AbortSignal.timeout(2_000) })).status === 200;
  } catch {
    return false;
  }
}

/** The schema registry is a program of this machine, as in every test stack; containers reach it through the gateway. */
async function startRegistry({ dir, env, stack, gateway, registryPort, terminal, signal }, parts) {
  const { startStack } = await importPackage("local-stack");
  const onProgress = (line) => terminal.say(`stack: ${line}`);
  const ports = { registry: registryPort };
  const local = await startStack({ dir, ports, registry: true, given: stack, env, onProgress, signal });
  parts.push(() => local.stop());
  parts.push(await forwardPort(gateway, registryPort));
  return local.registryUrl.replace("127.0.0.1", gateway);
}
