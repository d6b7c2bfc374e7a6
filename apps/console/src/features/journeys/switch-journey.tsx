import type { Journey } from "@hooklane/client";
import { Button, Group, Modal, Radio, Stack } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { notifications } from "@mantine/notifications";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Confirm } from "../../components/confirm.js";
import { Failure } from "../../components/failure.js";
import { type JourneyCommand, useSwitchJourney } from "./journey-queries.js";

const COMMANDS = {
  draft: "start",
  active: "pause",
  paused: "resume",
} as const satisfies Record<Journey["status"], JourneyCommand>;

/** Starts a draft, pauses an active journey, resumes a paused one (product.md W4). */
export function SwitchJourney({ journey }: { readonly journey: Journey }) {
  const { t } = useTranslation("journeys");
  const [isOpen, dialog] = useDisclosure();
  const change = useSwitchJourney(journey, (command) => {
    dialog.close();
    notifications.show({ message: t(`done_${command}`, { name: journey.name }) });
  });
  const command = COMMANDS[journey.status];
  const close = () => {
    dialog.close();
    change.reset();
  };
  const asked = { name: journey.name, isPending: change.isPending, error: change.error, onClose: close };
  return (
    <>
      <Button
        variant={command === "pause" ? "default" : "filled"}
        loading={command === "start" && change.isPending}
        onClick={() => (command === "start" ? change.mutate({ command }) : dialog.open())}
      >
        {t(command)}
      </Button>
      <Modal opened={command === "start" && change.isError} onClose={close} title={t("notStarted")}>
        <Failure error={change.error} />
      </Modal>
      <Confirm
        {...asked}
        isOpen={command === "pause" && isOpen}
        title={t("pauseTitle", { name: journey.name })}
        confirmLabel={t("pause")}
        onConfirm={() => change.mutate({ command: "pause" })}
      >
        {t("pauseHelp")}
      </Confirm>
      <ResumeDialog
        {...asked}
        isOpen={command === "resume" && isOpen}
        onResume={(recovers) => change.mutate({ command: "resume", recovers })}
      />
    </>
  );
}

interface ResumeDialogProps {
  readonly name: string;
  readonly isOpen: boolean;
  readonly isPending: boolean;
  readonly error: unknown;
  readonly onResume: (recovers: boolean) => void;
  readonly onClose: () => void;
}

function ResumeDialog({ name, isOpen, isPending, error, onResume, onClose }: ResumeDialogProps) {
  const { t } = useTranslation(["journeys", "common"]);
  const [how, setHow] = useState("now");
  const title = t("resumeTitle", { name });
  return (
    <Modal opened={isOpen} onClose={onClose} title={<bdi className="breaking">{title}</bdi>}>
      <Stack>
        <Radio.Group value={how} onChange={setHow} aria-label={title}>
          <Stack gap="sm">
            <Radio value="now" label={t("resumeNow")} description={t("resumeNowHelp")} />
            <Radio value="recover" label={t("resumeRecover")} description={t("resumeRecoverHelp")} />
          </Stack>
        </Radio.Group>
        {error !== null && error !== undefined && <Failure error={error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t("common:cancel")}
          </Button>
          <Button loading={isPending} onClick={() => onResume(how === "recover")}>
            {t("resume")}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
