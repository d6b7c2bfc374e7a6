import type { Webhook } from "@hooklane/client";
import { Title } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useNavigate, useParams } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useWorkspace } from "../../api/workspace-context.js";
import { Loaded } from "../../components/loaded.js";
import { useVersionGuard } from "../../forms/version-guard.js";
import { SettingsFrame } from "../settings/settings-frame.js";
import { useRefreshWebhooks, useWebhook } from "../webhooks/webhook-queries.js";
import { IntegrationForm } from "./integration-form.js";
import { toIntegrationPatch, toIntegrationValues } from "./integration-values.js";

/** Changes a webhook of the integration; one that somebody else changed meanwhile is not overwritten unseen. */
export function EditIntegrationPage() {
  const { id } = useParams({ from: "/settings/integrations/webhooks/$id" });
  const query = useWebhook(id);
  return (
    <SettingsFrame>
      <Loaded query={query}>{(webhook) => <EditIntegration latest={webhook} />}</Loaded>
    </SettingsFrame>
  );
}

function EditIntegration({ latest }: { readonly latest: Webhook }) {
  const { t } = useTranslation("webhooks");
  const { hooklane } = useWorkspace();
  const refresh = useRefreshWebhooks();
  const navigate = useNavigate();
  const { before, guard, notice } = useVersionGuard(latest, refresh);
  return (
    <>
      <Title order={2} size="h4" mb="md" className="breaking">
        <bdi>{t("editTitle", { name: before.name })}</bdi>
      </Title>
      {notice}
      <IntegrationForm
        initial={toIntegrationValues(latest)}
        save={async (values) => {
          const saved = await guard((from, version) =>
            hooklane.webhooks.update(from.id, toIntegrationPatch(from, values), { version }),
          );
          notifications.show({ message: t("saved", { name: saved.name }) });
          await refresh();
          await navigate({ to: "/settings/integrations/webhooks" });
        }}
      />
    </>
  );
}
