import type { Webhook } from "@hooklane/client";
import { Button, Stack, Table, Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useWorkspace } from "../../api/workspace-context.js";
import { Confirm } from "../../components/confirm.js";
import { DeveloperDocumentation } from "../../components/developer-documentation.js";
import { Paged } from "../../components/paged.js";
import { PageTitle } from "../../components/page-title.js";
import { useDeleteWebhook, useWebhooks } from "./webhook-queries.js";
import { WebhookRow } from "./webhook-row.js";

/** The list of webhooks (console-flows.md F1). */
export function WebhooksPage() {
  const { t } = useTranslation(["webhooks", "common"]);
  const query = useWebhooks();
  const { canWrite } = useWorkspace();
  const [leaving, setLeaving] = useState<Webhook>();
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
      <Paged query={query} empty={<NoWebhooks />}>
        {(webhooks) => <WebhookTable webhooks={webhooks} onDelete={setLeaving} />}
      </Paged>
      <DeveloperDocumentation />
      {leaving && <DeleteWebhook webhook={leaving} onClose={() => setLeaving(undefined)} />}
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

function WebhookTable({
  webhooks,
  onDelete,
}: {
  readonly webhooks: readonly Webhook[];
  readonly onDelete: (webhook: Webhook) => void;
}) {
  const { t } = useTranslation(["webhooks", "common"]);
  return (
    <Table.ScrollContainer minWidth={640} type="native">
      <Table verticalSpacing="sm" highlightOnHover>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t("common:name")}</Table.Th>
            <Table.Th>{t("url")}</Table.Th>
            <Table.Th>{t("events")}</Table.Th>
            <Table.Th>{t("common:status")}</Table.Th>
            <Table.Th>{t("common:action")}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {webhooks.map((webhook) => (
            <WebhookRow key={webhook.id} webhook={webhook} onDelete={() => onDelete(webhook)} />
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function DeleteWebhook({ webhook, onClose }: { readonly webhook: Webhook; readonly onClose: () => void }) {
  const { t } = useTranslation(["webhooks", "common"]);
  const remove = useDeleteWebhook();
  const confirm = () =>
    remove.mutate(webhook, {
      onSuccess: () => {
        notifications.show({ message: t("deleted", { name: webhook.name }) });
        onClose();
      },
    });
  return (
    <Confirm
      isOpen
      title={t("deleteTitle", { name: webhook.name })}
      confirmLabel={t("common:delete")}
      isPending={remove.isPending}
      error={remove.error}
      onConfirm={confirm}
      onClose={onClose}
    >
      {t("deleteHelp")}
    </Confirm>
  );
}
