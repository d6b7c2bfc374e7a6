/**
 * `npm run audit`: asks the registry for advisories about what runs in production. Ends with 1 when one is high or
 * critical and not in `.ci/audit-allow.json` (`advisory`, `until`, `why`). A registry that does not answer, as some
 * mirrors and every closed network, is said and does not fail: the change under test is not to blame.
 */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { judgeAudit } from "./lib/audit.mjs";
import { runMain } from "./lib/main.mjs";
import { root } from "./lib/paths.mjs";

/** For the registry to answer, milliseconds. */
const LIMIT_MS = 60_000;

await runMain((terminal) => {
  const allowed = JSON.parse(readFileSync(join(root, ".ci", "audit-allow.json"), "utf8"));
  const args = ["audit", "--omit=dev", "--json"];
  const { stdout } = spawnSync("npm", args, { cwd: root, encoding: "utf8", timeout: LIMIT_MS });
  const verdict = judgeAudit(parse(stdout), allowed, new Date().toISOString().slice(0, 10));
  if (!verdict.answered) {
    terminal.print(`audit: NOT DONE, the registry gave no advisories: ${verdict.reason}`);
    return 0;
  }
  for (const line of verdict.stale) terminal.print(`audit: allowed and no longer to be: ${line}`);
  for (const line of verdict.blocking) terminal.print(`audit: ${line}`);
  terminal.print(`audit: ${verdict.blocking.length} high or critical, ${verdict.others} others`);
  return verdict.blocking.length === 0 ? 0 : 1;
});

function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return { message: "npm printed nothing that can be read" };
  }
}
