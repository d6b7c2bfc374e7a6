import { Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { LogSearch } from "./log-search.js";

/** An empty log: because nothing happened yet, or because of what is looked for. */
export function NothingLogged({ search }: { readonly search: LogSearch }) {
  const { t } = useTranslation("log");
  const { view, ...filters } = search;
  if (view === "dead_letters") return <NoDeadLetters filters={filters} />;
  const isFiltered = Object.values(filters).some((value) => value !== undefined);
  return (
    <Stack py="xl" align="center" gap="xs">
      <Text fw={600}>{t(isFiltered ? "emptyFiltered" : "empty")}</Text>
      {!isFiltered && <Text>{t("emptyHelp")}</Text>}
    </Stack>
  );
}

/** Which is good news, unless something was looked for. */
function NoDeadLetters({ filters: { status: _always, ...filters } }: { readonly filters: LogSearch }) {
  const { t } = useTranslation("log");
  const isFiltered = Object.values(filters).some((value) => value !== undefined);
  return (
    <Text fw={600} py="xl" ta="center">
      {t(isFiltered ? "emptyFiltered" : "noDeadLetters")}
    </Text>
  );
}
