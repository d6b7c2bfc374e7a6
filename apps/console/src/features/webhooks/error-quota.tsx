import { Progress, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { LinkAnchor } from "../../components/link-anchor.js";
import { useErrorQuota } from "./webhook-queries.js";

/** From which share of the limit on the meter warns. */
const NEAR = 2 / 3;

/** How near the workspace is to the shared rule, and how much of it is of a webhook (product.md D5). */
export function ErrorQuota({ webhookId }: { readonly webhookId?: string }) {
  const { t } = useTranslation(["health", "layout"]);
  const { data: quota } = useErrorQuota();
  if (!quota) return null;
  const { used, limit, windowMinutes: minutes, errors } = quota;
  const own = errors.filter((error) => error.webhookId === webhookId).length;
  const share = Math.min(1, used / limit);
  const text = t("quota", { minutes, used, limit });
  return (
    <Stack gap={4}>
      <Text size="sm" fw={600}>
        {text}
      </Text>
      <Progress value={share * 100} color={share >= NEAR ? "red" : "brand"} aria-label={text} maw={480} />
      {webhookId !== undefined && <Text size="sm">{t("quotaOf", { count: own })}</Text>}
      <Text size="sm" c="dimmed">
        {t("quotaAdvice", { limit })}{" "}
        <LinkAnchor to="/logs" underline="always">
          {t("layout:eventLogs")}
        </LinkAnchor>
      </Text>
    </Stack>
  );
}
