import { isDeepStrictEqual } from "node:util";
import type { mongo } from "mongoose";
import type { Session } from "./transaction.js";

interface Stored {
  readonly _id: string;
}

type Fields = Readonly<Record<string, unknown>>;

/**
 * Turns one state of a document into another by the fields that differ, in a transaction in which it was read. Never by a
 * replacement: while versions run side by side the newer one keeps fields there that this one does not know (ADR 0033).
 *
 * @param states `stored`: how `after` is stored, where that is different (secrets)
 */
export async function writeChanges<Document extends Stored>(
  collection: mongo.Collection<Document>,
  states: { readonly before: Document; readonly after: Document; readonly stored?: Document },
  session: Session,
): Promise<void> {
  const { before, after, stored = after } = states;
  const update = toFieldUpdate(before, after, stored);
  if (update === undefined) return;
  const filter = { _id: before._id } as mongo.Filter<Document>;
  await collection.updateOne(filter, update as mongo.UpdateFilter<Document>, { session });
}

/** @returns undefined when nothing differs. A field that is undefined is none. */
export function toFieldUpdate(
  before: object,
  after: object,
  stored: object = after,
): { readonly $set?: Fields; readonly $unset?: Fields } | undefined {
  const [old, wanted, written] = [present(before), present(after), present(stored)];
  const set = Object.keys(wanted).filter((field) => !isDeepStrictEqual(old[field], wanted[field]));
  const unset = Object.keys(old).filter((field) => !(field in wanted));
  if (set.length === 0 && unset.length === 0) return undefined;
  return {
    ...(set.length > 0 && { $set: Object.fromEntries(set.map((field) => [field, written[field]])) }),
    ...(unset.length > 0 && { $unset: Object.fromEntries(unset.map((field) => [field, ""])) }),
  };
}

function present(document: object): Fields {
  const fields = Object.entries(document).filter(([field, value]) => field !== "_id" && value !== undefined);
  return Object.fromEntries(fields);
}
