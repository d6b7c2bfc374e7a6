import { Alert, Button, Code, CopyButton, Group, Stack, Text } from "@mantine/core";
import { IconKey } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

export interface SecretShownProps {
  readonly secret: string;
  readonly onDone: () => void;
  /** What it is, and what becomes of it. Default: of a signing secret. */
  readonly texts?: { readonly title: string; readonly help: string; readonly label: string };
  /** What is done with it. */
  readonly children?: ReactNode;
}

/** A secret, where it is shown at all: right after it was made. */
export function SecretShown({ secret, onDone, texts, children }: SecretShownProps) {
  const { t } = useTranslation(["webhooks", "common"]);
  return (
    <Alert
      icon={<IconKey aria-hidden />}
      title={texts?.title ?? t("secretTitle")}
      maw={720}
      styles={{ body: { minWidth: 0 } }}
    >
      <Stack align="start">
        <Text>{texts?.help ?? t("secretHelp")}</Text>
        <Group gap="xs">
          <Code aria-label={texts?.label ?? t("secret")} className="breaking">
            {secret}
          </Code>
          <CopyButton value={secret}>
            {({ copied, copy }) => (
              <Button size="compact-sm" variant="default" onClick={copy}>
                {t(copied ? "common:copied" : "common:copy")}
              </Button>
            )}
          </CopyButton>
        </Group>
        {children}
        <Button onClick={onDone}>{t("done")}</Button>
      </Stack>
    </Alert>
  );
}
