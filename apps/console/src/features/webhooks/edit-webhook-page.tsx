import { HooklaneError, type Webhook } from "@hooklane/client";
import { Alert, Button } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useNavigate, useParams } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useWorkspace } from "../../api/workspace-context.js";
import { Loaded } from "../../components/loaded.js";
import { PageTitle } from "../../components/page-title.js";
import { useWebhook, useRefreshWebhooks } from "./webhook-queries.js";
import { toFormValues, toPatchBody } from "./webhook-form-values.js";
import { WebhookForm } from "./webhook-form.js";

/** Changes a webhook; one that somebody else changed meanwhile is not overwritten unseen. */
export function EditWebhookPage() {
  const { id } = useParams({ from: "/webhooks/$id/edit" });
  const query = useWebhook(id);
  return <Loaded query={query}>{(webhook) => <EditWebhook latest={webhook} />}</Loaded>;
}

function EditWebhook({ latest }: { readonly latest: Webhook }) {
  const { t } = useTranslation(["webhooks", "common"]);
  const { hooklane } = useWorkspace();
  const refresh = useRefreshWebhooks();
  const navigate = useNavigate();
  // What the form began with: a webhook that changes under it does not change what is typed.
  const [before, setBefore] = useState(latest);
  const [hasMoved, setMoved] = useState(false);
  return (
    <>
      <PageTitle title={t("editTitle", { name: before.name })} />
      {hasMoved && (
        <Alert color="orange" mb="md" role="alert">
          {t("common:changedMeanwhile")}{" "}
          <Button size="compact-sm" variant="default" onClick={() => setBefore(latest)}>
            {t("common:saveOver")}
          </Button>
        </Alert>
      )}
      <WebhookForm
        initial={toFormValues(latest)}
        submitLabel={t("common:save")}
        save={async (values) => {
          try {
            const saved = await hooklane.webhooks.update(before.id, toPatchBody(before, values), {
              version: before.version,
            });
            notifications.show({ message: t("saved", { name: saved.name }) });
          } catch (error) {
            if (error instanceof HooklaneError && error.code === "precondition_failed") {
              setMoved(true);
              await refresh();
            }
            throw error;
          }
          await refresh();
          await navigate({ to: "/webhooks" });
        }}
      />
    </>
  );
}
