/**
 * As `npm run migrate`, with everything built into the image: before every installation and upgrade (infra/helm). Environment:
 * `MONGODB_URI` and `MONGODB_DATABASE`, as the services have them.
 */
import { readDatabase } from "../../scripts/lib/database.mjs";
import { runMain } from "../../scripts/lib/main.mjs";
import { migrate } from "../../scripts/lib/migrate.mjs";

await runMain((terminal, signal) => migrate(readDatabase(process.env), terminal, signal), 130);
