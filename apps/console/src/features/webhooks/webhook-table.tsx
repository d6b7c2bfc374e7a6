import type { Webhook } from "@hooklane/client";
import { Table } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { VirtualRows } from "../../components/virtual-rows.js";
import { WebhookRow } from "./webhook-row.js";

const COLUMNS = 5;

/** Webhooks, of which only those near the screen are there. */
export function WebhookTable({
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
        <VirtualRows count={webhooks.length} columns={COLUMNS}>
          {(index) => {
            const webhook = webhooks[index];
            return webhook && <WebhookRow key={webhook.id} webhook={webhook} onDelete={onDelete} />;
          }}
        </VirtualRows>
      </Table>
    </Table.ScrollContainer>
  );
}
