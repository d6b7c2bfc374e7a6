import { Button, Group, Stack, Title } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { DeveloperDocumentation } from "../../components/developer-documentation.js";
import { Failure } from "../../components/failure.js";
import { type CheckedForm, useCheckedForm } from "../../forms/checked-form.js";
import { RequestBuilder } from "../request-builder/request-builder.js";
import { tellingRows } from "../request-builder/check-request.js";
import { useLeaveGuard } from "./leave-guard.js";
import { TargetFields } from "./target-fields.js";
import { tellingPast } from "./telling-past.js";
import { TimeFields } from "./time-fields.js";
import { checkTouchpoint, type TouchpointFormValues } from "./touchpoint-form-values.js";
import { PLACEHOLDERS } from "./touchpoint-placeholders.js";
import { useTimeCheck } from "./use-time-check.js";
import type { ZonedClock } from "./zoned-clock.js";

interface TouchpointFormProps {
  readonly campaignId: string;
  readonly clock: ZonedClock;
  readonly initial: TouchpointFormValues;
  /** Whether the API has it. */
  readonly isSaved: boolean;
  /** Resolves once it is saved; the form is left then. */
  readonly save: (values: TouchpointFormValues) => Promise<void>;
  /** The buttons that save it. */
  readonly children: (form: Pick<CheckedForm<TouchpointFormValues>, "change" | "isSaving">) => ReactNode;
}

/** The form of a touchpoint: a request, for whom, and when (console-flows.md F4). */
export function TouchpointForm({ campaignId, clock, initial, isSaved, save, children }: TouchpointFormProps) {
  const { t } = useTranslation(["touchpoints", "common"]);
  const checkTime = useTimeCheck(clock);
  const form = useCheckedForm({
    initial,
    check: (values: TouchpointFormValues) => [...checkTouchpoint(values, isSaved), ...checkTime(values)],
    save: (values) =>
      tellingPast(t("past", { timeZone: clock.timeZone }), () => tellingRows(values, () => save(values))),
  });
  useLeaveGuard(form);
  return (
    <form onSubmit={form.onSubmit} noValidate>
      <Stack maw={720}>
        <Title order={2} size="h4">
          {t("what")}
        </Title>
        <RequestBuilder form={form} isSaved={isSaved} placeholders={PLACEHOLDERS} />
        <Title order={2} size="h4" mt="md">
          {t("forWhom")}
        </Title>
        <TargetFields form={form} />
        <Title order={2} size="h4" mt="md">
          {t("when")}
        </Title>
        <TimeFields form={form} clock={clock} />
        {form.failure !== undefined && <Failure error={form.failure} />}
        <Group>
          {children(form)}
          <Button
            variant="default"
            renderRoot={(props) => <Link to="/campaigns/$id" params={{ id: campaignId }} {...props} />}
          >
            {t("common:cancel")}
          </Button>
        </Group>
        <DeveloperDocumentation />
      </Stack>
    </form>
  );
}
