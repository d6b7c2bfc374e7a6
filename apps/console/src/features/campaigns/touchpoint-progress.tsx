import type { Touchpoint } from "@hooklane/client";
import { Progress, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useFormat } from "../../components/format.js";

/** How many contacts there were, and how far it is while it runs. */
export function TouchpointProgress({
  touchpoint: { status, counts },
}: {
  readonly touchpoint: Pick<Touchpoint, "status" | "counts">;
}) {
  const { t } = useTranslation("touchpoints");
  const format = useFormat();
  if (status === "completed") return <Text size="sm">{format.number(counts.contacts)}</Text>;
  if (status !== "running") return <Text size="sm">–</Text>;
  if (counts.contacts === 0) return <Text size="sm">{t("nobodyYet")}</Text>;
  const settled = counts.contacts - counts.pending;
  const text = t("reached", { count: counts.contacts, settled: format.number(settled) });
  return (
    <Stack gap={4}>
      <Progress value={(settled / counts.contacts) * 100} aria-label={text} />
      <Text size="sm">{text}</Text>
    </Stack>
  );
}
