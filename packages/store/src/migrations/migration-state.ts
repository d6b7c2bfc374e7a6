import type { Store } from "../store.js";
import { StoreRefusal } from "../store-refusal.js";
import { type Migration, MIGRATIONS } from "./migration.js";
import { type MigrationDocument, MigrationLog } from "./migration-log.js";
import { isOlder, RELEASE } from "./release.js";

/** The database lacks migrations of this release: they run, or somebody has to run them. */
export class MigrationsMissingError extends Error {
  override readonly name = "MigrationsMissingError";
}

/**
 * Whether this release works on the database as it is; every service asks at its start.
 *
 * @param migrations default: those of this release
 * @throws MigrationsMissingError while they are not done: to be asked again
 * @throws StoreRefusal when a newer release has changed it beyond this one
 */
export async function assertMigrated(
  store: Store,
  migrations: readonly Migration[] = MIGRATIONS,
  release: string = RELEASE,
): Promise<void> {
  const applied = await new MigrationLog(store).list();
  assertNotTooNew(applied, migrations, release);
  const byId = new Map(applied.map((document) => [document._id, document]));
  const missing = migrations.filter(({ id }) => !byId.get(id)?.finishedAt);
  if (missing.length === 0) return;
  const list = missing.map(({ id }) => `${id} (${describe(byId.get(id))})`).join(", ");
  throw new MigrationsMissingError(
    `The database lacks migrations of this release: ${list}. Waiting for them: npm run migrate, or infra/docker/migrate.mjs of the image prepare`,
  );
}

function describe(begun: MigrationDocument | undefined): string {
  return begun === undefined ? "not begun" : `${begun.done} of ${begun.total} documents`;
}

/** @throws StoreRefusal when a migration unknown to this release says that older ones do not work with it */
export function assertNotTooNew(
  applied: readonly MigrationDocument[],
  migrations: readonly Migration[],
  release: string,
): void {
  const known = new Set(migrations.map(({ id }) => id));
  const beyond = applied.filter(
    ({ _id, oldestRelease }) => !known.has(_id) && isOlder(release, oldestRelease),
  );
  const last = beyond.at(-1);
  if (last === undefined) return;
  const oldest = beyond.map(({ oldestRelease }) => oldestRelease).reduce((a, b) => (isOlder(a, b) ? b : a));
  throw new StoreRefusal(
    `The database is of release ${last.release} (migration ${last._id}), and this is ${release}: it would not understand what is stored`,
    `run release ${oldest} or later; to go back further, restore a backup made before (docs/upgrading.md)`,
  );
}
