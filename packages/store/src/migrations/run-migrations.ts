import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { Store } from "../store.js";
import { assertInOrder, type Migration, MIGRATIONS } from "./migration.js";
import { MigrationLeaseLostError, MigrationLog } from "./migration-log.js";
import { assertNotTooNew } from "./migration-state.js";
import { RELEASE } from "./release.js";

/** How far a migration is. */
export interface MigrationProgress {
  readonly id: string;
  readonly done: number;
  readonly total: number;
}

/** How migrations are run. */
export interface RunMigrationsOptions {
  /** After every step. */
  readonly onProgress?: (progress: MigrationProgress) => void;
  /** Another process runs them: said once, then this one waits. */
  readonly onWaiting?: () => void;
  /** Ends it between two steps; the next run goes on there. */
  readonly signal?: AbortSignal;
  /** Default: those of this release. */
  readonly migrations?: readonly Migration[];
  /** Default: this one. */
  readonly release?: string;
  /** How long a process that died keeps others waiting, milliseconds. Default 15,000. */
  readonly leaseMs?: number;
}

const LEASE_MS = 15_000;
const LOOK_MS = 250;

/**
 * Brings the database to this release: the migrations it lacks, in their order, forward only. Any number of processes may
 * call it at once: one at a time does the work, the others wait and find it done. A run that was cut off goes on behind its
 * last step.
 *
 * @returns the ids of those this call has finished
 * @throws StoreRefusal when the database is of a newer release that this one cannot work with
 */
export async function runMigrations(
  store: Store,
  options: RunMigrationsOptions = {},
): Promise<readonly string[]> {
  const { migrations = MIGRATIONS, release = RELEASE, leaseMs = LEASE_MS, signal, onWaiting } = options;
  assertInOrder(migrations);
  const log = new MigrationLog(store);
  const owner = randomUUID();
  const finished: string[] = [];
  for (let hasWaited = false; ;) {
    signal?.throwIfAborted();
    const applied = await log.list();
    assertNotTooNew(applied, migrations, release);
    const done = new Set(applied.flatMap(({ _id, finishedAt }) => (finishedAt ? [_id] : [])));
    if (migrations.every(({ id }) => done.has(id))) return finished;
    if (await log.claim(owner, leaseMs)) {
      finished.push(...(await underLease(log, owner, leaseMs, () => run(store, log, owner, options))));
    } else {
      if (!hasWaited) onWaiting?.();
      hasWaited = true;
      await sleep(LOOK_MS, undefined, { signal });
    }
  }
}

/** Keeps the right while the work goes on, and gives it back. */
async function underLease<T>(
  log: MigrationLog,
  owner: string,
  leaseMs: number,
  work: () => Promise<T>,
): Promise<T> {
  // A renewal that fails is made again; whether the right was lost shows when the next step is noted.
  const renewal = setInterval(() => void log.claim(owner, leaseMs).catch(() => undefined), leaseMs / 3);
  try {
    return await work();
  } finally {
    clearInterval(renewal);
    await log.release(owner).catch(() => undefined);
  }
}

async function run(
  store: Store,
  log: MigrationLog,
  owner: string,
  { migrations = MIGRATIONS, onProgress, signal }: RunMigrationsOptions,
): Promise<readonly string[]> {
  const finished: string[] = [];
  // Read again: with the right, nobody changes it any more.
  const known = new Map((await log.list()).map((document) => [document._id, document]));
  try {
    for (const migration of migrations) {
      if (known.get(migration.id)?.finishedAt) continue;
      const total = known.get(migration.id)?.total ?? (await migration.count(store));
      const state = await log.takeUp(migration, owner, total);
      let { cursor, done } = state;
      do {
        signal?.throwIfAborted();
        const step = await migration.step(store, cursor);
        await log.advance(state, step.done, step.cursor);
        cursor = step.cursor;
        done += step.done;
        onProgress?.({ id: migration.id, done, total: Math.max(state.total, done) });
      } while (cursor !== undefined);
      finished.push(migration.id);
    }
  } catch (error) {
    // Whoever has it goes on; this one waits and looks.
    if (!(error instanceof MigrationLeaseLostError)) throw error;
  }
  return finished;
}
