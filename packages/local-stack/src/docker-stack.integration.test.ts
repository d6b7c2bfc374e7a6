import { execFileSync, spawnSync } from "node:child_process";
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "@jest/globals";
import { readContainerRecord, seedOf } from "./docker/container-record.js";
import { KAFKA_IMAGE, MONGODB_IMAGE } from "./docker/image-source.js";
import { toClusterId } from "./nodes/kafka-settings.js";
import { pollUntil } from "./poll.js";
import { findFreeStackPorts, isPortFree } from "./ports.js";
import { isRecordedProcess, readPidFile } from "./processes/pid-file.js";
import { startStack, type RunningStack, type StackOptions } from "./stack.js";
import { killOwnerAfterStart, readTraces, writeTraces } from "./testing/stack-traces.js";
import { wipeStack } from "./wipe.js";

/** Starts real containers; an engine without layers that share files copies each image, which takes long under load. */
const LIMIT_MS = 480_000;

let dir: string;
let stack: RunningStack | undefined;

beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), "hooklane-docker-stack-"));
});
afterEach(async () => {
  await stack?.stop();
  stack = undefined;
}, LIMIT_MS);
afterAll(async () => {
  for (const name of readdirSync(dir)) await wipeStack(join(dir, name));
  rmSync(dir, { recursive: true, force: true });
}, LIMIT_MS);

/** Of all programs, Docker's client alone: no Java, no Maven, no mongod, no pip, and an empty cache. */
function dockerOnly(): NodeJS.ProcessEnv {
  const programs = join(dir, "programs");
  mkdirSync(programs, { recursive: true });
  const client = (process.env.PATH ?? "")
    .split(":")
    .map((folder) => join(folder, "docker"))
    .find((path) => spawnSync(path, ["--version"]).status === 0);
  if (client !== undefined && readdirSync(programs).length === 0)
    symlinkSync(client, join(programs, "docker"));
  return {
    ...process.env,
    PATH: programs,
    JAVA_HOME: "",
    MONGOD_BINARY: "",
    MONGOMS_RUNTIME_DOWNLOAD: "false",
    HOOKLANE_CACHE: join(dir, "empty-cache"),
  };
}

/** The client is there, an engine is not. */
function noEngine(): NodeJS.ProcessEnv {
  return { ...dockerOnly(), DOCKER_HOST: `unix://${join(dir, "no-engine.sock")}`, DOCKER_CONTEXT: "" };
}

async function start(name: string, options: Partial<StackOptions> = {}): Promise<RunningStack> {
  stack = await startStack({
    dir: join(dir, name),
    ports: await findFreeStackPorts(),
    env: dockerOnly(),
    ...options,
  });
  return stack;
}

/** A node's folder as an earlier start may have left it. */
function leaveFile(stackName: string, node: "kafka" | "mongodb", file: string, content: string): void {
  const path = join(dir, stackName, node, file);
  mkdirSync(join(path, ".."), { recursive: true });
  writeFileSync(path, content);
}

const VOLUME = `hooklane-kafka-${"0".repeat(32)}`;

describe("without a Docker engine", () => {
  test(
    "the engine is named as the last source that was tried, and among the remedies",
    async () => {
      const said: string[] = [];
      const started = start("none", { env: noEngine(), onProgress: (line) => said.push(line) });
      await expect(started).rejects.toMatchObject({
        code: "nothing_available",
        message: expect.stringMatching(/ is not to be had on this machine; .*, or start a Docker engine$/),
      });
      expect(said.join("\n")).toMatch(/^(Kafka|MongoDB): Docker engine: ./m);
    },
    LIMIT_MS,
  );

  test(
    "a node with its data in a volume does not begin anew with a local program",
    async () => {
      leaveFile("volume", "kafka", "container.json", JSON.stringify({ name: VOLUME, holdsData: true }));
      const env = { ...process.env, DOCKER_HOST: noEngine().DOCKER_HOST };
      const given = { mongodbUri: "mongodb://127.0.0.1:1" };
      await expect(start("volume", { env, given })).rejects.toMatchObject({
        code: "nothing_available",
        message: expect.stringMatching(
          new RegExp(
            `^Kafka's data is in the Docker volume ${VOLUME}, and its engine is not to be had \\(.+\\): start it, or wipe`,
          ),
        ),
      });
    },
    LIMIT_MS,
  );

  test.each([
    ["Kafka", "kafka", "data/meta.properties", { mongodbUri: "mongodb://127.0.0.1:1" }],
    ["MongoDB", "mongodb", "data/WiredTiger", { kafkaBrokers: "127.0.0.1:1" }],
  ] as const)(
    "%s with its data in a folder asks for a program of this machine, engine or not",
    async (what, node, file, given) => {
      leaveFile(`folder-${node}`, node, file, "");
      await expect(start(`folder-${node}`, { given })).rejects.toMatchObject({
        code: "nothing_available",
        message: expect.stringMatching(
          new RegExp(
            `^${what}'s data in .* was made without Docker, and needs a program of this machine again: install`,
          ),
        ),
      });
    },
    LIMIT_MS,
  );
});

/** Both images as well: a pull of hundreds of megabytes is not part of a test. */
function hasEngineAndImages(): boolean {
  const commands = [
    ["info", "--format", "{{.ServerVersion}}"],
    ["image", "inspect", KAFKA_IMAGE, MONGODB_IMAGE],
  ];
  return commands.every((args) => spawnSync("docker", args, { timeout: 2_000 }).status === 0);
}

