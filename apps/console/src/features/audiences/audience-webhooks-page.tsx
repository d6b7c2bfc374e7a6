import { Button, Group, Stack, Text, Title } from "@mantine/core";
import { Link, useParams } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useWebhookAccess } from "../../api/webhook-access.js";
import { useWorkspace } from "../../api/workspace-context.js";
import { DeveloperDocumentation } from "../../components/developer-documentation.js";
import { Paged } from "../../components/paged.js";
import { PlanUpgrade } from "../../components/plan-upgrade.js";
import { WebhookTable } from "../webhooks/webhook-table.js";
import { AudienceFrame } from "./audience-frame.js";
import { useAudienceWebhooks } from "./audience-queries.js";

/** The webhooks that are told of an audience (console-flows.md F5). */
export function AudienceWebhooksPage() {
  const { id } = useParams({ from: "/audience/$id/webhooks" });
  return <AudienceFrame id={id}>{() => <AudienceWebhooks id={id} />}</AudienceFrame>;
}

function AudienceWebhooks({ id }: { readonly id: string }) {
  const { t } = useTranslation(["audiences", "common"]);
  const { canWrite } = useWorkspace();
  const { data: allowed } = useWebhookAccess("audience");
  return (
    <>
      <Group justify="space-between" mb="md">
        <Title order={2} size="h4">
          {t("webhooks")}
        </Title>
        {canWrite && allowed?.access !== "none" && (
          <Button renderRoot={(props) => <Link to="/audience/$id/webhooks/new" params={{ id }} {...props} />}>
            {t("createWebhook")}
          </Button>
        )}
      </Group>
      {!canWrite && <Text mb="md">{t("common:readOnly")}</Text>}
      <AudiencePlanNotice />
      <Paged query={useAudienceWebhooks(id)} empty={<NoWebhooks />}>
        {(webhooks) => <WebhookTable webhooks={webhooks} />}
      </Paged>
      <DeveloperDocumentation />
    </>
  );
}

/** What the plan does not allow, before somebody tries in vain. */
export function AudiencePlanNotice() {
  const { t } = useTranslation("audiences");
  const { data: allowed } = useWebhookAccess("audience");
  if (!allowed || allowed.access === "full") return null;
  return allowed.access === "none" ? (
    <PlanUpgrade current={allowed.plan} required={allowed.requiredPlan} />
  ) : (
    <PlanUpgrade current={allowed.plan} required={allowed.requiredPlan}>
      {t("staysDraft")}
    </PlanUpgrade>
  );
}

function NoWebhooks() {
  const { t } = useTranslation("audiences");
  return (
    <Stack py="xl" align="center" gap="xs">
      <Text fw={600}>{t("noWebhooks")}</Text>
      <Text>{t("webhooksHelp")}</Text>
    </Stack>
  );
}
