import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "@jest/globals";
import { mongo } from "mongoose";
import { pollUntil } from "./poll.js";
import { findFreeStackPorts, isPortFree } from "./ports.js";
import { readPidFile } from "./processes/pid-file.js";
import { startStack, type RunningStack, type StackOptions } from "./stack.js";
import { killOwnerAfterStart, readTraces, toKafka, writeTraces } from "./testing/stack-traces.js";
import { wipeStack } from "./wipe.js";

/** Starts real programs; on a loaded machine each start takes seconds. */
const LIMIT_MS = 180_000;

let dir: string;
let stack: RunningStack | undefined;

beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), "hooklane-stack-"));
});
afterEach(async () => {
  await stack?.stop();
  stack = undefined;
}, LIMIT_MS);
afterAll(async () => {
  // On a machine where the nodes run in containers their data is not in the folder.
  for (const name of readdirSync(dir)) await wipeStack(join(dir, name));
  rmSync(dir, { recursive: true, force: true });
}, LIMIT_MS);

async function start(name: string, options: Partial<StackOptions> = {}): Promise<RunningStack> {
  stack = await startStack({ dir: join(dir, name), ports: await findFreeStackPorts(), ...options });
  return stack;
}

describe("the local stack", () => {
  test(
    "keeps its data over a restart, also on other ports, and leaves nothing of its readiness check",
    async () => {
      const first = await start("kept");
      await writeTraces(first);
      await first.stop();
      const second = await start("kept");
      expect(second.kafkaBrokers).not.toBe(first.kafkaBrokers);
      expect(await readTraces(second)).toMatchObject({ topics: ["kept"], documents: 1 });
    },
    LIMIT_MS,
  );

  test(
    "takes an idempotent producer, a transaction and a change stream from its first moment",
    async () => {
      const running = await start("usable");
      const kafka = toKafka(running);
      const admin = kafka.admin();
      await admin.connect();
      await admin.createTopics({ topics: [{ topic: "first" }], waitForLeaders: true });
      await admin.disconnect();
      const producer = kafka.producer({ idempotent: true, retry: { retries: 1 } });
      await producer.connect();
      await producer.send({ topic: "first", messages: [{ value: "1" }] });
      await producer.disconnect();

      const client = new mongo.MongoClient(running.mongodbUri);
      const things = client.db("usable").collection("things");
      // From here on, whenever the stream opens.
      const { operationTime } = await client.db("usable").command({ ping: 1 });
      const changes = things.watch([], { startAtOperationTime: operationTime as mongo.Timestamp });
      const change = changes.next();
      await client.withSession((session) =>
        session.withTransaction(() => things.insertOne({ name: "in a transaction" }, { session })),
      );
      expect(await change).toMatchObject({ operationType: "insert" });
      await changes.close();
      await client.close();
    },
    LIMIT_MS,
  );

  test(
    "that a kill -9 of its owner has left running is found and replaced, with its data",
    async () => {
      const name = "orphaned";
      const ports = await findFreeStackPorts();
      await killOwnerAfterStart({ dir: join(dir, name), ports });
      expect(await isPortFree(ports.kafka)).toBe(false);
      const said: string[] = [];
      // On the same ports: they are free only when the old programs are gone for good.
      const running = await start(name, { ports, onProgress: (line) => said.push(line) });
      expect(said).toContain("stopped what an earlier start had left: Kafka, MongoDB");
      expect((await readTraces(running)).topics).toEqual(["kept"]);
    },
    LIMIT_MS,
  );

  test(
    "starts a node again that was killed",
    async () => {
      const running = await start("killed", { given: { kafkaBrokers: "127.0.0.1:1" } });
      const pidFile = join(dir, "killed", "mongodb", "pid.json");
      const killed = readPidFile(pidFile)!.pid;
      process.kill(killed, "SIGKILL");
      const restarted = await pollUntil(() => (readPidFile(pidFile)?.pid ?? killed) !== killed || undefined, {
        deadlineMs: 60_000,
      });
      expect(restarted).toBe(true);
      const client = new mongo.MongoClient(running.mongodbUri, { serverSelectionTimeoutMS: 60_000 });
      await client.db("killed").collection("things").insertOne({ name: "after" });
      await client.close();
    },
    LIMIT_MS,
  );

  test(
    "names a busy port and starts nothing",
    async () => {
      const ports = await findFreeStackPorts();
      const server = createServer();
      await new Promise<void>((resolve) => server.listen(ports.mongodb, "127.0.0.1", resolve));
      await expect(start("busy", { ports })).rejects.toThrow(`port ${ports.mongodb} (MongoDB) is in use`);
      expect(await isPortFree(ports.kafka)).toBe(true);
      await new Promise((resolve) => server.close(resolve));
    },
    LIMIT_MS,
  );

  test(
    "leaves nothing running when one of its nodes cannot start",
    async () => {
      const ports = await findFreeStackPorts();
      const env = {
        ...process.env,
        PATH: "",
        MONGOD_BINARY: "",
        JAVA_HOME: "",
        HOOKLANE_CACHE: join(dir, "empty"),
      };
      await expect(start("nothing", { ports, env })).rejects.toMatchObject({ code: "nothing_available" });
      expect(await isPortFree(ports.kafka)).toBe(true);
      expect(await isPortFree(ports.mongodb)).toBe(true);
    },
    LIMIT_MS,
  );
});
