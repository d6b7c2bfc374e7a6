import { useBlocker } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { CheckedForm } from "./checked-form.js";

/** Asks before a form is left with what was typed: it is not lost by a slip of the finger. */
export function useAskBeforeLeaving({
  isChanged,
  isSaving,
}: Pick<CheckedForm<object>, "isChanged" | "isSaving">) {
  const { t } = useTranslation();
  useBlocker({
    shouldBlockFn: () => isChanged && !isSaving && !window.confirm(t("leaveUnsaved")),
    enableBeforeUnload: () => isChanged && !isSaving,
  });
}
