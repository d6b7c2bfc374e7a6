import type { Connection } from "mongoose";

/** How the database carried out one query, as it says itself. */
export interface QueryPlan {
  /** `IXSCAN`, `COLLSCAN`, `COUNT_SCAN`, `IDHACK` and the like, each once. */
  readonly stages: readonly string[];
  /** What the database says of it, with the indexes' keys. */
  readonly summary: string;
  /** Sorted in memory: nothing was returned before all of it was read. */
  readonly isSorted: boolean;
  readonly keysExamined: number;
  readonly documentsExamined: number;
  readonly returned: number;
}

interface ProfileEntry {
  readonly planSummary?: string;
  readonly hasSortStage?: boolean;
  readonly keysExamined?: number;
  readonly docsExamined?: number;
  readonly nreturned?: number;
}

/**
 * Runs some code and tells how its queries of one collection were carried out: the queries the code really makes, not
 * copies of them in a test. The database must be the test's own.
 */
export async function recordPlans(
  connection: Pick<Connection, "db">,
  collection: string,
  run: () => Promise<unknown>,
): Promise<readonly QueryPlan[]> {
  const { db } = connection;
  if (!db) throw new Error("The connection is not open");
  const profile = db.collection<ProfileEntry>("system.profile");
  await db.setProfilingLevel("off");
  await profile.drop().catch(() => undefined);
  await db.setProfilingLevel("all");
  try {
    await run();
  } finally {
    await db.setProfilingLevel("off");
  }
  // What has no plan, such as the end of a cursor, is no query.
  const entries = await profile
    .find({ ns: `${db.databaseName}.${collection}`, planSummary: { $exists: true } })
    .sort({ ts: 1 })
    .toArray();
  return entries.map(toPlan);
}

function toPlan(entry: ProfileEntry): QueryPlan {
  const summary = entry.planSummary ?? "";
  return {
    stages: [...new Set(summary.match(/\b[A-Z][A-Z_]+(?= \{|,|$)/g))],
    summary,
    isSorted: entry.hasSortStage ?? false,
    keysExamined: entry.keysExamined ?? 0,
    documentsExamined: entry.docsExamined ?? 0,
    returned: entry.nreturned ?? 0,
  };
}
