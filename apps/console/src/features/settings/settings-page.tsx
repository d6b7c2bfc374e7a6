import type { Workspace } from "@hooklane/client";
import { Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { bodyOf } from "../../api/lists.js";
import { useWorkspace } from "../../api/workspace-context.js";
import { Loaded } from "../../components/loaded.js";
import { SecretShown } from "../../components/secret-shown.js";
import { useVersionGuard } from "../../forms/version-guard.js";
import { SettingsForm } from "./settings-form.js";
import { SettingsFrame } from "./settings-frame.js";
import { type SettingsValues, toSettingsPatch, toSettingsValues } from "./settings-values.js";
import { useRefreshWorkspace, useWorkspaceSettings } from "./workspace-queries.js";

/** What the workspace itself is set to. */
export function SettingsPage() {
  const { t } = useTranslation(["settings", "common"]);
  const { canWrite } = useWorkspace();
  const query = useWorkspaceSettings();
  const [secret, setSecret] = useState<string>();
  // The form begins anew with what it saved, and with nothing else that moves under it.
  const [round, setRound] = useState(0);
  return (
    <SettingsFrame>
      {!canWrite && <Text mb="md">{t("common:readOnly")}</Text>}
      {secret !== undefined && (
        <SecretShown
          secret={secret}
          onDone={() => setSecret(undefined)}
          texts={{ title: t("secretTitle"), help: t("secretHelp"), label: t("secret") }}
        />
      )}
      <Loaded query={query}>
        {(workspace) => (
          <GeneralSettings
            key={round}
            latest={workspace}
            onSaved={({ operationalWebhook }) => {
              setRound(round + 1);
              setSecret(operationalWebhook?.secret);
            }}
          />
        )}
      </Loaded>
    </SettingsFrame>
  );
}

interface GeneralSettingsProps {
  readonly latest: Workspace;
  readonly onSaved: (saved: Workspace) => void;
}

function GeneralSettings({ latest, onSaved }: GeneralSettingsProps) {
  const { t } = useTranslation("settings");
  const { hooklane } = useWorkspace();
  const refresh = useRefreshWorkspace();
  const { guard, notice } = useVersionGuard(latest, refresh);
  const save = async (values: SettingsValues) => {
    const saved = await guard(async (before, version) => {
      const header = { "If-Match": `"${version}"` };
      const body = toSettingsPatch(before, values);
      return bodyOf(await hooklane.api.PATCH("/v1/workspace", { params: { header }, body }));
    });
    notifications.show({ message: t("saved") });
    await refresh();
    onSaved(saved);
  };
  return (
    <>
      {notice}
      <SettingsForm initial={toSettingsValues(latest)} save={save} />
    </>
  );
}
