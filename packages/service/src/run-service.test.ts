import { spawn, type ChildProcess } from "node:child_process";
import { createServer } from "node:net";
import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, jest, test } from "@jest/globals";

jest.setTimeout(30_000);

const support = (file: string) => fileURLToPath(new URL(`../test-support/${file}`, import.meta.url));
const children: ChildProcess[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
});

/** Starts the sample service in a process of its own. */
function start(env: Record<string, string>) {
  const child = spawn(
    process.execPath,
    ["--import", support("ts-loader.mjs"), support("sample-service.mjs")],
    {
      env: {
        PATH: process.env.PATH,
        KAFKA_BROKERS: "127.0.0.1:1",
        MONGODB_URI: "mongodb://127.0.0.1/",
        ...env,
      },
      stdio: ["ignore", "pipe", "pipe"],
    },
  );
  children.push(child);
  const output = { out: "", err: "" };
  child.stdout.setEncoding("utf8").on("data", (text: string) => (output.out += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (output.err += text));
  const ended = new Promise<number | null>((resolve) => child.on("close", resolve));
  const event = async (name: string): Promise<void> => {
    const deadline = performance.now() + 20_000;
    while (!output.out.includes(`"msg":"${name}"`)) {
      if (performance.now() > deadline) throw new Error(`No ${name} in: ${output.out}${output.err}`);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  };
  return { child, output, ended, event };
}

describe("a running service", () => {
  test("closes on SIGTERM, aborted signal first, and exits 0; a repeated signal changes nothing", async () => {
    const { child, ended, event, output } = start({ SAMPLE_MODE: "slow-stop" });
    await event("service.started");
    child.kill("SIGTERM");
    await event("service.stopping");
    child.kill("SIGTERM");
    child.kill("SIGINT");
    await expect(ended).resolves.toBe(0);
    expect(output.out).toContain('"isAborted":true,"msg":"sample.closed"');
    expect(output.out).toContain('"msg":"service.stopped"');
    expect(output.err).toBe("");
  });

  test("that is stopped while it starts gives up and exits 0", async () => {
    const { child, ended, event, output } = start({ SAMPLE_MODE: "slow-start" });
    await event("sample.listening");
    child.kill("SIGINT");
    await expect(ended).resolves.toBe(0);
    expect(output.out).not.toContain("service.start_failed");
  });

  test("whose start does not come back from a call is not waited for, and exits 0", async () => {
    const { child, ended, event, output } = start({ SAMPLE_MODE: "stuck-start" });
    await event("sample.listening");
    child.kill("SIGTERM");
    await expect(ended).resolves.toBe(0);
    expect(output.out).toContain('"msg":"service.stopped"');
  });

  test("that does not end in time is ended, and exits 1", async () => {
    const { child, ended, event, output } = start({ SAMPLE_MODE: "stuck-stop" });
    await event("service.started");
    child.kill("SIGTERM");
    await expect(ended).resolves.toBe(1);
    expect(output.out).toContain("service.stop_timed_out");
  });

  test("logs an uncaught error and exits 1 at once, without closing in an unknown state", async () => {
    const { ended, output } = start({ SAMPLE_MODE: "uncaught" });
    await expect(ended).resolves.toBe(1);
    expect(output.out).toContain('"msg":"service.uncaught_error"');
    expect(output.out).toContain("out of the blue");
    expect(output.out).not.toContain("sample.closed");
  });
});

describe("a start that fails", () => {
  test("for its configuration says every bad variable, exit 1", async () => {
    const { ended, output } = start({ KAFKA_BROKERS: "nowhere", SAMPLE_PORT: "x" });
    await expect(ended).resolves.toBe(1);
    expect(output.err).toMatch(
      /^sample cannot start: 2 bad configuration variables\n {2}KAFKA_BROKERS .*\n {2}SAMPLE_PORT /,
    );
    expect(output.out).toBe("");
  });

  test("for a busy port says port and variable in one line, exit 1", async () => {
    const holder = createServer();
    await new Promise<void>((resolve) => holder.listen(0, "127.0.0.1", resolve));
    const { port } = holder.address() as { port: number };
    const { ended, output } = start({ SAMPLE_PORT: String(port) });
    await expect(ended).resolves.toBe(1);
    expect(output.err).toBe(`sample cannot start: port ${port} is in use: set SAMPLE_PORT to a free one\n`);
    await new Promise((resolve) => holder.close(resolve));
  });

  test("for any other reason is one log line with the error, exit 1", async () => {
    const { ended, output } = start({ SAMPLE_MODE: "failing-start" });
    await expect(ended).resolves.toBe(1);
    expect(output.out).toContain('"msg":"service.start_failed"');
    expect(output.out).toContain("no such thing");
  });
});
