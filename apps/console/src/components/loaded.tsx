import { Skeleton, Stack } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Failure } from "./failure.js";

/** The part of a query's result that tells whether there is something to show. */
interface Asked<Data> {
  readonly data: Data | undefined;
  readonly error: unknown;
  readonly refetch: () => unknown;
}

/** What was asked for, once it is there; what is there stays while it is asked for anew, even if that fails. */
export function Loaded<Data>({
  query,
  children,
}: {
  readonly query: Asked<Data>;
  readonly children: (data: Data) => ReactNode;
}) {
  const { t } = useTranslation();
  if (query.data !== undefined) return children(query.data);
  if (query.error !== null && query.error !== undefined)
    return <Failure error={query.error} onRetry={() => void query.refetch()} />;
  return (
    <Stack role="status" aria-label={t("loading")}>
      <Skeleton h={32} w="40%" />
      <Skeleton h={160} />
    </Stack>
  );
}
