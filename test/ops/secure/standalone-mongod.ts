import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inspectProcess, readPidFile } from "@hooklane/local-stack";
import { eventually, freePort } from "@hooklane/testing";
import { mongo } from "mongoose";

/** A MongoDB that is no replica set. */
export interface StandaloneMongod {
  readonly port: number;
  stop(): Promise<void>;
}

/** @param pidFile of a `mongod` that runs: the same program is used */
export async function startStandaloneMongod(pidFile: string): Promise<StandaloneMongod> {
  const [program] = inspectProcess(readPidFile(pidFile)?.pid ?? 0)?.commandLine.split(" ") ?? [];
  if (program === undefined) throw new Error(`${pidFile} names no process`);
  const port = await freePort();
  const dir = mkdtempSync(join(tmpdir(), "hooklane-standalone-"));
  const args = ["--port", String(port), "--dbpath", dir, "--bind_ip", "127.0.0.1", "--nounixsocket"];
  const child = spawn(program, args, { stdio: "ignore" });
  const exited = once(child, "exit");
  const stop = async () => {
    child.kill("SIGKILL");
    await exited;
    rmSync(dir, { recursive: true, force: true });
  };
  try {
    await eventually(() => answers(port), { what: "a standalone MongoDB" });
  } catch (error) {
    await stop();
    throw error;
  }
  return { port, stop };
}

async function answers(port: number): Promise<boolean> {
  const client = new mongo.MongoClient(`mongodb://127.0.0.1:${port}/?directConnection=true`, {
    serverSelectionTimeoutMS: 1_000,
  });
  try {
    await client.db("admin").command({ ping: 1 });
    return true;
  } finally {
    await client.close();
  }
}
