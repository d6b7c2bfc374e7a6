import { join } from "node:path";
import { inspectProcess, isKafkaReady, readPidFile } from "@hooklane/local-stack";
import mongoose from "mongoose";
import { eventually } from "../eventually.js";
import { readStackEnvironment } from "../services/stack-environment.js";

/** The parts of the stack that can be hurt. */
export type StackNode = "kafka" | "mongodb";

/**
 * The Kafka or MongoDB of a test run as a process, to be frozen or ended. Whoever started the stack starts what ended
 * again, on its data and its ports. Only for a run that has a stack of its own made of programs of this machine, whose
 * folder `HOOKLANE_TEST_STACK_DIR` names: the signal goes to the process itself.
 */
export class StackProcess {
  readonly #pidFile: string;

  constructor(readonly node: StackNode) {
    const dir = process.env.HOOKLANE_TEST_STACK_DIR;
    if (!dir)
      throw new Error(
        "HOOKLANE_TEST_STACK_DIR names the stack to be hurt; `npm run test:invariants` sets it",
      );
    this.#pidFile = join(dir, node, "pid.json");
  }

  /** @throws Error when it does not run */
  get pid(): number {
    const pid = readPidFile(this.#pidFile)?.pid;
    if (pid === undefined) throw new Error(`${this.node} is not running`);
    return pid;
  }

  freeze(): void {
    process.kill(this.pid, "SIGSTOP");
  }

  thaw(): void {
    process.kill(this.pid, "SIGCONT");
  }

  /** Ends it, in order or not, and resolves once it is gone. */
  async end(signal: "SIGTERM" | "SIGKILL"): Promise<void> {
    const { pid } = this;
    process.kill(pid, signal);
    await eventually(() => inspectProcess(pid) === undefined, {
      deadlineMs: 60_000,
      what: `the end of ${this.node}`,
    });
  }

  /** Resolves once it was started again and does its work. */
  async awaitBack(): Promise<void> {
    const isBack = this.node === "kafka" ? isKafkaBack : isMongodbBack;
    await eventually(isBack, { deadlineMs: 90_000, intervalMs: 100, what: `${this.node} to be back` });
  }
}

async function isKafkaBack(): Promise<boolean> {
  const [broker] = readStackEnvironment().brokers;
  return broker !== undefined && (await isKafkaReady(broker));
}

async function isMongodbBack(): Promise<boolean> {
  const client = new mongoose.mongo.MongoClient(readStackEnvironment().mongodbUri, {
    serverSelectionTimeoutMS: 1_000,
  });
  try {
    const hello = await client.db("admin").command({ hello: 1 });
    return hello.isWritablePrimary === true;
  } finally {
    await client.close();
  }
}
