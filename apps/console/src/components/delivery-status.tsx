import type { Delivery, Event } from "@hooklane/client";
import { Badge } from "@mantine/core";
import { useTranslation } from "react-i18next";

/** What became of a delivery, or of an event that has none. */
type Status = Delivery["status"] | Event["status"];

const SHOWN = {
  pending: { label: "waiting", color: "gray" },
  retrying: { label: "retrying", color: "yellow" },
  delivered: { label: "delivered", color: "brand" },
  dead_letter: { label: "abandoned", color: "red" },
  skipped: { label: "skipped", color: "gray" },
  cancelled: { label: "cancelled", color: "gray" },
  accepted: { label: "accepted", color: "brand" },
  suppressed: { label: "suppressed", color: "gray" },
  scheduled: { label: "scheduled", color: "blue" },
} as const satisfies Record<Status, { label: string; color: string }>;

/** The word the log has for a status, by its key of the catalogue. */
export const labelOf = (status: Status) => SHOWN[status].label;

export function DeliveryStatus({ status }: { readonly status: Status }) {
  const { t } = useTranslation("log");
  const { label, color } = SHOWN[status];
  return (
    <Badge color={color} variant="light" tt="none">
      {t(label)}
    </Badge>
  );
}
