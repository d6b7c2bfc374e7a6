import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Failure } from "./failure.js";

interface ConfirmProps {
  readonly isOpen: boolean;
  readonly title: string;
  /** What will become of what. */
  readonly children: ReactNode;
  readonly confirmLabel: string;
  readonly isPending: boolean;
  /** Of the try before, which left all as it was. */
  readonly error: unknown;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
}

/** Asks before something that cannot be taken back; stays open with the reason when it did not work. */
export function Confirm(props: ConfirmProps) {
  const { t } = useTranslation();
  const { isOpen, title, children, confirmLabel, isPending, error, onConfirm, onClose } = props;
  return (
    <Modal opened={isOpen} onClose={onClose} title={<bdi className="breaking">{title}</bdi>}>
      <Stack>
        <Text component="div">{children}</Text>
        {error !== null && error !== undefined && <Failure error={error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose} data-autofocus>
            {t("cancel")}
          </Button>
          <Button color="red" loading={isPending} onClick={onConfirm}>
            {confirmLabel}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
