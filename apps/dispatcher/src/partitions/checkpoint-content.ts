import type { PartitionCheckpoint, StoredLane as Lane } from "@hooklane/lanes";
import type { PartitionContent, StoredLane } from "@hooklane/store";

/** The part of a partition's document that its lanes know. */
export type StoredCheckpoint = Pick<PartitionContent, "committed" | "done" | "sources" | "lanes">;

/**
 * What the lanes know, as it is stored. Their times are of this process's monotonic clock, the stored ones of the
 * database's, so that a retry is due when it is whoever makes it (lanes.md §9 I6).
 *
 * @param databaseAheadMs the database's clock less ours
 */
export function toStoredCheckpoint(
  checkpoint: PartitionCheckpoint,
  databaseAheadMs: number,
): StoredCheckpoint {
  const toDate = (at: number | undefined) => (at === undefined ? null : new Date(at + databaseAheadMs));
  const toStored = ({ attempts, firstAttemptAt, nextAt, ...place }: Lane): StoredLane => ({
    ...place,
    attempt: attempts,
    firstAttemptAt: toDate(firstAttemptAt),
    nextAt: toDate(nextAt),
  });
  const { committed, done, sources, lanes } = checkpoint;
  return { committed, done, sources, lanes: mapValues(lanes, toStored) };
}

/** The reverse of {@link toStoredCheckpoint}. */
export function toCheckpoint(stored: StoredCheckpoint, databaseAheadMs: number): PartitionCheckpoint {
  const toTime = (at: Date | null) => (at === null ? undefined : at.getTime() - databaseAheadMs);
  const toLane = ({ attempt, firstAttemptAt, nextAt, ...place }: StoredLane): Lane => ({
    ...place,
    attempts: attempt,
    firstAttemptAt: toTime(firstAttemptAt),
    nextAt: toTime(nextAt),
  });
  const { committed, done, sources, lanes } = stored;
  return { committed, done, sources, lanes: mapValues(lanes, toLane) };
}

function mapValues<A, B>(values: Readonly<Record<string, A>>, to: (value: A) => B): Record<string, B> {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, to(value)]));
}
