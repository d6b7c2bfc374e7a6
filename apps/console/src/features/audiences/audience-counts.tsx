import type { Audience, ContactImportJob, SegmentCount } from "@hooklane/client";
import { SimpleGrid } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Figure } from "../../components/figure.js";
import { useFormat } from "../../components/format.js";
import { Loaded } from "../../components/loaded.js";
import { useContactCounts } from "./audience-queries.js";
import { useImports } from "./import-queries.js";

/** How many contacts an audience has, and what its last import did. */
export function AudienceCounts({ audience: { id } }: { readonly audience: Audience }) {
  const query = useContactCounts(id);
  const { data: imports } = useImports(id);
  return (
    <Loaded query={query}>
      {(counts) => <Counts counts={counts} lastImport={imports?.pages[0]?.data[0]} />}
    </Loaded>
  );
}

interface CountsProps {
  readonly counts: SegmentCount;
  readonly lastImport: ContactImportJob | undefined;
}

function Counts({ counts: { examined, count, isAtLeast }, lastImport }: CountsProps) {
  const { t } = useTranslation("audiences");
  const format = useFormat();
  const toCount = (value: number) =>
    isAtLeast ? t("atLeast", { count: format.number(value) }) : format.number(value);
  return (
    <SimpleGrid cols={{ base: 1, xs: 2, md: 3 }}>
      <Figure label={t("contacts")} value={toCount(examined)} />
      <Figure label={t("subscribed")} value={toCount(count)} />
      <Figure
        label={t("lastImport")}
        value={lastImport ? format.dateTime(lastImport.createdAt) : t("noImport")}
        notes={[
          lastImport &&
            t("importOutcome", {
              added: format.number(lastImport.added),
              updated: format.number(lastImport.updated),
              rejected: format.number(lastImport.rejected),
            }),
        ]}
      />
    </SimpleGrid>
  );
}
