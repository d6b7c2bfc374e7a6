import { existsSync, mkdirSync } from "node:fs";
import { readDatabase } from "./database.mjs";
import { installAndBuild } from "./install.mjs";
import { migrate } from "./migrate.mjs";
import { readOptions } from "./options.mjs";
import { importPackage, runDir, secretsKeysFile, stackDir, stateDir } from "./paths.mjs";
import { assertPortsFree, listPorts } from "./ports.mjs";
import { readyBlock } from "./ready-block.mjs";
import { ServiceGroup } from "./service-group.mjs";
import { readSecretsKeys } from "./secrets-keys.mjs";
import { planDemo, planServices } from "./service-plan.mjs";
import { stopLeftoversOfAll, takeOwnership } from "./state-owner.mjs";
import { untilAborted } from "./stop-signal.mjs";
import { ensureTopics } from "./topics.mjs";
import { ensureDemoWorkspace, readOperatorKey, writeDemoFile } from "./workspace.mjs";

/** Starts everything, stays until `signal` is aborted, and stops everything, whatever happened in between (api.md §1). */
export async function startHooklane(terminal, signal) {
  const cleanups = [];
  try {
    await start(terminal, signal, cleanups);
    await untilAborted(signal);
  } finally {
    await cleanUp(cleanups, terminal);
  }
}

/** Last begun, first ended: the services need the stack for an orderly end. One that fails does not spare the others. */
async function cleanUp(cleanups, terminal) {
  for (const cleanup of cleanups.reverse()) {
    try {
      await cleanup();
    } catch (error) {
      terminal.say(`while stopping: ${error.message}`);
    }
  }
}

async function start(terminal, signal, cleanups) {
  const { env } = process;
  const options = readOptions(env);
  const ports = listPorts(options.ports, options.parts);
  // Without a state folder no leftover of ours can hold a port: then say it before the minutes of a first installation.
  if (!existsSync(runDir)) await assertPortsFree(ports);
  await installAndBuild(terminal, signal);

  mkdirSync(runDir, { recursive: true });
  cleanups.push(await takeOwnership());
  await stopLeftoversOfAll(terminal);
  await assertPortsFree(ports);

  const stack = await startStack(options, terminal, signal);
  cleanups.push(() => stopStack(stack, terminal));
  await ensureTopics(
    stack.kafkaBrokers,
    options.parts.kafka ? "local" : "production",
    terminal,
    await readSecurity(stack.kafkaBrokers),
  );
  await migrate(readDatabase({ ...env, MONGODB_URI: stack.mongodbUri }), terminal, signal);

  const operatorKey = readOperatorKey(env);
  const secretsKeys = readSecretsKeys(env, secretsKeysFile);
  const context = { env, stack, options, operatorKey, secretsKeys };
  const services = new ServiceGroup(terminal);
  cleanups.push(() => stopServices(services, terminal));
  terminal.say(`destinations allowed besides public addresses: ${options.destinationAllow || "none"}`);
  const urls = toUrls(options, stack);
  await terminal.step("starting the services", async () => {
    await services.start(planServices(context));
    await services.waitReady(signal);
    const workspace = await ensureDemoWorkspace(urls.api, operatorKey);
    await services.start([planDemo(context, workspace, urls)]);
    await services.waitReady(signal);
    writeDemoFile({ ...workspace, operatorKey, urls });
  });
  for (const line of readyBlock(options, stack, stateDir)) terminal.print(line);
}

async function startStack(options, terminal, signal) {
  const { startStack: startNodes } = await importPackage("local-stack");
  const { ports, registry, given } = options;
  const onProgress = (line) => terminal.say(`stack: ${line}`);
  return terminal.step("starting the stack", () =>
    startNodes({ dir: stackDir, ports, registry, given, onProgress, signal }),
  );
}

/** Of a Kafka that was given: its services read the same variables. */
async function readSecurity(brokers) {
  const { readKafkaAccess } = await importPackage("service");
  return readKafkaAccess({ ...process.env, KAFKA_BROKERS: brokers }).security;
}

function toUrls({ ports, demo }, stack) {
  return {
    api: `http://127.0.0.1:${ports.api}`,
    ingest: `http://127.0.0.1:${ports.ingest}`,
    receiver: demo ? `http://127.0.0.1:${ports.receiver}` : null,
    kafka: stack.kafkaBrokers,
    mongodb: stack.mongodbUri,
  };
}

async function stopServices(services, terminal) {
  await terminal.step("stopping the services", () => services.stop());
}

async function stopStack(stack, terminal) {
  await terminal.step("stopping the stack", () => stack.stop());
}
