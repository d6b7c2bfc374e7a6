import { Stack, Text, Title } from "@mantine/core";
import { useTranslation } from "react-i18next";

export function NotFound() {
  const { t } = useTranslation();
  return (
    <Stack py="xl" gap="xs">
      <Title order={1} size="h2">
        {t("notFound")}
      </Title>
      <Text>{t("notFoundHelp")}</Text>
    </Stack>
  );
}
