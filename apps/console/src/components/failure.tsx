import { HooklaneError } from "@hooklane/client";
import { Alert, Button, Stack, Text } from "@mantine/core";
import { IconAlertTriangle, IconLock } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { usePlanNames } from "../api/plans.js";
import { LinkAnchor } from "./link-anchor.js";
import { NotFound } from "./not-found.js";

/** Why something is not shown or was not done: in the API's words, with what helps to find it in the logs. */
export function Failure({ error, onRetry }: { readonly error: unknown; readonly onRetry?: () => void }) {
  const { t } = useTranslation();
  if (error instanceof HooklaneError && error.code === "not_found") return <NotFound />;
  if (error instanceof HooklaneError && error.code === "plan_upgrade_required")
    return <UpgradePrompt error={error} />;
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

/** What the plan lacks is no fault: it says which plan has it, and leads there (product.md W9). */
function UpgradePrompt({ error: { problem } }: { readonly error: HooklaneError }) {
  const { t } = useTranslation();
  const { current, required } = usePlanNames(problem?.currentPlan, problem?.requiredPlan ?? undefined);
  return (
    <Alert role="alert" color="orange" icon={<IconLock aria-hidden />} title={t("upgrade")} my="md">
      <Stack gap="xs" align="start">
        <Text>
          {required === undefined
            ? t("upgradeNowhere", { current })
            : t("upgradeNeeded", { current, required })}
        </Text>
        <LinkAnchor to="/plans" underline="always">
          {t("plans")}
        </LinkAnchor>
      </Stack>
    </Alert>
  );
}
