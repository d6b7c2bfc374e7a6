import type { mongo } from "mongoose";
import type { Store } from "./store.js";

/** The session every operation of a transaction must name. */
export type Session = mongo.ClientSession;

/**
 * Runs `work` in one transaction: all of it or nothing. The driver repeats it on transient faults (write conflicts, a
 * change of primary), so `work` has no effects outside of the database and may run several times.
 *
 * @throws what `work` throws, after rolling back; the driver's error when it could not commit within 10 s
 */
export async function runTransaction<T>(store: Store, work: (session: Session) => Promise<T>): Promise<T> {
  const session = store.db.getClient().startSession();
  try {
    return await session.withTransaction(() => work(session), {
      readConcern: { level: "snapshot" },
      writeConcern: { w: "majority", journal: true },
      readPreference: "primary",
      timeoutMS: TRANSACTION_TIMEOUT_MS,
    });
  } finally {
    await session.endSession();
  }
}

const TRANSACTION_TIMEOUT_MS = 10_000;
