/**
 * `npm run rotate-secrets-key`: seals every secret in the database with the first key of HOOKLANE_SECRETS_KEYS, while the
 * services run. `-- --dry-run` counts only. `-- --new-key` makes the new key of a local start first.
 * The steps of a rotation: docs/security.md.
 */
import { installAndBuild } from "./lib/install.mjs";
import { runMain } from "./lib/main.mjs";
import { rotateSecretsKey } from "./lib/rotate-secrets-key.mjs";

await runMain(async (terminal, signal) => {
  await installAndBuild(terminal, signal);
  return rotateSecretsKey(process.argv.slice(2), terminal, signal);
}, 130);
