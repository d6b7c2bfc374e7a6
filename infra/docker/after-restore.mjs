/** `docker compose run --rm after-restore`: as `npm run after-restore`, with everything built into the image. */
import { afterRestore } from "../../scripts/lib/after-restore.mjs";
import { runMain } from "../../scripts/lib/main.mjs";

await runMain((terminal) => afterRestore(process.argv.slice(2), terminal), 130);
