/** `docker compose run --rm add-partitions`: as `npm run add-partitions`, with everything built into the image. */
import { addPartitions } from "../../scripts/lib/add-partitions.mjs";
import { runMain } from "../../scripts/lib/main.mjs";

await runMain((terminal, signal) => addPartitions(process.argv.slice(2), terminal, signal), 130);
