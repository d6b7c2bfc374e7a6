import { Button, Group, Stack } from "@mantine/core";
import { Link, useBlocker } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { DeveloperDocumentation } from "../../components/developer-documentation.js";
import { Failure } from "../../components/failure.js";
import { useCheckedForm } from "../../forms/checked-form.js";
import { checkRequest, tellingRows } from "../request-builder/check-request.js";
import { RequestBuilder } from "../request-builder/request-builder.js";
import type { RequestValues } from "../request-builder/request-values.js";

/** What data to send of a point can be made of (product.md W4). */
const PLACEHOLDERS = [
  "contact.email",
  "contact.id",
  "contact.audience_id",
  "contact.email_format",
  "contact.fields",
  "contact.fields.first_name",
  "contact.tags",
  "contact.status",
  "data.journey_id",
  "data.point_id",
  "id",
  "type",
  "timestamp",
  "source",
  "webhook.id",
  "webhook.name",
] as const;

interface PointFormProps {
  readonly journeyId: string;
  readonly initial: RequestValues;
  readonly isSaved: boolean;
  /** Resolves once it is saved; the form is left then. */
  readonly save: (values: RequestValues) => Promise<void>;
}

/** The form of a journey's point, new or not (console-flows.md F3). */
export function PointForm({ journeyId, initial, isSaved, save }: PointFormProps) {
  const { t } = useTranslation();
  const form = useCheckedForm({
    initial,
    check: (values) => checkRequest(values, isSaved),
    save: (values) => tellingRows(values, () => save(values)),
  });
  // What was typed is not lost by a slip of the finger.
  useBlocker({
    shouldBlockFn: () => form.isChanged && !form.isSaving && !window.confirm(t("leaveUnsaved")),
    enableBeforeUnload: () => form.isChanged && !form.isSaving,
  });
  return (
    <form onSubmit={form.onSubmit} noValidate>
      <Stack maw={720}>
        <RequestBuilder form={form} isSaved={isSaved} placeholders={PLACEHOLDERS} />
        {form.failure !== undefined && <Failure error={form.failure} />}
        <Group>
          <Button type="submit" loading={form.isSaving}>
            {t("save")}
          </Button>
          <Button
            variant="default"
            renderRoot={(props) => <Link to="/journeys/$id" params={{ id: journeyId }} {...props} />}
          >
            {t("cancel")}
          </Button>
        </Group>
        <DeveloperDocumentation />
      </Stack>
    </form>
  );
}
