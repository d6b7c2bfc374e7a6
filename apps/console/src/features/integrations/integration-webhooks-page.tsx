import { presetTypes } from "@hooklane/contracts";
import { Button, Group, Stack, Text, Title } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { byCursor, PAGE_SIZE } from "../../api/lists.js";
import { useWebhookAccess } from "../../api/webhook-access.js";
import { useWorkspace } from "../../api/workspace-context.js";
import { DeveloperDocumentation } from "../../components/developer-documentation.js";
import { Loaded } from "../../components/loaded.js";
import { Paged } from "../../components/paged.js";
import { PlanUpgrade } from "../../components/plan-upgrade.js";
import { SettingsFrame } from "../settings/settings-frame.js";
import { WebhookTable } from "../webhooks/webhook-table.js";

/** The webhooks that ask for what happens in the workspace's conversations (console-flows.md F6). */
export function IntegrationWebhooksPage() {
  const { t } = useTranslation(["integrations", "common"]);
  const { canWrite } = useWorkspace();
  const allowed = useWebhookAccess("events");
  return (
    <SettingsFrame>
      <Group justify="space-between" mb="md">
        <Title order={2} size="h4">
          {t("webhooks")}
        </Title>
        {canWrite && allowed.data && allowed.data.access !== "none" && (
          <Button component={Link} to="/settings/integrations/webhooks/new">
            {t("add")}
          </Button>
        )}
      </Group>
      {!canWrite && <Text mb="md">{t("common:readOnly")}</Text>}
      <Loaded query={allowed}>
        {({ access, plan, requiredPlan }) =>
          access !== "full" && <PlanUpgrade current={plan} required={requiredPlan} />
        }
      </Loaded>
      <Paged query={useIntegrationWebhooks()} empty={<NoWebhooks />}>
        {(webhooks) => <WebhookTable webhooks={webhooks} place="integrations" />}
      </Paged>
      <DeveloperDocumentation />
    </SettingsFrame>
  );
}

function NoWebhooks() {
  const { t } = useTranslation("integrations");
  return (
    <Stack py="xl" align="center" gap="xs">
      <Text fw={600}>{t("empty")}</Text>
      <Text>{t("webhooksHelp")}</Text>
    </Stack>
  );
}

const MESSAGING: ReadonlySet<string> = new Set(presetTypes("messaging").map(({ type }) => type));

/** Of the webhooks that ask for events, those that ask for one of the preset: a page of the API's may have none. */
function useIntegrationWebhooks() {
  const { workspace, hooklane } = useWorkspace();
  return useInfiniteQuery({
    queryKey: [workspace.id, "webhooks", "list", "integration"],
    queryFn: async ({ pageParam }) => {
      const page = await hooklane.webhooks.list({ kind: "events", limit: PAGE_SIZE }).page(pageParam);
      return {
        ...page,
        data: page.data.filter(({ eventTypes }) => eventTypes.some((type) => MESSAGING.has(type))),
      };
    },
    ...byCursor,
  });
}
