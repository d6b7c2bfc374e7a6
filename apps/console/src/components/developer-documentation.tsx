import { Alert, Anchor, Button, CopyButton, Group, Text } from "@mantine/core";
import { IconCode } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { LinkAnchor } from "./link-anchor.js";

/** Of the API, at the same origin. */
const DOCUMENTATION = "/docs";

/** The link under every form that needs a receiver, and who might rather read it (console-flows.md, "Everywhere"). */
export function DeveloperDocumentation() {
  const { t } = useTranslation(["common", "receivers"]);
  return (
    <Alert variant="light" color="gray" icon={<IconCode aria-hidden />} mt="lg">
      <Group gap="md">
        <Anchor href={DOCUMENTATION} target="_blank">
          {t("technicalDocumentation")}
        </Anchor>
        <LinkAnchor to="/receivers">{t("receivers:link")}</LinkAnchor>
      </Group>
      <Group gap="sm" mt={4}>
        <Text size="sm">{t("developerNotice")}</Text>
        <CopyButton value={new URL(DOCUMENTATION, window.location.origin).href}>
          {({ copied, copy }) => (
            <Button size="compact-xs" variant="default" onClick={copy}>
              {t(copied ? "copied" : "copyLink")}
            </Button>
          )}
        </CopyButton>
      </Group>
    </Alert>
  );
}
