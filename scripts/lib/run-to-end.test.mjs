import { describe, expect, test } from "@jest/globals";
import { runToEnd } from "./run-to-end.mjs";

const node = (script, signal = new AbortController().signal) =>
  runToEnd(process.execPath, ["-e", script], { cwd: process.cwd(), env: {}, signal, output: "keep" });

describe("runToEnd", () => {
  test("gives exit code and output", async () => {
    expect(await node('console.log("said"); process.exitCode = 3')).toEqual({ code: 3, output: "said" });
  });

  test("keeps both ends of a long output, where programs say what went wrong", async () => {
    const { output } = await node('console.log("first" + "-".repeat(100_000) + "last")');
    expect(output).toMatch(/^first-+last$/);
    expect(output.length).toBeLessThan(10_000);
  });

  test("ends a program and what it has started when the work is called off", async () => {
    const stop = new AbortController();
    const child = `require("child_process").spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"],
      { stdio: "inherit" }); setInterval(() => {}, 1000);`;
    const running = node(child, stop.signal);
    stop.abort();
    // It resolves only when the last holder of the pipe is gone, the grandchild included.
    expect((await running).code).toBeNull();
  });

  test("does not wait for what a program leaves in its group", async () => {
    const { code } = await node(`require("child_process").spawn(process.execPath,
      ["-e", "setInterval(() => {}, 1000)"], { stdio: "inherit" }).unref(); process.exit(0);`);
    expect(code).toBe(0);
  });
});
