import { NativeSelect } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { CheckedForm } from "../../forms/checked-form.js";
import { useTargets } from "./audience-queries.js";
import { AudienceSelect } from "./audience-select.js";
import { MatchingContacts } from "./matching-contacts.js";
import {
  type TargetChoice,
  toSegmentId,
  toTag,
  type TouchpointFormValues,
} from "./touchpoint-form-values.js";

interface TargetFieldsProps {
  readonly form: Pick<CheckedForm<TouchpointFormValues>, "values" | "change" | "errorOf" | "leave">;
}

/** For whom it is: an audience, of it a segment or a tag, and how many that are now. */
export function TargetFields({ form: { values, change, errorOf, leave } }: TargetFieldsProps) {
  const { t } = useTranslation("touchpoints");
  const { audienceId, target } = values;
  const { data: { segments, tags } = NONE } = useTargets(audienceId);
  const choices: readonly TargetChoice[] = [
    ...segments.map(({ id }): TargetChoice => `segment:${id}`),
    ...tags.map((name): TargetChoice => `tag:${name}`),
  ];
  const isKnown = target === "everybody" || choices.includes(target);
  return (
    <>
      <AudienceSelect
        description={t("audienceHelp")}
        value={audienceId}
        // Segments and tags are an audience's own.
        onChange={(chosen) => change({ audienceId: chosen, target: "everybody" })}
        onBlur={() => leave("audienceId")}
        error={errorOf("audienceId")}
      />
      <NativeSelect
        label={t("target")}
        value={target}
        onChange={({ currentTarget }) =>
          change({ target: choices.find((choice) => choice === currentTarget.value) ?? "everybody" })
        }
        onBlur={() => {
          leave("segmentId");
          leave("tag");
        }}
        error={errorOf("segmentId") ?? errorOf("tag")}
      >
        <option value="everybody">{t("everybody")}</option>
        {!isKnown && <option value={target}>{toTag(target) ?? toSegmentId(target)}</option>}
        {segments.length > 0 && (
          <optgroup label={t("segments")}>
            {segments.map(({ id, name }) => (
              <option key={id} value={`segment:${id}`}>
                {name}
              </option>
            ))}
          </optgroup>
        )}
        {tags.length > 0 && (
          <optgroup label={t("tags")}>
            {tags.map((name) => (
              <option key={name} value={`tag:${name}`}>
                {name}
              </option>
            ))}
          </optgroup>
        )}
      </NativeSelect>
      {isKnown && (
        <MatchingContacts
          audienceId={audienceId}
          target={{
            segment: segments.find(({ id }) => id === toSegmentId(target)),
            tag: toTag(target),
          }}
        />
      )}
    </>
  );
}

const NONE = { segments: [], tags: [] };
