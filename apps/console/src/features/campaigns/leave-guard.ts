import { useBlocker } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { CheckedForm } from "../../forms/checked-form.js";

/** Asks before what was typed is lost by a slip of the finger. */
export function useLeaveGuard({
  isChanged,
  isSaving,
}: Pick<CheckedForm<object>, "isChanged" | "isSaving">): void {
  const { t } = useTranslation();
  useBlocker({
    shouldBlockFn: () => isChanged && !isSaving && !window.confirm(t("leaveUnsaved")),
    enableBeforeUnload: () => isChanged && !isSaving,
  });
}
