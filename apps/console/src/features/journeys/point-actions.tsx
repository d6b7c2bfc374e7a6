import type { JourneyPoint } from "@hooklane/client";
import { ActionIcon, Menu } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { notifications } from "@mantine/notifications";
import { IconDotsVertical } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useWorkspace } from "../../api/workspace-context.js";
import { Confirm } from "../../components/confirm.js";
import { useRemovePoint } from "./point-calls.js";

/** What can be done with a point. */
export function PointActions({ point }: { readonly point: JourneyPoint }) {
  const { t } = useTranslation(["journeys", "common", "layout"]);
  const { canWrite } = useWorkspace();
  const [isAsking, dialog] = useDisclosure();
  const params = { id: point.journeyId, pointId: point.id };
  return (
    <>
      <Menu trigger="click-hover" position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" aria-label={`${t("common:actions")}: ${point.name}`}>
            <IconDotsVertical size={18} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {canWrite && (
            <Menu.Item
              renderRoot={(props) => <Link to="/journeys/$id/points/$pointId" params={params} {...props} />}
            >
              {t("common:edit")}
            </Menu.Item>
          )}
          <Menu.Item renderRoot={(props) => <Link to="/logs" search={{ webhookId: point.id }} {...props} />}>
            {t("layout:eventLogs")}
          </Menu.Item>
          {canWrite && (
            <Menu.Item color="red" onClick={dialog.open}>
              {t("removePoint")}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      {isAsking && <RemovePoint point={point} onClose={dialog.close} />}
    </>
  );
}

function RemovePoint({ point, onClose }: { readonly point: JourneyPoint; readonly onClose: () => void }) {
  const { t } = useTranslation("journeys");
  const remove = useRemovePoint({
    onDone: () => {
      notifications.show({ message: t("pointRemoved", { name: point.name }) });
      onClose();
    },
  });
  return (
    <Confirm
      isOpen
      title={t("removePointTitle", { name: point.name })}
      confirmLabel={t("removePoint")}
      isPending={remove.isPending}
      error={remove.error}
      onConfirm={() => remove.mutate(point)}
      onClose={onClose}
    >
      {t("removePointHelp")}
    </Confirm>
  );
}
