import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect } from "@jest/globals";
import { freePort, ServiceProcess, type TestWorkspace } from "@hooklane/testing";
import { useSharedServices } from "../support/suite.js";

const suite = useSharedServices();
const { check } = suite;
const repository = fileURLToPath(new URL("../../../", import.meta.url));
let demo: ServiceProcess | undefined;
let dir: string;
let workspace: TestWorkspace;

beforeAll(async () => {
  workspace = await suite.services.createWorkspace({ name: "demo" });
  dir = await mkdtemp(join(tmpdir(), "hooklane-readme-"));
  await mkdir(join(dir, ".hooklane"));
  demo = await startDemo();
  const content = {
    workspaceId: workspace.id,
    apiKey: workspace.apiKey,
    operatorKey: suite.services.operatorKey,
    urls: {
      api: suite.services.service("subscription-api").url,
      ingest: suite.services.service("event-ingestor").url,
      receiver: demo.url,
      kafka: suite.services.stack.brokers.join(","),
      mongodb: suite.services.stack.mongodbUri,
    },
  };
  await writeFile(join(dir, ".hooklane", "demo.json"), JSON.stringify(content));
}, 120_000);

afterAll(async () => {
  await demo?.stop();
  await rm(dir, { recursive: true, force: true });
});

/** The demo app as `npm start` runs it, on ports of its own. */
async function startDemo(): Promise<ServiceProcess> {
  const { services } = suite;
  const port = await freePort();
  const app = new ServiceProcess({
    name: "demo",
    port,
    cwd: repository,
    args: ["apps/demo/dist/main.js"],
    env: {
      PATH: process.env.PATH ?? "",
      HOOKLANE_TEST_RUN: process.env.HOOKLANE_TEST_RUN ?? "",
      KAFKA_BROKERS: services.stack.brokers.join(","),
      HOOKLANE_TOPIC_PREFIX: services.prefix,
      DEMO_PORT: String(port),
      DEMO_SMTP_PORT: String(await freePort()),
      DEMO_MODE: "full",
      DEMO_STATE_FILE: join(dir, ".hooklane", "demo-webhooks.json"),
      HOOKLANE_API_URL: services.service("subscription-api").url,
      HOOKLANE_INGEST_URL: services.service("event-ingestor").url,
      HOOKLANE_WORKSPACE_ID: workspace.id,
      HOOKLANE_API_KEY: workspace.apiKey,
    },
  });
  app.spawn();
  await app.waitReady();
  return app;
}

/** The blocks of a Markdown file that are marked as a part of the walk-through, in order. */
function readWalkthrough(markdown: string): readonly string[] {
  return [...markdown.matchAll(/^```bash walkthrough\n(.*?)^```$/gms)].map(([, block]) => block ?? "");
}

async function runInBash(script: string): Promise<{ code: number | null; output: string }> {
  // Node's own pipes are sockets, which `tee /dev/stderr` cannot open: the shell makes one of its own.
  const piped = 'bash -e -c "$0" 2>&1 | cat; exit "${PIPESTATUS[0]}"';
  const shell = spawn("bash", ["-c", piped, script], { cwd: dir, timeout: 60_000 });
  const chunks: Buffer[] = [];
  shell.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
  const [code] = (await once(shell, "close")) as [number | null];
  return { code, output: Buffer.concat(chunks).toString() };
}

describe("the README", () => {
  check("its walk-through works as written, in one shell, from the webhook to the delivery", async () => {
    const blocks = readWalkthrough(await readFile(join(repository, "README.md"), "utf8"));
    expect(blocks.length).toBeGreaterThan(2);
    const { code, output } = await runInBash(blocks.join("\n"));
    // The output first: it tells what went wrong.
    expect(output).toContain('"status":"delivered"');
    expect(output).toMatch(/"secret":\s*"whsec_/);
    expect(code).toBe(0);
  });
});
