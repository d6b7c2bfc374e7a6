import type { EventType } from "@hooklane/client";
import { Badge, Checkbox, Group, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useEventTypes } from "../../api/event-types.js";
import { useLockedEventTypes } from "../../api/plans.js";
import { Loaded } from "../../components/loaded.js";

/** Whose boxes stand first in the form (product.md W2). */
const FIRST_PRESET = "email_marketing";

interface EventTypeChoiceProps {
  readonly chosen: readonly string[];
  readonly onChange: (chosen: readonly string[]) => void;
  readonly error: string | undefined;
}

/** A box for each event type; what the plan leaves out cannot be ticked and says which plan has it. */
export function EventTypeChoice({ chosen, onChange, error }: EventTypeChoiceProps) {
  const { t } = useTranslation("webhooks");
  const query = useEventTypes();
  return (
    <Loaded query={query}>
      {(all) => {
        const first = all.filter(({ preset }) => preset === FIRST_PRESET);
        const others = all.filter(({ preset }) => preset !== FIRST_PRESET);
        return (
          <Checkbox.Group
            label={t("chooseEvents")}
            value={[...chosen]}
            onChange={onChange}
            error={error}
            withAsterisk
          >
            <Stack gap="xs" mt="xs">
              {first.map((type) => (
                <EventTypeBox key={type.type} type={type} isInvalid={error !== undefined} />
              ))}
              {others.length > 0 && (
                <details open={others.some(({ type }) => chosen.includes(type))}>
                  <summary>{t("otherEvents")}</summary>
                  <Stack gap="xs" mt="xs">
                    {others.map((type) => (
                      <EventTypeBox key={type.type} type={type} isInvalid={false} />
                    ))}
                  </Stack>
                </details>
              )}
            </Stack>
          </Checkbox.Group>
        );
      }}
    </Loaded>
  );
}

interface EventTypeBoxProps {
  readonly type: EventType;
  readonly isInvalid: boolean;
  /** In place of what sets such an event off. */
  readonly help?: string | undefined;
}

export function EventTypeBox({ type, isInvalid, help }: EventTypeBoxProps) {
  const { t, i18n } = useTranslation("webhooks");
  const language = i18n.resolvedLanguage === "fr" ? "fr" : "en";
  const requiredPlan = useLockedEventTypes().get(type.type);
  const isLocked = requiredPlan !== undefined;
  return (
    <Checkbox
      value={type.type}
      disabled={isLocked}
      aria-invalid={isInvalid}
      label={
        <Group gap="xs">
          <span>{type.labels[language]}</span>
          {isLocked && (
            <Badge size="sm" color="orange" tt="none">
              {requiredPlan.toLowerCase() === "max" ? t("maxOnly") : t("planOnly", { plan: requiredPlan })}
            </Badge>
          )}
          {type.suppressedSources?.includes("import") && (
            <Text size="xs" c="dimmed">
              {t("notByImports")}
            </Text>
          )}
        </Group>
      }
      description={help ?? type.descriptions[language]}
    />
  );
}
