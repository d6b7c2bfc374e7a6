import type { Webhook } from "@hooklane/client";
import { Table } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { VirtualRows } from "../../components/virtual-rows.js";
import { DeleteWebhook } from "./delete-webhook.js";
import type { WebhookPlace } from "./edit-link.js";
import { WebhookRow } from "./webhook-row.js";

const COLUMNS = 5;

interface WebhookTableProps {
  readonly webhooks: readonly Webhook[];
  readonly place?: WebhookPlace;
}

/** Webhooks with their status, and what can be done with each (console-flows.md F1). Only those near the screen are there. */
export function WebhookTable({ webhooks, place }: WebhookTableProps) {
  const { t } = useTranslation(["webhooks", "common"]);
  const [leaving, setLeaving] = useState<Webhook>();
  return (
    <>
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
              return (
                webhook && (
                  <WebhookRow
                    key={webhook.id}
                    webhook={webhook}
                    place={place}
                    onDelete={() => setLeaving(webhook)}
                  />
                )
              );
            }}
          </VirtualRows>
        </Table>
      </Table.ScrollContainer>
      {leaving && <DeleteWebhook webhook={leaving} onClose={() => setLeaving(undefined)} />}
    </>
  );
}
