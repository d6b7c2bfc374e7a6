import type { Store } from "../../store.js";
import type { Migration } from "../migration.js";

const PEOPLE = "people";

/** What the migration makes of `{_id, first, last}`; `times` tells how often, which should be once. */
export interface Person {
  readonly _id: number;
  readonly first?: string;
  readonly last?: string;
  readonly name?: string;
  readonly times?: number;
}

/** As large as an installation's collection is beside a step. */
const STEP_DOCUMENTS = 10;

export const peopleOf = (store: Store) => store.db.collection<Person>(PEOPLE);

/**
 * A migration as they are written: in the order of `_id`, some documents a step, and only those that need it.
 *
 * @param onStep awaited before a step writes
 */
export function joinNames(
  over: Partial<Pick<Migration, "id" | "release" | "oldestRelease">> = {},
  onStep: (cursor: number) => Promise<void> | void = () => undefined,
): Migration {
  return {
    id: "0001-join-names",
    release: "0.2.0",
    oldestRelease: "0.1.0",
    ...over,
    count: (store) => peopleOf(store).countDocuments(),
    step: async (store, cursor = -1) => {
      const after = Number(cursor);
      const page = await peopleOf(store)
        .find({ _id: { $gt: after } })
        .sort({ _id: 1 })
        .limit(STEP_DOCUMENTS)
        .toArray();
      const last = page.at(-1);
      if (last === undefined) return { done: 0 };
      await onStep(after);
      await peopleOf(store).updateMany({ _id: { $gt: after, $lte: last._id }, name: { $exists: false } }, [
        {
          $set: {
            name: { $concat: ["$first", " ", "$last"] },
            times: { $add: [{ $ifNull: ["$times", 0] }, 1] },
          },
        },
      ]);
      return { done: page.length, ...(page.length === STEP_DOCUMENTS && { cursor: last._id }) };
    },
  };
}
