import type { CreatedWebhook } from "@hooklane/client";
import { Title } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useWebhookAccess, type WebhookAccess } from "../../api/webhook-access.js";
import { useWorkspace } from "../../api/workspace-context.js";
import { Loaded } from "../../components/loaded.js";
import { PlanUpgrade } from "../../components/plan-upgrade.js";
import { SigningSecret } from "../receivers/signing-secret.js";
import { SettingsFrame } from "../settings/settings-frame.js";
import { useRefreshWebhooks } from "../webhooks/webhook-queries.js";
import { IntegrationForm } from "./integration-form.js";
import { NEW_INTEGRATION, toIntegrationBody } from "./integration-values.js";

/** Connects the workspace with a URL, plan permitting; then shows the secret its requests are signed with. */
export function NewIntegrationPage() {
  const { t } = useTranslation("integrations");
  const allowed = useWebhookAccess("events");
  return (
    <SettingsFrame>
      <Title order={2} size="h4" mb="md">
        {t("add")}
      </Title>
      <Loaded query={allowed}>{(access) => <NewIntegration allowed={access} />}</Loaded>
    </SettingsFrame>
  );
}

function NewIntegration({ allowed: { access, plan, requiredPlan } }: { readonly allowed: WebhookAccess }) {
  const { hooklane } = useWorkspace();
  const refresh = useRefreshWebhooks();
  const navigate = useNavigate();
  const [made, setMade] = useState<CreatedWebhook>();
  if (made?.secret !== undefined)
    return (
      <SigningSecret
        secret={made.secret}
        onDone={() => void navigate({ to: "/settings/integrations/webhooks" })}
      />
    );
  return (
    <>
      {access !== "full" && <PlanUpgrade current={plan} required={requiredPlan} />}
      {access !== "none" && (
        <IntegrationForm
          initial={NEW_INTEGRATION}
          save={async (values) => {
            const status = access === "full" ? "active" : "inactive";
            setMade(await hooklane.webhooks.create(toIntegrationBody(values, status)));
            await refresh();
          }}
        />
      )}
    </>
  );
}
