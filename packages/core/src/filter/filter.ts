import type { NativeEvent } from "../event.js";

/**
 * Conditions over a document, such as an event in native form (product.md W7): a subset of MongoDB's query language, as
 * JSON. `parseFilter` says what is in the subset.
 */
export type Filter = Readonly<Record<string, unknown>>;

/** What is wrong with a filter, at which place of it: keys of objects, indexes of lists. */
export interface FilterFault {
  readonly path: readonly (string | number)[];
  /** For people: goes on after the name of the place, "must …" or "is …". */
  readonly message: string;
}

/** A filter as JSON has at most so many UTF-16 units. */
export const FILTER_LENGTH_MAX = 8_192;

/** Levels of objects and lists in a filter. */
export const FILTER_DEPTH_MAX = 16;

/** Conditions in a filter, wherever they stand; each pair of path and operator is one. */
export const FILTER_CONDITIONS_MAX = 50;

/** Values in all lists of `$in`, `$nin` and `$all` of a filter together. */
export const FILTER_VALUES_MAX = 500;

/** Names in a path: `data.contact.email` has three. */
export const FIELD_PATH_LENGTH_MAX = 16;

/**
 * Steps one document may take to be matched with one filter: a value looked at, a value compared, a quarter of a
 * pattern's size for each character of a text. 5 to 50 ms of a processor; what people write takes 10 to 1,000.
 */
export const FILTER_STEPS_MAX = 250_000;

/** What filters can be about. */
export interface FilterSubject {
  /** The document's members: the names a path can begin with. */
  readonly fields: readonly string[];
  /** The one below which names are free: said to who forgets to begin with it. */
  readonly openField: string;
}

/** An event in native form, `{id, type, timestamp, source, data}`. */
export const EVENT_SUBJECT: FilterSubject = {
  fields: ["id", "type", "timestamp", "source", "data"] satisfies (keyof NativeEvent)[],
  openField: "data" satisfies keyof NativeEvent,
};

/** Operators that compare the value at a path. `$options` only stands beside `$regex`. */
export const CONDITION_OPERATORS = [
  "$eq",
  "$ne",
  "$gt",
  "$gte",
  "$lt",
  "$lte",
  "$in",
  "$nin",
  "$exists",
  "$all",
  "$size",
  "$regex",
  "$elemMatch",
  "$not",
] as const;
export type ConditionOperator = (typeof CONDITION_OPERATORS)[number];

/** Operators that join filters. */
export const GROUP_OPERATORS = ["$and", "$or", "$nor"] as const;
export type GroupOperator = (typeof GROUP_OPERATORS)[number];
