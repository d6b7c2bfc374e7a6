import type { Webhook } from "@hooklane/client";
import { Code, Group, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { CopyText } from "../../components/copy-text.js";
import { useFormat } from "../../components/format.js";

/** What receivers verify a webhook with that signs by Ed25519; newest first, all of them sign. */
export function PublicKeys({ keys }: { readonly keys: NonNullable<Webhook["publicKeys"]> }) {
  const { t } = useTranslation("receivers");
  const format = useFormat();
  return (
    <Stack gap={4}>
      <Text size="sm" fw={500}>
        {t("publicKey")}
      </Text>
      {keys.map(({ key, expiresAt }) => (
        <Group key={key} gap="xs">
          <Code className="breaking">{key}</Code>
          <CopyText text={key} />
          {expiresAt !== undefined && (
            <Text size="sm">{t("publicKeyUntil", { time: format.dateTime(expiresAt) })}</Text>
          )}
        </Group>
      ))}
    </Stack>
  );
}
