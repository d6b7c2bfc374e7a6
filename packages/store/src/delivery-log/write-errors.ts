import { mongo } from "mongoose";

const DUPLICATE_KEY = 11_000;

/**
 * Which operations of an unordered bulk met a document that exists.
 *
 * @throws the error itself when anything else went wrong, too
 */
export function duplicateIndexes(error: unknown): ReadonlySet<number> {
  if (!(error instanceof mongo.MongoBulkWriteError)) throw error;
  const failures = [error.writeErrors].flat();
  const isOther = failures.length === 0 || failures.some(({ code }) => code !== DUPLICATE_KEY);
  if (isOther || error.result.getWriteConcernError() !== undefined) throw error;
  return new Set(failures.map(({ index }) => index));
}
