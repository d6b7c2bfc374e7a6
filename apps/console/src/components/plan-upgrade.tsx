import { Alert, Stack, Text } from "@mantine/core";
import { IconLock } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { LinkAnchor } from "./link-anchor.js";

interface PlanUpgradeProps {
  /** What people call the workspace's plan. */
  readonly current: string | undefined;
  /** And the cheapest plan that has what is missing; undefined: none has. */
  readonly required: string | undefined;
  /** What is possible all the same. */
  readonly children?: string;
}

/** What the plan lacks is no fault: it says which plan has it, and leads there (product.md W9). */
export function PlanUpgrade({ current, required, children }: PlanUpgradeProps) {
  const { t } = useTranslation();
  return (
    <Alert role="alert" color="orange" icon={<IconLock aria-hidden />} title={t("upgrade")} my="md">
      <Stack gap="xs" align="start">
        <Text>
          {required === undefined
            ? t("upgradeNowhere", { current })
            : t("upgradeNeeded", { current, required })}
        </Text>
        {children !== undefined && <Text>{children}</Text>}
        <LinkAnchor to="/plans" underline="always">
          {t("plans")}
        </LinkAnchor>
      </Stack>
    </Alert>
  );
}
