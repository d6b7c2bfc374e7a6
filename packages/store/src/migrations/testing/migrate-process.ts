/**
 * A process of its own that migrates, for tests that kill or stop it: `node migrate-process.js URI DATABASE STAND_AT`.
 * Says every step it begins, and stands still in the first one at or behind STAND_AT until it gets a SIGUSR2; the lease is
 * renewed meanwhile.
 */
import { once } from "node:events";
import { openStore } from "../../store.js";
import { runMigrations } from "../run-migrations.js";
import { joinNames } from "./rename-migration.js";

const [uri = "", database = "", standAt = ""] = process.argv.slice(2);
// From the beginning: without a listener the signal would end the process, had it been stopped before it stood still.
const toGoOn = once(process, "SIGUSR2");
const store = await openStore({ uri, database });
const onStep = async (after: number) => {
  process.stdout.write(`step behind ${after}\n`);
  if (after >= Number(standAt)) await toGoOn;
};
await runMigrations(store, { migrations: [joinNames({}, onStep)], leaseMs: 1_500 });
process.stdout.write("migrated\n");
await store.close();
