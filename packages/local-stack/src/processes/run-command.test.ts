import { describe, expect, test } from "@jest/globals";
import { lastLine, runCommand } from "./run-command.js";

const node = (script: string, options = {}) => runCommand(process.execPath, ["-e", script], options);

describe("runCommand", () => {
  test("gives exit code and output of a program that ended", async () => {
    const result = await node('console.log("out"); console.error("err"); process.exitCode = 4');
    expect(result).toEqual({ kind: "exited", code: 4, stdout: "out\n", stderr: "err\n" });
    expect(lastLine(result)).toBe("err");
  });

  test("says when there is no such program", async () => {
    expect(await runCommand("hooklane-no-such-program", [])).toEqual({ kind: "not_found" });
  });

  test("ends a program at its time limit, and what it has started", async () => {
    const script = `require("child_process").spawnSync(process.execPath, ["-e", "setInterval(() => {}, 1000)"])`;
    expect(await node(script, { timeoutMs: 200 })).toEqual({ kind: "interrupted" });
  });

  test("does not begin when it was called off", async () => {
    expect(await node("", { signal: AbortSignal.abort() })).toEqual({ kind: "interrupted" });
  });
});
