import { Alert, Text } from "@mantine/core";
import { IconLock } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { usePlans } from "../../api/plans.js";
import { LinkAnchor } from "../../components/link-anchor.js";

/** What the workspace's plan leaves out of journeys, before somebody tries (product.md W9). */
export function JourneyPlanNotice() {
  const { t } = useTranslation(["journeys", "common"]);
  const access = usePointAccess();
  if (access === "full") return null;
  return (
    <Alert color="orange" icon={<IconLock aria-hidden />} mb="md">
      <Text size="sm">{t(`plan_${access}`)}</Text>
      <LinkAnchor to="/plans" underline="always">
        {t("common:plans")}
      </LinkAnchor>
    </Alert>
  );
}

/** Until the plan is known it has all: the API refuses what it has not. */
export function usePointAccess(): "none" | "configure" | "full" {
  const { data } = usePlans();
  const webhooks = data?.data.find(({ id }) => id === data.currentPlan)?.webhooks;
  return webhooks?.perKind?.journey_point ?? webhooks?.access ?? "full";
}
