import { z } from "zod";
import { type Answer, ok, refusal } from "./answer.js";
import { decodeCursor, encodeCursor } from "./cursor.js";

/** A list's key as a cursor. */
export const keyCursor = z.tuple([z.string().min(1).max(600)]).transform(([key]) => key);

export const invalidCursor = (): Answer =>
  refusal("invalid_cursor", "Take `nextCursor` of the answer before, as it is.");

/**
 * Answers with a page of a list that is ordered by one text key.
 *
 * @param read gives at most `limit` elements behind `after`
 */
export async function listByKey<Element>(
  query: { readonly limit: number; readonly cursor?: string | undefined },
  read: (page: { readonly after?: string; readonly limit: number }) => Promise<readonly Element[]>,
  describe: {
    readonly keyOf: (element: Element) => string;
    readonly toAnswer: (element: Element) => unknown;
  },
): Promise<Answer> {
  const after = query.cursor === undefined ? undefined : decodeCursor(query.cursor, keyCursor);
  if (query.cursor !== undefined && after === undefined) return invalidCursor();
  // One more than asked for tells whether there is a next page.
  const found = await read({ limit: query.limit + 1, ...(after !== undefined && { after }) });
  const data = found.slice(0, query.limit);
  const last = found.length > query.limit ? data.at(-1) : undefined;
  return ok({
    data: data.map(describe.toAnswer),
    nextCursor: last === undefined ? null : encodeCursor([describe.keyOf(last)]),
  });
}
