import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "@jest/globals";

const cwd = fileURLToPath(new URL("../", import.meta.url));

test("the generated types are those of openapi.json", async () => {
  const run = promisify(execFile)(process.execPath, ["generate.mjs", "--check"], { cwd });
  await expect(run).resolves.toMatchObject({ stderr: "" });
}, 60_000);
