import type { ResendFilter } from "@hooklane/client";
import { Button, Group, Modal, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useTranslation } from "react-i18next";
import { useWorkspace } from "../../api/workspace-context.js";
import { AskResend } from "./ask-resend.js";
import type { Resendable } from "./resend-filter.js";

const WHY_NOT = { too_wide: "chooseFirst", not_settled: "notSettled" } as const;

/** Offers to send all of a list once more; says what to choose where the API takes no resend of it. */
export function ResendMany({ of, label }: { readonly of: Resendable; readonly label: string }) {
  const { t } = useTranslation("resend");
  const { canWrite } = useWorkspace();
  if (!canWrite) return null;
  if (of.kind === "filter") return <ResendButton filter={of.filter} label={label} />;
  return (
    <Text size="sm" c="dimmed" mb="md">
      {t(WHY_NOT[of.kind])}
    </Text>
  );
}

function ResendButton({ filter, label }: { readonly filter: ResendFilter; readonly label: string }) {
  const { t } = useTranslation("resend");
  const [isAsking, dialog] = useDisclosure();
  return (
    <Group mb="md">
      <Button variant="default" className="breaking" onClick={dialog.open}>
        {label}
      </Button>
      <Modal opened={isAsking} onClose={dialog.close} title={t("askTitle")}>
        <AskResend filter={filter} onClose={dialog.close} />
      </Modal>
    </Group>
  );
}
