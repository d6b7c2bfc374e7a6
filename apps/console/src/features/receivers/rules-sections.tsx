import { DEFAULT_RETRY_POLICY, EVENT_BYTES_MAX, RENDERED_BODY_BYTES_MAX } from "@hooklane/core";
import { List, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useFormat } from "../../components/format.js";
import { Section } from "./section.js";

/** When attempts start after the first, seconds. */
const STARTS = DEFAULT_RETRY_POLICY.waitsSeconds.reduce<readonly number[]>(
  (starts, wait) => [...starts, (starts.at(-1) ?? 0) + wait],
  [0],
);

/** What is promised to a receiver, and what is asked of it (product.md D1-D11). */
export function RulesSections() {
  const { t } = useTranslation("receivers");
  const format = useFormat();
  const kibibytes = (bytes: number) => format.number(bytes / 1_024);
  return (
    <>
      <Section id="answer" title={t("answer")}>
        <List spacing={4}>
          <List.Item>{t("answerInTime")}</List.Item>
          <List.Item>{t("answerFirst")}</List.Item>
          <List.Item>{t("answerRedirect")}</List.Item>
          <List.Item>{t("answerGone")}</List.Item>
        </List>
      </Section>
      <Section id="order" title={t("order")}>
        <List spacing={4}>
          <List.Item>{t("orderOne")}</List.Item>
          <List.Item>{t("orderRepeat")}</List.Item>
          <List.Item>{t("orderBatch")}</List.Item>
        </List>
      </Section>
      <Section id="retries" title={t("retries")}>
        <Text>{t("retriesWhen")}</Text>
        <List type="ordered" spacing={4}>
          {STARTS.map((seconds) => (
            <List.Item key={seconds}>
              {seconds === 0 ? t("attemptFirst") : t("attemptAfter", { time: format.duration(seconds) })}
            </List.Item>
          ))}
        </List>
        <Text>{t("retriesThen")}</Text>
        <Text>{t("retriesAfter")}</Text>
        <Text>{t("retriesRule")}</Text>
      </Section>
      <Section id="limits" title={t("limits")}>
        <List spacing={4}>
          <List.Item>{t("limitEvent", { size: kibibytes(EVENT_BYTES_MAX) })}</List.Item>
          <List.Item>{t("limitBatch")}</List.Item>
          <List.Item>{t("limitBody", { size: kibibytes(RENDERED_BODY_BYTES_MAX) })}</List.Item>
          <List.Item>{t("limitConnection")}</List.Item>
        </List>
      </Section>
    </>
  );
}
