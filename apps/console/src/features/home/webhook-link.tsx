import { Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { LinkAnchor } from "../../components/link-anchor.js";
import { useWebhookNames } from "../log/log-queries.js";

/** A webhook by its name; of a deleted one there is nothing to open. */
export function WebhookLink({ id }: { readonly id: string | undefined }) {
  const { t } = useTranslation("log");
  const { data: names } = useWebhookNames();
  const name = id === undefined ? undefined : names?.get(id);
  if (id === undefined || (names && name === undefined)) return <Text size="sm">{t("deletedWebhook")}</Text>;
  return (
    <LinkAnchor to="/webhooks/$id" params={{ id }} size="sm" underline="always" className="breaking">
      {name ?? id}
    </LinkAnchor>
  );
}
