import type { Touchpoint } from "@hooklane/client";
import { Badge } from "@mantine/core";
import { useTranslation } from "react-i18next";

const COLORS = {
  draft: "gray",
  scheduled: "blue",
  running: "yellow",
  completed: "brand",
  cancelled: "red",
} as const satisfies Record<Touchpoint["status"], string>;

export function TouchpointStatus({ status }: Pick<Touchpoint, "status">) {
  const { t } = useTranslation("touchpoints");
  return (
    <Badge color={COLORS[status]} variant="light" tt="none">
      {t(`status_${status}`)}
    </Badge>
  );
}
