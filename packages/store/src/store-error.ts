import { mongo } from "mongoose";

const DUPLICATE_KEY = 11000;
const TIME_LIMIT_EXPIRED = 50;

/** Whether the write failed because a unique index holds that value already. */
export function isDuplicateKey(error: unknown): boolean {
  return error instanceof mongo.MongoServerError && error.code === DUPLICATE_KEY;
}

/**
 * Whether the database is away for now: no primary, a cut connection, a time limit. The same call may succeed later;
 * whether this one took effect is not known.
 */
export function isStoreUnavailable(error: unknown): boolean {
  if (
    error instanceof mongo.MongoNetworkError ||
    error instanceof mongo.MongoServerSelectionError ||
    error instanceof mongo.MongoOperationTimeoutError
  )
    return true;
  if (!(error instanceof mongo.MongoError)) return isMongooseUnavailable(error);
  if (error instanceof mongo.MongoServerError && error.code === TIME_LIMIT_EXPIRED) return true;
  return ["RetryableWriteError", "TransientTransactionError", "UnknownTransactionCommitResult"].some(
    (label) => error.hasErrorLabel(label),
  );
}

/** mongoose's own faults of a lost connection carry a name instead of the driver's class. */
function isMongooseUnavailable(error: unknown): boolean {
  return (
    error instanceof Error &&
    (error.name === "MongooseServerSelectionError" || error.name === "MongoNotConnectedError")
  );
}

const CHANGE_STREAM_FATAL = 280;
const CHANGE_STREAM_HISTORY_LOST = 286;
const INVALID_RESUME_TOKEN = 260;

/** Whether a change stream cannot go on from its token: the oplog no longer reaches back that far. */
export function isHistoryLost(error: unknown): boolean {
  if (!(error instanceof mongo.MongoServerError)) return false;
  const { code } = error;
  return (
    code === CHANGE_STREAM_FATAL ||
    code === CHANGE_STREAM_HISTORY_LOST ||
    code === INVALID_RESUME_TOKEN ||
    error.hasErrorLabel("NonResumableChangeStreamError")
  );
}
