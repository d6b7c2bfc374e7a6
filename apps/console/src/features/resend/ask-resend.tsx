import { HooklaneError, type ResendFilter, type ResendManyAnswer } from "@hooklane/client";
import { Alert, Button, Group, Stack, Text } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { Failure } from "../../components/failure.js";
import { useFormat } from "../../components/format.js";
import { LinkAnchor } from "../../components/link-anchor.js";
import { FilterSummary } from "./filter-summary.js";
import { useBeginResend, useResendCount } from "./resend-queries.js";

/** A number that may be a lower bound, in words. */
export function useShownCount() {
  const { t } = useTranslation("resend");
  const format = useFormat();
  return ({ count, isAtLeast }: Pick<ResendManyAnswer, "count" | "isAtLeast">): string =>
    isAtLeast ? t("moreThan", { count: count - 1 }) : format.number(count);
}

/** Counts first; whoever has read how many it is can begin. */
export function AskResend({
  filter,
  onClose,
}: {
  readonly filter: ResendFilter;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation(["resend", "common"]);
  const count = useResendCount(filter);
  const begin = useBeginResend();
  const toShown = useShownCount();
  const { data } = count;
  const counted = data && { count: data.count, shown: toShown(data) };
  const error = begin.error ?? count.error;
  return (
    <Stack>
      <FilterSummary filter={filter} />
      <Text role="status" fw={600}>
        {counted && (counted.count === 0 ? t("none") : t("count", counted))}
        {!counted && !error && t("counting")}
      </Text>
      <Text size="sm">{t("askHelp")}</Text>
      {error && <ResendRefused error={error} webhookId={filter.webhookId} />}
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose} data-autofocus>
          {t("common:cancel")}
        </Button>
        {counted && counted.count > 0 && (
          <Button loading={begin.isPending} onClick={() => begin.mutate(filter, { onSuccess: onClose })}>
            {t("confirm", counted)}
          </Button>
        )}
      </Group>
    </Stack>
  );
}

/** A webhook that is off is no fault: it says where it is switched on. */
function ResendRefused({
  error,
  webhookId,
}: {
  readonly error: unknown;
  readonly webhookId: string | undefined;
}) {
  const { t } = useTranslation("resend");
  const isOff = error instanceof HooklaneError && error.code === "webhook_not_active";
  if (!isOff || webhookId === undefined) return <Failure error={error} />;
  return (
    <Alert role="alert" color="orange" icon={<IconAlertTriangle aria-hidden />} title={t("notActive")}>
      <LinkAnchor to="/webhooks/$id" params={{ id: webhookId }} underline="always">
        {t("toWebhook")}
      </LinkAnchor>
    </Alert>
  );
}
