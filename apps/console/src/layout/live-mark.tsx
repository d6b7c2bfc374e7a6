import { Badge } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useLive } from "../api/live.js";

/** Whether what is shown follows what happens. */
export function LiveMark() {
  const { t } = useTranslation("layout");
  const { isLive } = useLive();
  return (
    <Badge variant="dot" color={isLive ? "brand" : "gray"} visibleFrom="xs" aria-live="polite">
      {t(isLive ? "live" : "notLive")}
    </Badge>
  );
}
