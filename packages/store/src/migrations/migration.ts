import type { Store } from "../store.js";

/** Where a migration has come to: what its next step goes on from, as BSON can hold it. */
export type MigrationCursor = string | number;

/** What one step did. */
interface MigrationStep {
  /** Documents this step went through. */
  readonly done: number;
  /** Undefined: there is nothing more. */
  readonly cursor?: MigrationCursor | undefined;
}

/**
 * A change of what is stored, made once for good (ADR 0033). It runs while processes of the release before run, so they
 * have to work with what it leaves. Once released it is never changed, moved or taken away.
 */
export interface Migration {
  /** Four digits and a name, ascending in the list: `0001-webhook-regions`. */
  readonly id: string;
  /** The release that brings it. */
  readonly release: string;
  /** The oldest release that works on a database which has it: how far one can roll back. */
  readonly oldestRelease: string;
  /** How many documents there are to go through, for progress. */
  count(store: Store): Promise<number>;
  /**
   * Goes through the next documents, some hundred or a second of work. It may be cut off anywhere and is then made again
   * with the same cursor, perhaps while it still runs elsewhere: what it does to a document that has it already is nothing.
   */
  step(store: Store, cursor: MigrationCursor | undefined): Promise<MigrationStep>;
}

/** Those of all releases, in their order. None was needed yet. */
export const MIGRATIONS: readonly Migration[] = [];

/** @throws RangeError when the list is not in order */
export function assertInOrder(migrations: readonly Migration[]): void {
  for (const [index, { id }] of migrations.entries()) {
    if (!/^\d{4}-[a-z\d-]+$/.test(id)) throw new RangeError(`Migration ${id}: not four digits and a name`);
    const before = migrations[index - 1]?.id ?? "";
    if (before.slice(0, 4) >= id.slice(0, 4)) throw new RangeError(`Migration ${id} stands behind ${before}`);
  }
}
