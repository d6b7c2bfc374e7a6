import { Anchor, Group, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { DeveloperDocumentation } from "../../components/developer-documentation.js";
import { PageTitle } from "../../components/page-title.js";
import { EventCatalogue } from "./event-catalogue.js";
import { RulesSections } from "./rules-sections.js";
import { SignatureSection } from "./signature-section.js";

const SECTIONS = ["signature", "answer", "order", "retries", "limits", "events"] as const;

/** What whoever writes the server behind a webhook's URL has to know. */
export function ReceiversPage() {
  const { t } = useTranslation("receivers");
  return (
    <Stack maw={860} gap="xl">
      <div>
        <PageTitle title={t("title")} />
        <Text>{t("intro")}</Text>
        <Group component="nav" aria-label={t("contents")} gap="md" mt="sm">
          {SECTIONS.map((id) => (
            <Anchor key={id} href={`#${id}`} size="sm">
              {t(id)}
            </Anchor>
          ))}
        </Group>
      </div>
      <SignatureSection />
      <RulesSections />
      <EventCatalogue />
      <DeveloperDocumentation />
    </Stack>
  );
}
