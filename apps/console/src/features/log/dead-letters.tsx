import { Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { toResendable } from "../resend/resend-filter.js";
import { ResendMany } from "../resend/resend-many.js";
import { DeliveryTable } from "./delivery-table.js";
import { toDeliveryFilter } from "./log-queries.js";
import type { LogSearch } from "./log-search.js";
import { useWebhookName } from "./webhook-name.js";

/** What was given up, of all webhooks or of one, and sending all of it once more. */
export function DeadLetters({ search }: { readonly search: LogSearch }) {
  const { t } = useTranslation(["log", "resend"]);
  const { shown: name } = useWebhookName(search.webhookId);
  const given: LogSearch = { ...search, status: "dead_letter" };
  return (
    <>
      <Text size="sm" mb="md">
        {t("deadLettersHelp")}
      </Text>
      <ResendMany
        of={toResendable(toDeliveryFilter(given))}
        label={name === undefined ? t("resend:all") : t("resend:allOf", { name })}
      />
      <DeliveryTable search={given} />
    </>
  );
}
