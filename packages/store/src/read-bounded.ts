import type { mongo } from "mongoose";

/** Documents read for one page at most. */
const EXAMINED_MAX = 1_000;

/** A query that takes longer ends with an error of the database instead of occupying it. */
const QUERY_LIMIT_MS = 5_000;

/** Documents a read of a list that leaves some out fetches at once. */
const FETCHED_AT_ONCE = 200;

export interface BoundedPage<Document> {
  readonly data: readonly Document[];
  /** The next page is behind this one; undefined at the end of the list. */
  readonly last: Document | undefined;
}

/**
 * Reads a page of a list that an index gives in order. Looking for what is rare among it ends after
 * a thousand: then the page is short, even empty, and the next one begins there.
 *
 * @param found sorted, without a limit
 * @param isWanted what no index tells apart; undefined: all of it is wanted
 */
export async function readBounded<Document>(
  found: mongo.FindCursor<Document>,
  limit: number,
  isWanted: ((document: Document) => boolean) | undefined,
): Promise<BoundedPage<Document>> {
  found.maxTimeMS(QUERY_LIMIT_MS);
  if (!isWanted) {
    // One more than asked for tells whether there is a next page.
    const documents = await found.limit(limit + 1).toArray();
    const data = documents.slice(0, limit);
    return { data, last: documents.length > limit ? data.at(-1) : undefined };
  }
  const data: Document[] = [];
  let examined = 0;
  for await (const document of found.limit(EXAMINED_MAX).batchSize(Math.max(limit + 1, FETCHED_AT_ONCE))) {
    if (isWanted(document)) {
      if (data.length === limit) return { data, last: data.at(-1) };
      data.push(document);
    }
    if (++examined === EXAMINED_MAX) return { data, last: document };
  }
  return { data, last: undefined };
}
