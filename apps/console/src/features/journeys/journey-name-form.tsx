import { Button, Group, Stack, TextInput } from "@mantine/core";
import { createJourney, toFieldErrors } from "@hooklane/contracts";
import { useTranslation } from "react-i18next";
import { Failure } from "../../components/failure.js";
import { useCheckedForm } from "../../forms/checked-form.js";

interface JourneyNameFormProps {
  readonly initial: string;
  readonly submitLabel: string;
  readonly save: (name: string) => Promise<void>;
  readonly onCancel: () => void;
}

interface NameValues {
  readonly name: string;
}

/** What a journey is called; all else of it is on its map. */
export function JourneyNameForm({ initial, submitLabel, save, onCancel }: JourneyNameFormProps) {
  const { t } = useTranslation(["journeys", "common"]);
  const form = useCheckedForm<NameValues>({
    initial: { name: initial },
    check: checkName,
    save: ({ name }) => save(name),
  });
  const { values, change, errorOf, leave } = form;
  return (
    <form onSubmit={form.onSubmit} noValidate>
      <Stack maw={480}>
        <TextInput
          label={t("name")}
          description={t("nameHelp")}
          data-autofocus
          value={values.name}
          onChange={({ currentTarget }) => change({ name: currentTarget.value })}
          onBlur={() => leave("name")}
          error={errorOf("name")}
          withAsterisk
        />
        {form.failure !== undefined && <Failure error={form.failure} />}
        <Group>
          <Button type="submit" loading={form.isSaving}>
            {submitLabel}
          </Button>
          <Button variant="default" onClick={onCancel}>
            {t("common:cancel")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function checkName({ name }: NameValues) {
  // Empty is absent: needed, rather than too short.
  const body = name.trim() === "" ? {} : { name };
  const checked = createJourney.safeParse(body);
  return checked.success ? [] : toFieldErrors(checked.error.issues, body);
}