// Not skipped where there is no engine, but not there: what the stack does then is tested above.
if (hasEngineAndImages()) {
  describe("on a Docker engine", () => {
    test(
      "the stack needs no other program, ends in order, and keeps its data until it is wiped, whatever programs appear",
      async () => {
        const said: string[] = [];
        const ports = await findFreeStackPorts();
        const first = await start("kept", { ports, onProgress: (line) => said.push(line) });
        expect(said).toContain(`Kafka: Docker engine, ${KAFKA_IMAGE}`);
        expect(said).toContain(`MongoDB: Docker engine, ${MONGODB_IMAGE}`);
        expect(said.some((line) => line.startsWith("Java"))).toBe(false);
        await writeTraces(first);
        const before = await readTraces(first);
        expect(before).toMatchObject({ topics: ["kept"], documents: 1 });
        await first.stop();
        expect(listContainers(namesOf("kept"))).toEqual([]);
        expect(await isPortFree(ports.kafka)).toBe(true);
        expect(await isPortFree(ports.mongodb)).toBe(true);
        expect(readLog("kept", "mongodb/mongod.log")).toContain('"attr":{"exitCode":0}');

        said.length = 0;
        const second = await start("kept", { env: process.env, onProgress: (line) => said.push(line) });
        expect(said).toContain(`Kafka: Docker engine, ${KAFKA_IMAGE}, where its data is`);
        expect(second.kafkaBrokers).not.toBe(first.kafkaBrokers);
        expect(await readTraces(second)).toEqual(before);
        await second.stop();

        const names = namesOf("kept");
        // A cluster of its own: the image's standard id would make a wiped Kafka look like the one before.
        expect(before.clusterId).toBe(toClusterId(seedOf(names[0]!)));
        expect(listVolumes(names)).toEqual(names);
        await wipeStack(join(dir, "kept"));
        expect(listVolumes(names)).toEqual([]);
      },
      LIMIT_MS,
    );

    test(
      "what a kill -9 has left, with a client or without, is found and replaced, with its data",
      async () => {
        const ports = await findFreeStackPorts();
        await killOwnerAfterStart({ dir: join(dir, "orphaned"), ports, env: dockerOnly() });
        // MongoDB's container has no process of ours any more, Kafka's still has one.
        await killClient("orphaned", "mongodb");
        expect(listContainers(namesOf("orphaned"))).toHaveLength(2);
        const said: string[] = [];
        // On the same ports: they are free only when the old containers are gone for good.
        const running = await start("orphaned", { ports, onProgress: (line) => said.push(line) });
        expect(said).toContain("stopped what an earlier start had left: Kafka, MongoDB");
        expect(await readTraces(running)).toMatchObject({ topics: ["kept"], documents: 1 });
        expect(listContainers(namesOf("orphaned"))).toHaveLength(2);
      },
      LIMIT_MS,
    );

    test(
      "a node whose container or whose client was killed is started again, with its data",
      async () => {
        const said: string[] = [];
        const running = await start("killed", { onProgress: (line) => said.push(line) });
        await writeTraces(running);
        docker("kill", namesOf("killed")[0]!);
        await killClient("killed", "mongodb");
        for (const node of ["Kafka", "MongoDB"]) {
          const isBack = () => said.includes(`${node} was started again`) || undefined;
          expect(await pollUntil(isBack, { deadlineMs: 90_000 })).toBe(true);
        }
        expect(await readTraces(running)).toMatchObject({ topics: ["kept"], documents: 1 });
        await running.stop();
        expect(listContainers(namesOf("killed"))).toEqual([]);
      },
      LIMIT_MS,
    );

    test(
      "data in a volume that the engine does not have is said to be missing, not replaced by nothing",
      async () => {
        leaveFile("missing", "kafka", "container.json", JSON.stringify({ name: VOLUME, holdsData: true }));
        const given = { mongodbUri: "mongodb://127.0.0.1:1" };
        await expect(start("missing", { given })).rejects.toThrow(
          `Kafka's data is in the Docker volume ${VOLUME}, which this engine does not have`,
        );
        expect(listVolumes([VOLUME])).toEqual([]);
      },
      LIMIT_MS,
    );

    test(
      "a start that is given up leaves no container",
      async () => {
        const abort = new AbortController();
        const started = start("given-up", { signal: abort.signal });
        // In the middle of it: the volume is there, the container is being made.
        const names = await pollUntil(
          () => {
            const present = listVolumes(namesOf("given-up"));
            return present.length === 2 ? present : undefined;
          },
          { deadlineMs: 60_000, everyMs: 5 },
        );
        abort.abort();
        await expect(started).rejects.toMatchObject({ code: "aborted" });
        expect(listContainers(names!)).toEqual([]);
      },
      LIMIT_MS,
    );
  });
}

/** Names of a stack's containers and volumes, Kafka's first. */
function namesOf(stackName: string): string[] {
  return ["kafka", "mongodb"].flatMap((node) => readContainerRecord(join(dir, stackName, node))?.name ?? []);
}

function docker(...args: string[]): string {
  return execFileSync("docker", args, { encoding: "utf8" });
}

function listContainers(names: readonly string[]): string[] {
  return pickLines(docker("ps", "--all", "--format", "{{.Names}}"), names);
}

function listVolumes(names: readonly string[]): string[] {
  return pickLines(docker("volume", "ls", "--format", "{{.Name}}"), names);
}

function pickLines(output: string, names: readonly string[]): string[] {
  return output.split("\n").filter((line) => names.includes(line));
}

function readLog(stackName: string, file: string): string {
  return readFileSync(join(dir, stackName, file), "utf8");
}

/** Leaves a container without any process of ours. */
async function killClient(stackName: string, node: string): Promise<void> {
  const record = readPidFile(join(dir, stackName, node, "pid.json"))!;
  process.kill(record.pid, "SIGKILL");
  const isGone = () => (isRecordedProcess(record) ? undefined : true);
  expect(await pollUntil(isGone, { deadlineMs: 30_000 })).toBe(true);
}
