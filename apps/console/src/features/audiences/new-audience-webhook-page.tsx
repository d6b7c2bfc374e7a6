import type { CreatedWebhook } from "@hooklane/client";
import { Title } from "@mantine/core";
import { useNavigate, useParams } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useWebhookAccess } from "../../api/webhook-access.js";
import { useWorkspace } from "../../api/workspace-context.js";
import { Loaded } from "../../components/loaded.js";
import { SigningSecret } from "../receivers/signing-secret.js";
import { useRefreshWebhooks } from "../webhooks/webhook-queries.js";
import { AudienceFrame } from "./audience-frame.js";
import { AudienceWebhookForm } from "./audience-webhook-form.js";
import { NEW_AUDIENCE_WEBHOOK, toAudienceWebhookBody } from "./audience-webhook-values.js";
import { AudiencePlanNotice } from "./audience-webhooks-page.js";

/** Makes a webhook of an audience, on once it is saved, plan permitting (product.md W1); then shows its secret. */
export function NewAudienceWebhookPage() {
  const { id } = useParams({ from: "/audience/$id/webhooks/new" });
  return <AudienceFrame id={id}>{() => <NewAudienceWebhook id={id} />}</AudienceFrame>;
}

function NewAudienceWebhook({ id }: { readonly id: string }) {
  const { t } = useTranslation("audiences");
  const { hooklane } = useWorkspace();
  const refresh = useRefreshWebhooks();
  const navigate = useNavigate();
  const allowed = useWebhookAccess("audience");
  const [made, setMade] = useState<CreatedWebhook>();
  if (made?.secret !== undefined)
    return (
      <SigningSecret
        secret={made.secret}
        onDone={() => void navigate({ to: "/audience/$id/webhooks", params: { id } })}
      />
    );
  return (
    <>
      <Title order={2} size="h4" mb="md">
        {t("createWebhook")}
      </Title>
      <AudiencePlanNotice />
      <Loaded query={allowed}>
        {({ access }) =>
          access !== "none" && (
            <AudienceWebhookForm
              audienceId={id}
              initial={NEW_AUDIENCE_WEBHOOK}
              save={async (values) => {
                setMade(await hooklane.webhooks.create(toAudienceWebhookBody(id, values)));
                await refresh();
              }}
            />
          )
        }
      </Loaded>
    </>
  );
}
