import type { Webhook } from "@hooklane/client";
import { SegmentedControl, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";

interface SuccessStatusProps {
  readonly value: Webhook["successStatus"];
  readonly onChange: (value: Webhook["successStatus"]) => void;
}

/** Which answers count as success (product.md D1). */
export function SuccessStatus({ value, onChange }: SuccessStatusProps) {
  const { t } = useTranslation("webhooks");
  return (
    <Stack gap={4} align="start">
      <Text size="sm" fw={500}>
        {t("accept")}
      </Text>
      <Text size="xs" c="dimmed">
        {t("acceptHelp")}
      </Text>
      <SegmentedControl aria-label={t("accept")} data={["2xx", "200"]} value={value} onChange={onChange} />
    </Stack>
  );
}
