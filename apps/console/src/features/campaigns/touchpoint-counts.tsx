import type { Touchpoint } from "@hooklane/client";
import { Paper, SimpleGrid, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useFormat } from "../../components/format.js";
import { TouchpointProgress } from "./touchpoint-progress.js";

/** What can become of a contact. */
const OUTCOMES = ["sent", "failed", "skipped", "cancelled", "pending"] as const satisfies readonly Exclude<
  keyof Touchpoint["counts"],
  "contacts"
>[];

/** What became of the contacts of a touchpoint that runs or ran. */
export function TouchpointCounts({ touchpoint }: { readonly touchpoint: Touchpoint }) {
  const { t } = useTranslation("touchpoints");
  const format = useFormat();
  const { status, counts } = touchpoint;
  if (status === "completed" && counts.contacts === 0) return <Text>{t("nobody")}</Text>;
  return (
    <>
      {status === "running" && <TouchpointProgress touchpoint={touchpoint} />}
      <SimpleGrid cols={{ base: 2, sm: 3, md: 6 }} aria-live="polite">
        <Figure label={t("contacts")} value={format.number(counts.contacts)} />
        {OUTCOMES.map((outcome) => (
          <Figure key={outcome} label={t(`count_${outcome}`)} value={format.number(counts[outcome])} />
        ))}
      </SimpleGrid>
    </>
  );
}

function Figure({ label, value }: { readonly label: string; readonly value: string }) {
  return (
    <Paper withBorder p="sm">
      <Text size="sm" c="dimmed">
        {label}
      </Text>
      <Text fw={600}>{value}</Text>
    </Paper>
  );
}
