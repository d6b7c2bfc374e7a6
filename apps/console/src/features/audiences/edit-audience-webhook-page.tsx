import type { Webhook } from "@hooklane/client";
import { Title } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useNavigate, useParams } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useWorkspace } from "../../api/workspace-context.js";
import { Loaded } from "../../components/loaded.js";
import { NotFound } from "../../components/not-found.js";
import { useVersionGuard } from "../../forms/version-guard.js";
import { useRefreshWebhooks, useWebhook } from "../webhooks/webhook-queries.js";
import { AudienceFrame } from "./audience-frame.js";
import { AudienceWebhookForm } from "./audience-webhook-form.js";
import { toAudienceWebhookPatch, toAudienceWebhookValues } from "./audience-webhook-values.js";

/** Changes a webhook of an audience; one that somebody else changed meanwhile is not overwritten unseen. */
export function EditAudienceWebhookPage() {
  const { id, webhookId } = useParams({ from: "/audience/$id/webhooks/$webhookId" });
  const query = useWebhook(webhookId);
  return (
    <AudienceFrame id={id}>
      {() => (
        <Loaded query={query}>
          {(webhook) =>
            webhook.audienceId === id && webhook.kind === "audience" ? (
              <EditAudienceWebhook audienceId={id} latest={webhook} />
            ) : (
              <NotFound />
            )
          }
        </Loaded>
      )}
    </AudienceFrame>
  );
}

interface EditAudienceWebhookProps {
  readonly audienceId: string;
  readonly latest: Webhook;
}

function EditAudienceWebhook({ audienceId, latest }: EditAudienceWebhookProps) {
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
      <AudienceWebhookForm
        audienceId={audienceId}
        initial={toAudienceWebhookValues(latest)}
        save={async (values) => {
          const saved = await guard((from, version) =>
            hooklane.webhooks.update(from.id, toAudienceWebhookPatch(from, values), {
              version,
            }),
          );
          notifications.show({ message: t("saved", { name: saved.name }) });
          await refresh();
          await navigate({ to: "/audience/$id/webhooks", params: { id: audienceId } });
        }}
      />
    </>
  );
}
