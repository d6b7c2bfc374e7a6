import type { EventType } from "@hooklane/client";
import { type Preset, presetTypes } from "@hooklane/contracts";
import { Checkbox, Stack } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useEventTypes } from "../../api/event-types.js";
import { Loaded } from "../../components/loaded.js";
import { EventTypeBox } from "./event-type-choice.js";
import { InstallPreset } from "./install-preset.js";

interface PresetChoiceProps {
  readonly preset: Preset;
  readonly label: string;
  readonly chosen: readonly string[];
  readonly onChange: (chosen: readonly string[]) => void;
  readonly error: string | undefined;
}

/** A box for each type of a preset, in the catalogue's order, with what it is used for where the catalogue says so. */
export function PresetChoice({ preset, label, chosen, onChange, error }: PresetChoiceProps) {
  const { i18n } = useTranslation();
  const language = i18n.resolvedLanguage === "fr" ? "fr" : "en";
  const query = useEventTypes();
  return (
    <Loaded query={query}>
      {(all) => {
        const catalogue = presetTypes(preset);
        const shown = toShown(
          all,
          catalogue.map(({ type }) => type),
          chosen,
        );
        if (!all.some((type) => type.preset === preset)) return <InstallPreset preset={preset} />;
        return (
          <Checkbox.Group label={label} value={[...chosen]} onChange={onChange} error={error} withAsterisk>
            <Stack gap="xs" mt="xs">
              {shown.map((type) => (
                <EventTypeBox
                  key={type.type}
                  type={type}
                  isInvalid={error !== undefined}
                  help={catalogue.find((entry) => entry.type === type.type)?.useCases?.[language]}
                />
              ))}
            </Stack>
          </Checkbox.Group>
        );
      }}
    </Loaded>
  );
}

/** Those of the preset the workspace has; behind them what was chosen elsewhere, so that it is not lost unseen. */
function toShown(
  all: readonly EventType[],
  order: readonly string[],
  chosen: readonly string[],
): readonly EventType[] {
  const names = [...order, ...chosen.filter((type) => !order.includes(type))];
  return names.flatMap((name) => all.find(({ type }) => type === name) ?? []);
}
