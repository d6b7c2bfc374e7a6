import type { Journey } from "@hooklane/client";
import { ActionIcon, Menu, Modal } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { notifications } from "@mantine/notifications";
import { IconDotsVertical } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useWorkspace } from "../../api/workspace-context.js";
import { Confirm } from "../../components/confirm.js";
import { JourneyNameForm } from "./journey-name-form.js";
import { useDeleteJourney, useRefreshJourneys } from "./journey-queries.js";

/** Renames and deletes a journey. */
export function JourneyActions({ journey }: { readonly journey: Journey }) {
  const { t } = useTranslation(["journeys", "common"]);
  const [isRenaming, naming] = useDisclosure();
  const [isDeleting, deleting] = useDisclosure();
  return (
    <>
      <Menu trigger="click-hover" position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="default" size="lg" aria-label={`${t("common:actions")}: ${journey.name}`}>
            <IconDotsVertical size={18} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={naming.open}>{t("rename")}</Menu.Item>
          <Menu.Item color="red" onClick={deleting.open}>
            {t("common:delete")}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {isRenaming && <RenameJourney journey={journey} onClose={naming.close} />}
      {isDeleting && <DeleteJourney journey={journey} onClose={deleting.close} />}
    </>
  );
}

interface DialogProps {
  readonly journey: Journey;
  readonly onClose: () => void;
}

function RenameJourney({ journey, onClose }: DialogProps) {
  const { t } = useTranslation(["journeys", "common"]);
  const { hooklane } = useWorkspace();
  const refresh = useRefreshJourneys();
  return (
    <Modal opened onClose={onClose} title={t("rename")}>
      <JourneyNameForm
        initial={journey.name}
        submitLabel={t("common:save")}
        save={async (name) => {
          const params = { path: { id: journey.id } };
          await hooklane.api.PATCH("/v1/journeys/{id}", { params, body: { name } });
          onClose();
          await refresh();
        }}
        onCancel={onClose}
      />
    </Modal>
  );
}

function DeleteJourney({ journey, onClose }: DialogProps) {
  const { t } = useTranslation(["journeys", "common"]);
  const navigate = useNavigate();
  const remove = useDeleteJourney({
    // Before it is asked for again, and not found.
    onDone: async () => {
      notifications.show({ message: t("deleted", { name: journey.name }) });
      await navigate({ to: "/journeys" });
    },
  });
  return (
    <Confirm
      isOpen
      title={t("deleteTitle", { name: journey.name })}
      confirmLabel={t("common:delete")}
      isPending={remove.isPending}
      error={remove.error}
      onConfirm={() => remove.mutate(journey)}
      onClose={onClose}
    >
      {t("deleteHelp")}
    </Confirm>
  );
}
