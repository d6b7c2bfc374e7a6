import { Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useEventTypeLabel } from "../../api/event-types.js";
import { labelOf } from "../../components/delivery-status.js";
import { useFormat } from "../../components/format.js";
import { useWebhookName } from "../log/webhook-name.js";
import type { ResendJob } from "./resend-queries.js";
import { DELIVERY_STATUSES } from "../log/log-search.js";

/** Which deliveries a resend is of, in a line. */
export function FilterSummary({ filter }: { readonly filter: ResendJob["filter"] }) {
  const { t } = useTranslation(["resend", "log"]);
  const format = useFormat();
  const toLabel = useEventTypeLabel();
  const { shown } = useWebhookName(filter.webhookId);
  const { webhookId, eventType, status: given, from, to } = filter;
  const status = DELIVERY_STATUSES.find((known) => known === given);
  const parts = [
    webhookId === undefined ? t("filterAny") : (shown ?? webhookId),
    ...(eventType === undefined ? [] : [toLabel(eventType)]),
    ...(status === undefined ? [] : [t(`log:${labelOf(status)}`)]),
    ...(from === undefined ? [] : [t("filterFrom", { time: format.dateTime(from) })]),
    ...(to === undefined ? [] : [t("filterTo", { time: format.dateTime(to) })]),
  ];
  return (
    <Text size="sm" className="breaking">
      {parts.map((part, index) => (
        <span key={index}>
          {index > 0 && " · "}
          <bdi>{part}</bdi>
        </span>
      ))}
    </Text>
  );
}
