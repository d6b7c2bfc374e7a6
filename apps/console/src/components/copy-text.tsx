import { Button, CopyButton } from "@mantine/core";
import { useTranslation } from "react-i18next";

/** Puts a text on the clipboard, and says that it is there. */
export function CopyText({ text, label }: { readonly text: string; readonly label?: string }) {
  const { t } = useTranslation();
  return (
    <CopyButton value={text}>
      {({ copied, copy }) => (
        <Button size="compact-sm" variant="default" onClick={copy} aria-label={copied ? undefined : label}>
          {t(copied ? "copied" : "copy")}
        </Button>
      )}
    </CopyButton>
  );
}
