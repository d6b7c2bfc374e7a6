import { Code, Table, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Section } from "./section.js";
import { SnippetTabs } from "./snippet-tabs.js";

const HEADERS = ["webhook-id", "webhook-timestamp", "webhook-signature", "webhook-attempt"] as const;

const MEANINGS = {
  "webhook-id": "headerId",
  "webhook-timestamp": "headerTimestamp",
  "webhook-signature": "headerSignature",
  "webhook-attempt": "headerAttempt",
} as const satisfies Record<(typeof HEADERS)[number], string>;

/** How a receiver knows who sends (Standard Webhooks). */
export function SignatureSection() {
  const { t } = useTranslation("receivers");
  return (
    <Section id="signature" title={t("signature")}>
      <Text>{t("signatureWhy")}</Text>
      <Table>
        <Table.Tbody>
          {HEADERS.map((name) => (
            <Table.Tr key={name}>
              <Table.Th scope="row">
                <Code style={{ whiteSpace: "nowrap" }}>{name}</Code>
              </Table.Th>
              <Table.Td>{t(MEANINGS[name])}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      <Text>{t("signatureRaw")}</Text>
      <SnippetTabs />
      <Text size="sm">{t("signatureSecret")}</Text>
      <Text size="sm">{t("signatureEd25519")}</Text>
    </Section>
  );
}
