import { Group, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useWorkspace } from "../../api/workspace-context.js";
import { Loaded } from "../../components/loaded.js";
import { WebhookStatus } from "../../components/webhook-status.js";
import { Panel } from "./panel.js";
import { WebhookLink } from "./webhook-link.js";

/** What does not run though somebody wanted it to: disabled after errors, or locked by the plan. */
export function DisabledWebhooks() {
  const { t } = useTranslation("stats");
  const query = useWebhookStates();
  return (
    <Panel title={t("disabled")}>
      <Loaded query={query}>
        {(webhooks) =>
          webhooks.length === 0 ? (
            <Text size="sm">{t("noDisabled")}</Text>
          ) : (
            webhooks.map(({ webhookId, status }) => (
              <Group key={webhookId} justify="space-between" gap="xs">
                <WebhookLink id={webhookId} />
                <WebhookStatus status={status} />
              </Group>
            ))
          )
        }
      </Loaded>
    </Panel>
  );
}

/** Refreshed with the list of webhooks, as the stream tells of their changes. */
function useWebhookStates() {
  const { workspace, hooklane } = useWorkspace();
  return useQuery({
    queryKey: [workspace.id, "webhooks", "disabled"],
    queryFn: async () => {
      const { data } = await hooklane.api.GET("/v1/health");
      const all = data?.endpoints.flatMap(({ webhooks }) => webhooks) ?? [];
      return all.filter(({ status }) => status === "auto_disabled" || status === "plan_locked");
    },
  });
}
