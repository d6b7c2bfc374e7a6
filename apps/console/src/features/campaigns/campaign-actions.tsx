import type { Campaign } from "@hooklane/client";
import { ActionIcon, Menu } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { notifications } from "@mantine/notifications";
import { IconDotsVertical } from "@tabler/icons-react";
import { Link, useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { Confirm } from "../../components/confirm.js";
import { useDeleteCampaign } from "./campaign-queries.js";

/** Changes a campaign, or deletes it with what belongs to it. */
export function CampaignActions({ campaign }: { readonly campaign: Campaign }) {
  const { t } = useTranslation(["campaigns", "common"]);
  const [isAsking, dialog] = useDisclosure();
  const remove = useDeleteCampaign();
  const navigate = useNavigate();
  const confirm = () =>
    remove.mutate(campaign, {
      onSuccess: () => {
        notifications.show({ message: t("deleted", { name: campaign.name }) });
        void navigate({ to: "/campaigns" });
      },
    });
  return (
    <>
      <Menu trigger="click-hover" position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="default" size="lg" aria-label={`${t("common:actions")}: ${campaign.name}`}>
            <IconDotsVertical size={18} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            renderRoot={(props) => <Link to="/campaigns/$id/edit" params={{ id: campaign.id }} {...props} />}
          >
            {t("common:edit")}
          </Menu.Item>
          <Menu.Item color="red" onClick={dialog.open}>
            {t("common:delete")}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Confirm
        isOpen={isAsking}
        title={t("deleteTitle", { name: campaign.name })}
        confirmLabel={t("common:delete")}
        isPending={remove.isPending}
        error={remove.error}
        onConfirm={confirm}
        onClose={dialog.close}
      >
        {t("deleteHelp")}
      </Confirm>
    </>
  );
}
