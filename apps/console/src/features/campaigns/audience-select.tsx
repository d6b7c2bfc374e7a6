import { NativeSelect } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useAudiences } from "./audience-queries.js";

interface AudienceSelectProps {
  readonly description: string;
  readonly value: string;
  readonly onChange: (audienceId: string) => void;
  readonly onBlur: () => void;
  readonly error: string | undefined;
}

/** One of the workspace's audiences. */
export function AudienceSelect({ description, value, onChange, onBlur, error }: AudienceSelectProps) {
  const { t } = useTranslation("campaigns");
  const { data: audiences = [] } = useAudiences();
  const isKnown = value === "" || audiences.some(({ id }) => id === value);
  return (
    <NativeSelect
      label={t("audience")}
      description={description}
      value={value}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
      onBlur={onBlur}
      error={error}
      withAsterisk
      data={[
        ...(value === "" ? [{ value: "", label: t("chooseAudience") }] : []),
        // Of which the list does not know yet, or that was deleted.
        ...(isKnown ? [] : [{ value, label: value }]),
        ...audiences.map(({ id, name }) => ({ value: id, label: name })),
      ]}
    />
  );
}
