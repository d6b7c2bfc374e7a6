import type { CreatedApiKey } from "@hooklane/client";
import { Button, Group, Modal, Text, Title } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useWorkspace } from "../../api/workspace-context.js";
import { Loaded } from "../../components/loaded.js";
import { SecretShown } from "../../components/secret-shown.js";
import { ApiKeyTable } from "./api-key-table.js";
import { useApiKeys } from "./api-key-queries.js";
import { NewApiKeyForm } from "./new-api-key-form.js";
import { SettingsFrame } from "./settings-frame.js";

/** The keys that open the workspace (product.md O5). */
export function ApiKeysPage() {
  const { t } = useTranslation(["settings", "common"]);
  const { canWrite } = useWorkspace();
  const query = useApiKeys();
  const [isMaking, dialog] = useDisclosure();
  const [made, setMade] = useState<CreatedApiKey>();
  return (
    <SettingsFrame>
      <Group justify="space-between" mb="md">
        <Title order={2} size="h4">
          {t("apiKeys")}
        </Title>
        {canWrite && <Button onClick={dialog.open}>{t("createKey")}</Button>}
      </Group>
      {!canWrite && <Text mb="md">{t("common:readOnly")}</Text>}
      {made && (
        <SecretShown
          secret={made.apiKey}
          onDone={() => setMade(undefined)}
          texts={{ title: t("keyTitle", { name: made.name }), help: t("keyHelp"), label: t("key") }}
        />
      )}
      <Loaded query={query}>{(keys) => <ApiKeyTable keys={keys} />}</Loaded>
      <Modal opened={isMaking} onClose={dialog.close} title={t("createKey")}>
        <NewApiKeyForm
          onCreated={(key) => {
            setMade(key);
            dialog.close();
          }}
        />
      </Modal>
    </SettingsFrame>
  );
}
