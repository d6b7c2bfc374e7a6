import { Alert, Button } from "@mantine/core";
import { useTranslation } from "react-i18next";

/** Somebody else was faster; what was typed can be saved over it. */
export function ChangedMeanwhile({ onSaveOver }: { readonly onSaveOver: () => void }) {
  const { t } = useTranslation();
  return (
    <Alert color="orange" mb="md" role="alert">
      {t("changedMeanwhile")}{" "}
      <Button size="compact-sm" variant="default" onClick={onSaveOver}>
        {t("saveOver")}
      </Button>
    </Alert>
  );
}
