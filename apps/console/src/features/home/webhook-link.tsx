import { Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { LinkAnchor } from "../../components/link-anchor.js";
import { useWebhookName } from "../log/webhook-name.js";

/** A webhook by its name; of a deleted one there is nothing to open. */
export function WebhookLink({ id }: { readonly id: string | undefined }) {
  const { t } = useTranslation("log");
  const { shown, isDeleted } = useWebhookName(id);
  if (id === undefined || isDeleted) return <Text size="sm">{t("deletedWebhook")}</Text>;
  return (
    <LinkAnchor to="/webhooks/$id" params={{ id }} size="sm" underline="always" className="breaking">
      {shown ?? id}
    </LinkAnchor>
  );
}
