import { Group, List, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useFormat } from "../../components/format.js";
import { useErrorQuota } from "../webhooks/webhook-queries.js";
import { WebhookLink } from "./webhook-link.js";

/** The errors that make up the quota, newest first. */
export function QuotaErrors() {
  const { t } = useTranslation("stats");
  const format = useFormat();
  const { data: quota } = useErrorQuota();
  if (!quota || quota.errors.length === 0) return null;
  return (
    <details>
      <summary>{t("quotaErrors")}</summary>
      <List size="sm" mt="xs" listStyleType="none">
        {quota.errors.toReversed().map(({ webhookId, at, attempt, deliveryId, error, statusCode }) => (
          <List.Item key={`${deliveryId ?? webhookId}-${attempt}-${at}`}>
            <Group gap="xs">
              <Text size="sm">{format.exactTime(at)}</Text>
              <WebhookLink id={webhookId} />
              {error !== undefined && (
                <Text size="sm">{t(`error_${error}`, { status: statusCode ?? "" })}</Text>
              )}
            </Group>
          </List.Item>
        ))}
      </List>
    </details>
  );
}
