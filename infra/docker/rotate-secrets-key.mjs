/** `docker compose run --rm rotate-secrets-key`: as `npm run rotate-secrets-key`, with everything built into the image. */
import { runMain } from "../../scripts/lib/main.mjs";
import { rotateSecretsKey } from "../../scripts/lib/rotate-secrets-key.mjs";

await runMain((terminal, signal) => rotateSecretsKey(process.argv.slice(2), terminal, signal), 130);
