import { Alert } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useLostWorkspaces } from "../api/session.js";

/** Why somebody is asked for a key again, or finds another workspace than the one they worked in. */
export function LostWorkspaces() {
  const { t } = useTranslation("layout");
  const { names, forget } = useLostWorkspaces();
  if (names.length === 0) return null;
  return (
    <Alert color="orange" role="alert" m="md" withCloseButton onClose={forget} title={t("keyRevoked")}>
      {t("keyRevokedHelp", { names: names.join(", ") })}
    </Alert>
  );
}
