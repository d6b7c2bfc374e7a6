import { Group, Progress, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useFormat } from "../../components/format.js";
import { LinkAnchor } from "../../components/link-anchor.js";
import type { Series } from "./stats-queries.js";

interface FailureReasonsProps {
  readonly reasons: Series["reasons"];
  /** Of which these are; undefined: of all. */
  readonly webhookId?: string;
}

/** Why requests failed, most first, and the way to what was given up. */
export function FailureReasons({ reasons, webhookId }: FailureReasonsProps) {
  const { t } = useTranslation("stats");
  const format = useFormat();
  const most = Math.max(1, ...reasons.map(({ count }) => count));
  return (
    <Stack gap="xs">
      <Text size="sm" fw={600}>
        {t("reasons")}
      </Text>
      {reasons.length === 0 && <Text size="sm">{t("noFailures")}</Text>}
      {reasons.map(({ error, statusCode, count }) => {
        const label = t(`error_${error}`, { status: statusCode ?? "" });
        return (
          <div key={label}>
            <Group justify="space-between" gap="xs">
              <Text size="sm">{label}</Text>
              <Text size="sm" fw={600}>
                {format.number(count)}
              </Text>
            </Group>
            <Progress value={(count / most) * 100} color="red" size="sm" aria-label={label} />
          </div>
        );
      })}
      {reasons.length > 0 && (
        <LinkAnchor to="/logs" search={{ status: "dead_letter", webhookId }} size="sm" underline="always">
          {t("seeFailures")}
        </LinkAnchor>
      )}
    </Stack>
  );
}
