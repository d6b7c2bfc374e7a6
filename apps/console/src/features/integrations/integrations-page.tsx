import { Button, Card, Group, Text, Title } from "@mantine/core";
import { IconWebhook } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { SettingsFrame } from "../settings/settings-frame.js";

/** What the workspace can be connected with (console-flows.md F6). */
export function IntegrationsPage() {
  const { t } = useTranslation("integrations");
  return (
    <SettingsFrame>
      <Card withBorder maw={480}>
        <Group gap="xs" mb="xs">
          <IconWebhook size={20} aria-hidden />
          <Title order={2} size="h4">
            {t("webhooks")}
          </Title>
        </Group>
        <Text size="sm" mb="md">
          {t("webhooksHelp")}
        </Text>
        <Button component={Link} to="/settings/integrations/webhooks" mr="auto">
          {t("connect")}
        </Button>
      </Card>
    </SettingsFrame>
  );
}
