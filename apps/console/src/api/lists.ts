import type { Page } from "@hooklane/client";

/** Elements read at a time. */
export const PAGE_SIZE = 100;

/** The body of an answer that always has one. */
export function bodyOf<Body>({ data }: { readonly data?: Body }): Body {
  if (data === undefined) throw new Error("The answer came without a body");
  return data;
}

/** How an infinite query reads a list of the API. */
export const byCursor = {
  initialPageParam: undefined as string | undefined,
  getNextPageParam: ({ nextCursor }: Page<unknown>) => nextCursor ?? undefined,
};

/** The query of one page. */
export const pageQuery = (cursor: string | undefined) => ({
  limit: PAGE_SIZE,
  ...(cursor !== undefined && { cursor }),
});
