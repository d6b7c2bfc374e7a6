import { ensureIndexes } from "../ensure-indexes.js";
import type { Store } from "../store.js";
import { runMigrations, type RunMigrationsOptions } from "./run-migrations.js";

/** What there is to say meanwhile. */
export interface PrepareDatabaseOptions extends RunMigrationsOptions {
  /** An index of `collections` collections is being made or was there. */
  readonly onIndexes?: (made: number, collections: number) => void;
}

/**
 * Readies the database for this release, before its services start and while those of the release before run: the indexes,
 * then the migrations. What is done is found done, so it runs before every start.
 *
 * @returns the ids of the migrations this call has finished
 * @throws StoreRefusal when the user may not, or the database is of a newer release that this one cannot work with
 */
export async function prepareDatabase(
  store: Store,
  options: PrepareDatabaseOptions = {},
): Promise<readonly string[]> {
  await ensureIndexes(store, options.onIndexes);
  return runMigrations(store, options);
}
