import type { Webhook } from "@hooklane/client";
import { notifications } from "@mantine/notifications";
import { useNavigate, useParams } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useWorkspace } from "../../api/workspace-context.js";
import { Loaded } from "../../components/loaded.js";
import { PageTitle } from "../../components/page-title.js";
import { useVersionGuard } from "../../forms/version-guard.js";
import { SigningSecret } from "../receivers/signing-secret.js";
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
  const { before, guard, notice } = useVersionGuard(latest, refresh);
  const [secret, setSecret] = useState<string>();
  if (secret !== undefined) {
    return (
      <>
        <PageTitle title={t("saved", { name: before.name })} />
        <SigningSecret secret={secret} onDone={() => void navigate({ to: "/webhooks" })} />
      </>
    );
  }
  return (
    <>
      <PageTitle title={t("editTitle", { name: before.name })} />
      {notice}
      <WebhookForm
        initial={toFormValues(latest)}
        submitLabel={t("common:save")}
        save={async (values) => {
          const saved = await guard((from, version) =>
            hooklane.webhooks.update(from.id, toPatchBody(from, values), { version }),
          );
          notifications.show({ message: t("saved", { name: saved.name }) });
          // Made by a change of the signature: nobody can show it again.
          if (saved.secret !== undefined) setSecret(saved.secret);
          await refresh();
          if (saved.secret === undefined) await navigate({ to: "/webhooks" });
        }}
      />
    </>
  );
}
