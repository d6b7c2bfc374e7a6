import type { Webhook } from "@hooklane/client";
import { notifications } from "@mantine/notifications";
import { useTranslation } from "react-i18next";
import { Confirm } from "../../components/confirm.js";
import { useDeleteWebhook } from "./webhook-queries.js";

interface DeleteWebhookProps {
  readonly webhook: Webhook;
  readonly onClose: () => void;
}

/** Asks before a webhook is deleted, with what waits for it. */
export function DeleteWebhook({ webhook, onClose }: DeleteWebhookProps) {
  const { t } = useTranslation(["webhooks", "common"]);
  const remove = useDeleteWebhook();
  const confirm = () =>
    remove.mutate(webhook, {
      onSuccess: () => {
        notifications.show({ message: t("deleted", { name: webhook.name }) });
        onClose();
      },
    });
  return (
    <Confirm
      isOpen
      title={t("deleteTitle", { name: webhook.name })}
      confirmLabel={t("common:delete")}
      isPending={remove.isPending}
      error={remove.error}
      onConfirm={confirm}
      onClose={onClose}
    >
      {t("deleteHelp")}
    </Confirm>
  );
}
