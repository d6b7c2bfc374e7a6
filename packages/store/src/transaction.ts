import { AsyncLocalStorage } from "node:async_hooks";
import { mongo } from "mongoose";
import type { Store } from "./store.js";

/** The session every operation of a transaction must name. */
export type Session = mongo.ClientSession;

interface OpenTransaction {
  readonly store: Store;
  readonly session: Session;
}

const openTransactions = new AsyncLocalStorage<OpenTransaction>();

/**
 * Runs `work` in one transaction: all of it or nothing. The driver repeats it on transient faults (write conflicts, a
 * change of primary), so `work` has no effects outside of the database and may run several times.
 *
 * Within {@link runCancellable} or {@link runTogether} it is a part of that transaction and is stored, or not, with it.
 *
 * @throws what `work` throws, after rolling back; the driver's error when it could not commit within 10 s
 */
export async function runTransaction<T>(store: Store, work: (session: Session) => Promise<T>): Promise<T> {
  const open = openTransactions.getStore();
  return open?.store === store ? work(open.session) : runOwn(store, work);
}

/** What a transaction came to, and whether that is to be stored. */
export interface CancellableOutcome<T> {
  readonly result: T;
  readonly isStored: boolean;
}

/**
 * Runs `work` in a transaction which every {@link runTransaction} in it, however deep, is a part of: what several
 * repositories do is stored together, or, where `isStored` is false, not at all. They take part one after the other: a
 * session does one thing at a time. What is read without a session does not see what was written in it.
 */
export async function runCancellable<T>(
  store: Store,
  work: (session: Session) => Promise<CancellableOutcome<T>>,
): Promise<CancellableOutcome<T>> {
  return runOwn(store, async (session) => {
    const outcome = await openTransactions.run({ store, session }, () => work(session));
    if (!outcome.isStored) await session.abortTransaction();
    return outcome;
  });
}

/**
 * Runs `work` in one transaction which every {@link runTransaction} in it is a part of; within another such, it is a part
 * of that. What several repositories do is stored together or not at all.
 *
 * @throws as {@link runTransaction}
 */
export async function runTogether<T>(store: Store, work: (session: Session) => Promise<T>): Promise<T> {
  const open = openTransactions.getStore();
  if (open?.store === store) return work(open.session);
  return runOwn(store, (session) => openTransactions.run({ store, session }, () => work(session)));
}

async function runOwn<T>(store: Store, work: (session: Session) => Promise<T>): Promise<T> {
  const session = store.db.getClient().startSession();
  const end = performance.now() + TRANSACTION_LIMIT_MS;
  const begin = (): Promise<T> => {
    if (performance.now() < end) return work(session);
    throw new mongo.MongoOperationTimeoutError(`Not committed within ${TRANSACTION_LIMIT_MS} ms`);
  };
  try {
    return await session.withTransaction(begin, {
      readConcern: { level: "snapshot" },
      writeConcern: { w: "majority", journal: true },
      readPreference: "primary",
    });
  } finally {
    await session.endSession();
  }
}

/** It is not begun again later than this; the driver, whose `timeoutMS` does nothing here, would do so for two minutes. */
export const TRANSACTION_LIMIT_MS = 10_000;
