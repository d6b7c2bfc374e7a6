import type { Webhook } from "@hooklane/client";
import { Badge } from "@mantine/core";
import { useTranslation } from "react-i18next";

const SHOWN = {
  active: { label: "active", color: "brand" },
  inactive: { label: "inactive", color: "gray" },
  auto_disabled: { label: "autoDisabled", color: "red" },
  recovering: { label: "recovering", color: "blue" },
  plan_locked: { label: "planLocked", color: "orange" },
} as const satisfies Record<Webhook["status"], { label: string; color: string }>;

/** Its text in the part `webhooks`. */
export const labelOf = (status: Webhook["status"]) => SHOWN[status].label;

export function WebhookStatus({ status }: Pick<Webhook, "status">) {
  const { t } = useTranslation("webhooks");
  const { label, color } = SHOWN[status];
  return (
    <Badge color={color} variant="light" tt="none">
      {t(label)}
    </Badge>
  );
}
