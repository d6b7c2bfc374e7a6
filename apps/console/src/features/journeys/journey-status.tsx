import type { Journey } from "@hooklane/client";
import { Badge } from "@mantine/core";
import { useTranslation } from "react-i18next";

const COLORS = {
  draft: "gray",
  active: "brand",
  paused: "yellow",
} as const satisfies Record<Journey["status"], string>;

export function JourneyStatus({ status }: Pick<Journey, "status">) {
  const { t } = useTranslation("journeys");
  return (
    <Badge color={COLORS[status]} variant="light" tt="none">
      {t(`status_${status}`)}
    </Badge>
  );
}
