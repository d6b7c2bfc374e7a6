import { Button } from "@mantine/core";
import type { InfiniteData } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Loaded } from "./loaded.js";

interface PagedProps<Element> {
  readonly query: {
    readonly data: InfiniteData<{ readonly data: readonly Element[] }> | undefined;
    readonly error: unknown;
    readonly refetch: () => unknown;
    readonly hasNextPage: boolean;
    readonly isFetchingNextPage: boolean;
    readonly fetchNextPage: () => unknown;
  };
  /** In place of a list without elements. */
  readonly empty: ReactNode;
  readonly children: (elements: readonly Element[]) => ReactNode;
}

/** A list of the API as far as it was read, and a button that reads on. */
export function Paged<Element>({ query, empty, children }: PagedProps<Element>) {
  const { t } = useTranslation();
  return (
    <>
      <Loaded query={query}>
        {({ pages }) => {
          const elements = pages.flatMap(({ data }) => data);
          // A page may be short, or empty, and still have a next one.
          return elements.length === 0 && !query.hasNextPage ? empty : children(elements);
        }}
      </Loaded>
      {query.hasNextPage && (
        <Button
          variant="default"
          mt="md"
          loading={query.isFetchingNextPage}
          onClick={() => void query.fetchNextPage()}
        >
          {t("loadMore")}
        </Button>
      )}
    </>
  );
}
