import type { Webhook } from "@hooklane/client";
import { Alert, Button, Stack, Text, Title } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useParams } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useWorkspace } from "../../api/workspace-context.js";
import { DeveloperDocumentation } from "../../components/developer-documentation.js";
import { useFormat } from "../../components/format.js";
import { LinkAnchor } from "../../components/link-anchor.js";
import { Loaded } from "../../components/loaded.js";
import { PageTitle } from "../../components/page-title.js";
import { WebhookStatus } from "../../components/webhook-status.js";
import { PublicKeys } from "../receivers/public-keys.js";
import { DeliveryTable } from "../log/delivery-table.js";
import { EditLink } from "./edit-link.js";
import { WebhookCharts } from "../stats/webhook-charts.js";
import { ErrorQuota } from "./error-quota.js";
import { LineState } from "./line-state.js";
import { SwitchWebhook } from "./switch-webhook.js";
import { TestWebhook } from "./test-webhook.js";
import { RotateSecret } from "./rotate-secret.js";
import { useErrorQuota, useWebhook } from "./webhook-queries.js";

/** A webhook as it does: its line, its numbers, how near the shared rule is, what it sent last (F7). */
export function WebhookPage() {
  const { id } = useParams({ from: "/webhooks/$id" });
  const query = useWebhook(id);
  return <Loaded query={query}>{(webhook) => <WebhookFound webhook={webhook} />}</Loaded>;
}

function WebhookFound({ webhook }: { readonly webhook: Webhook }) {
  const { t } = useTranslation(["health", "common", "webhooks", "log"]);
  const { canWrite } = useWorkspace();
  return (
    <Stack>
      <PageTitle title={webhook.name}>
        <WebhookStatus status={webhook.status} />
        {canWrite && (
          <>
            <TestWebhook webhook={webhook} />
            <Button
              variant="default"
              renderRoot={(props: object) => <EditLink webhook={webhook} attributes={props} />}
            >
              {t("common:edit")}
            </Button>
            {webhook.signatureScheme === "hmac-sha256" && <RotateSecret webhook={webhook} />}
            <SwitchWebhook webhook={webhook} />
          </>
        )}
      </PageTitle>
      <DisabledBanner webhook={webhook} />
      <Text className="breaking">{webhook.url}</Text>
      {webhook.publicKeys && <PublicKeys keys={webhook.publicKeys} />}
      <LineState webhook={webhook} />
      <ErrorQuota webhookId={webhook.id} />
      <WebhookCharts webhookId={webhook.id} />
      <Title order={2} size="h4">
        {t("recent")}
      </Title>
      <LinkAnchor to="/logs" search={{ view: "dead_letters", webhookId: webhook.id }} size="sm">
        {t("log:deadLetters")}
      </LinkAnchor>
      <DeliveryTable search={{ webhookId: webhook.id }} />
      <DeveloperDocumentation />
    </Stack>
  );
}

const WHY = { gone: "disabledGone", backlog: "disabledBacklog" } as const;

function DisabledBanner({ webhook: { disabled } }: { readonly webhook: Webhook }) {
  const { t } = useTranslation("health");
  const format = useFormat();
  const { data: quota } = useErrorQuota();
  if (!disabled || !quota) return null;
  const title =
    disabled.reason === "error_rate"
      ? t("disabledBanner", { limit: quota.limit, minutes: quota.windowMinutes })
      : t(WHY[disabled.reason]);
  return (
    <Alert role="alert" color="red" icon={<IconAlertTriangle aria-hidden />} title={title}>
      <Text size="sm">{t("since", { time: format.dateTime(disabled.at) })}</Text>
      {disabled.lastError !== undefined && (
        <Text size="sm" className="breaking">
          {t("lastError", { error: disabled.lastError })}
        </Text>
      )}
    </Alert>
  );
}
