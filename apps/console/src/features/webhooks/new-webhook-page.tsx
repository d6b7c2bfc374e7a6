import type { CreatedWebhook } from "@hooklane/client";
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useWorkspace } from "../../api/workspace-context.js";
import { PageTitle } from "../../components/page-title.js";
import { SigningSecret } from "../receivers/signing-secret.js";
import { NEW_WEBHOOK, toCreateBody } from "./webhook-form-values.js";
import { WebhookForm } from "./webhook-form.js";

/** Makes a webhook; then shows its secret, which nobody can show again. */
export function NewWebhookPage() {
  const { t } = useTranslation("webhooks");
  const { workspace, hooklane } = useWorkspace();
  const client = useQueryClient();
  const navigate = useNavigate();
  const [made, setMade] = useState<CreatedWebhook>();
  if (made?.secret !== undefined) {
    return (
      <>
        <PageTitle title={t("created", { name: made.name })} />
        <SigningSecret secret={made.secret} onDone={() => void navigate({ to: "/webhooks" })} />
      </>
    );
  }
  return (
    <>
      <PageTitle title={t("newTitle")} />
      <WebhookForm
        initial={NEW_WEBHOOK}
        submitLabel={t("create")}
        save={async (values) => {
          const webhook = await hooklane.webhooks.create(toCreateBody(values));
          await client.invalidateQueries({ queryKey: [workspace.id, "webhooks"] });
          // With a key pair there is no secret to hand over: its page shows the public half.
          if (webhook.secret === undefined)
            await navigate({ to: "/webhooks/$id", params: { id: webhook.id } });
          else setMade(webhook);
        }}
      />
    </>
  );
}
