import type { Attempt, Delivery } from "@hooklane/client";
import { Code, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useFormat } from "../../components/format.js";
import { ResendOne } from "../resend/resend-one.js";

/** Each attempt of a delivery, what it waits for, and sending it once more. */
export function DeliverySteps({ delivery }: { readonly delivery: Delivery }) {
  const { t } = useTranslation("log");
  const format = useFormat();
  return (
    <Stack gap={4} align="start">
      {delivery.attempts.map((attempt) => (
        <AttemptStep key={attempt.number} attempt={attempt} />
      ))}
      {delivery.reason && <Text size="sm">{t(`reason_${delivery.reason}`)}</Text>}
      {delivery.nextAttemptAt !== undefined && (
        <Text size="sm">{t("nextAttempt", { time: format.exactTime(delivery.nextAttemptAt) })}</Text>
      )}
      <ResendOne delivery={delivery} />
    </Stack>
  );
}

function AttemptStep({ attempt }: { readonly attempt: Attempt }) {
  const { t } = useTranslation("log");
  const format = useFormat();
  const duration = format.milliseconds(attempt.durationMs);
  const outcome =
    attempt.statusCode === undefined
      ? t(`error_${attempt.error ?? "protocol"}`)
      : t("answered", { status: attempt.statusCode, duration });
  return (
    <div>
      <Text size="sm">
        {format.exactTime(attempt.startedAt)} · {t("attempt", { number: attempt.number })}
        {attempt.trigger === "manual" && ` (${t("manualAttempt")})`}
        {attempt.trigger === "test" && ` (${t("testAttempt")})`}: {outcome}
      </Text>
      {attempt.errorDetail !== undefined && (
        <Text size="sm" c="dimmed" className="breaking">
          {attempt.errorDetail}
        </Text>
      )}
      {attempt.responseHead !== undefined && attempt.responseHead !== "" && (
        <details>
          <summary>{t("answerHead")}</summary>
          <Code block tabIndex={0}>
            {attempt.responseHead}
          </Code>
        </details>
      )}
    </div>
  );
}
