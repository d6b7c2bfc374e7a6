import type { EventType } from "@hooklane/client";
import { type ExplainedCondition, explainFilter, type NativeEvent } from "@hooklane/core";
import { Alert, Code, List, ThemeIcon } from "@mantine/core";
import { IconCheck, IconX } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { type Wanted, whyNotSent } from "./would-get.js";

interface FilterVerdictProps {
  readonly event: NativeEvent;
  readonly type: EventType | undefined;
  readonly wanted: Wanted;
}

/** Whether an event would be sent, and what became of each condition. */
export function FilterVerdict({ event, type, wanted }: FilterVerdictProps) {
  const { t } = useTranslation(["templates", "log"]);
  const reason = whyNotSent(wanted, event, type);
  const explained = wanted.filter === undefined ? undefined : explainFilter(wanted.filter, event);
  const title = reason === undefined ? t("wouldGet") : t("wouldNotGet", { reason: t(`log:why_${reason}`) });
  return (
    <Alert
      role="status"
      color={reason === undefined ? "brand" : "orange"}
      icon={reason === undefined ? <IconCheck aria-hidden /> : <IconX aria-hidden />}
      title={title}
    >
      {explained?.failure === "too_many_steps" && t("tooManySteps")}
      {explained && explained.conditions.length > 0 && (
        <List size="sm" spacing={4} center>
          {explained.conditions.map((condition) => (
            <Condition key={`${condition.place.join(".")} ${condition.operator}`} condition={condition} />
          ))}
        </List>
      )}
    </Alert>
  );
}

function Condition({ condition }: { readonly condition: ExplainedCondition }) {
  const { t } = useTranslation("templates");
  const { path, operator, expected, actual, matched } = condition;
  return (
    <List.Item
      className="breaking"
      icon={
        <ThemeIcon
          size={18}
          radius="xl"
          variant="light"
          color={matched ? "brand" : "red"}
          role="img"
          aria-label={t(matched ? "met" : "notMet")}
        >
          {matched ? <IconCheck size={12} /> : <IconX size={12} />}
        </ThemeIcon>
      }
    >
      <Code>{`${path} ${operator} ${toShown(expected)}`}</Code>{" "}
      {actual === undefined ? t("nothingThere") : t("thereIs", { value: toShown(actual) })}
    </List.Item>
  );
}

/** Enough to see what it is. */
const SHOWN_CHARS_MAX = 120;

function toShown(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length > SHOWN_CHARS_MAX ? `${text.slice(0, SHOWN_CHARS_MAX)}…` : text;
}
