import { Alert } from "@mantine/core";
import { IconPlugConnectedX } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useReachability } from "../api/reachability.js";

/** Says that the API does not answer, and when it is tried again. */
export function ApiBanner() {
  const { t } = useTranslation();
  const { isReachable, nextTryAt } = useReachability();
  const now = useNow(!isReachable);
  if (isReachable) return null;
  const seconds = nextTryAt === undefined ? 0 : Math.ceil((nextTryAt - now) / 1_000);
  return (
    <Alert
      role="alert"
      color="red"
      variant="filled"
      radius={0}
      pos="sticky"
      top={0}
      icon={<IconPlugConnectedX aria-hidden />}
      style={{ zIndex: 300 }}
    >
      {t("unreachable")} {seconds > 0 ? t("nextTry", { count: seconds }) : t("trying")}
    </Alert>
  );
}

/** The time, each second anew while it is wanted. */
function useNow(isWanted: boolean): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    if (!isWanted) return undefined;
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, [isWanted]);
  return now;
}
