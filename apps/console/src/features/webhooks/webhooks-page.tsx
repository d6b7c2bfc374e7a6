import { Button, Stack, Text } from "@mantine/core";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useWorkspace } from "../../api/workspace-context.js";
import { DeveloperDocumentation } from "../../components/developer-documentation.js";
import { Paged } from "../../components/paged.js";
import { PageTitle } from "../../components/page-title.js";
import { WebhookFilters } from "./webhook-filters.js";
import { useWebhooks } from "./webhook-queries.js";
import type { WebhookSearch } from "./webhook-search.js";
import { WebhookTable } from "./webhook-table.js";

/** The list of webhooks (console-flows.md F1). What is looked for stands in the address. */
export function WebhooksPage() {
  const { t } = useTranslation(["webhooks", "common"]);
  const search: WebhookSearch = useSearch({ from: "/webhooks" });
  const navigate = useNavigate({ from: "/webhooks" });
  const query = useWebhooks(search);
  const { canWrite } = useWorkspace();
  return (
    <>
      <PageTitle title={t("title")}>
        {canWrite && (
          <Button component={Link} to="/webhooks/new">
            {t("create")}
          </Button>
        )}
      </PageTitle>
      {!canWrite && <Text mb="md">{t("common:readOnly")}</Text>}
      <WebhookFilters
        search={search}
        onChange={(patch) => void navigate({ search: (before) => ({ ...before, ...patch }), replace: true })}
      />
      <Paged query={query} empty={(search.search ?? search.status) ? <NoneFound /> : <NoWebhooks />}>
        {(webhooks) => <WebhookTable webhooks={webhooks} />}
      </Paged>
      <DeveloperDocumentation />
    </>
  );
}

function NoWebhooks() {
  const { t } = useTranslation("webhooks");
  return (
    <Stack py="xl" align="center" gap="xs">
      <Text fw={600}>{t("empty")}</Text>
      <Text>{t("emptyHelp")}</Text>
    </Stack>
  );
}

function NoneFound() {
  const { t } = useTranslation("webhooks");
  return <Text py="xl">{t("noneFound")}</Text>;
}
