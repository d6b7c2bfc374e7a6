import { Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useFormat } from "../../components/format.js";
import { type Target, useMatchingContacts } from "./audience-queries.js";

interface MatchingContactsProps {
  readonly audienceId: string;
  readonly target: Target;
}

/** How many contacts it would reach if it were due now; says nothing where that cannot be counted. */
export function MatchingContacts({ audienceId, target }: MatchingContactsProps) {
  const { t } = useTranslation("touchpoints");
  const format = useFormat();
  const { data, isLoading } = useMatchingContacts(audienceId, target);
  if (isLoading)
    return (
      <Text size="sm" c="dimmed">
        {t("counting")}
      </Text>
    );
  if (!data) return null;
  const number = format.number(data.count);
  const shown = data.isAtLeast ? t("matchingAtLeast", { count: number }) : number;
  return (
    <div role="status">
      <Text size="sm" fw={600}>
        {t("matching", { count: data.count, shown })}
      </Text>
      <Text size="sm" c="dimmed">
        {t("matchingHelp")}
      </Text>
    </div>
  );
}
