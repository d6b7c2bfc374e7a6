import type { Audience } from "@hooklane/client";
import { NativeSelect, Title } from "@mantine/core";
import { useTranslation } from "react-i18next";

interface CurrentAudienceProps {
  readonly audiences: readonly Audience[];
  readonly current: Audience;
  readonly onChoose: (id: string) => void;
}

/** The audience that is shown; a choice only where there is more than one. */
export function CurrentAudience({ audiences, current, onChoose }: CurrentAudienceProps) {
  const { t } = useTranslation("audiences");
  if (audiences.length > 1)
    return (
      <NativeSelect
        label={t("current")}
        maw={360}
        value={current.id}
        onChange={({ currentTarget }) => onChoose(currentTarget.value)}
        data={audiences.map(({ id, name }) => ({ value: id, label: name }))}
      />
    );
  return (
    <Title order={2} size="h4" className="breaking">
      <bdi>{current.name}</bdi>
    </Title>
  );
}
