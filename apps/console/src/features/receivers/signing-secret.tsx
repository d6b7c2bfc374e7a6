import { Text } from "@mantine/core";
import { lazy, Suspense } from "react";
import { useTranslation } from "react-i18next";
import { SecretShown, type SecretShownProps } from "../../components/secret-shown.js";

const SnippetTabs = lazy(async () => ({ default: (await import("./snippet-tabs.js")).SnippetTabs }));

/** The secret of a webhook right after it was made, in programs that verify with it. */
export function SigningSecret({ secret, onDone }: Pick<SecretShownProps, "secret" | "onDone">) {
  const { t } = useTranslation(["receivers", "common"]);
  return (
    <SecretShown secret={secret} onDone={onDone}>
      <Text fw={600} size="sm">
        {t("withSecret")}
      </Text>
      <Suspense fallback={<Text size="sm">{t("common:loading")}</Text>}>
        <SnippetTabs secret={secret} />
      </Suspense>
    </SecretShown>
  );
}
