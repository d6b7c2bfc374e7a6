import { HooklaneError } from "@hooklane/client";
import { Alert, Button, Stack, Text } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { usePlanNames } from "../api/plans.js";
import { NotFound } from "./not-found.js";
import { PlanUpgrade } from "./plan-upgrade.js";

/** Why something is not shown or was not done: in the API's words, with what helps to find it in the logs. */
export function Failure({ error, onRetry }: { readonly error: unknown; readonly onRetry?: () => void }) {
  const { t } = useTranslation();
  if (error instanceof HooklaneError && error.code === "not_found") return <NotFound />;
  if (error instanceof HooklaneError && error.code === "plan_upgrade_required")
    return <Upgrade error={error} />;
  const { detail, requestId } =
    error instanceof HooklaneError ? error : { detail: String(error), requestId: undefined };
  return (
    <Alert role="alert" color="red" icon={<IconAlertTriangle aria-hidden />} title={t("failed")} my="md">
      <Stack gap="xs" align="start">
        <Text className="breaking">{detail}</Text>
        {requestId !== undefined && <Text size="sm">{t("requestId", { id: requestId })}</Text>}
        {onRetry && (
          <Button variant="default" size="xs" onClick={onRetry}>
            {t("retry")}
          </Button>
        )}
      </Stack>
    </Alert>
  );
}

function Upgrade({ error: { problem } }: { readonly error: HooklaneError }) {
  const { current, required } = usePlanNames(problem?.currentPlan, problem?.requiredPlan ?? undefined);
  return <PlanUpgrade current={current} required={required} />;
}
