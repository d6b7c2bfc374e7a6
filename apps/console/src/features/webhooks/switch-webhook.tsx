import type { Webhook } from "@hooklane/client";
import { Button, Group, Modal, Radio, Stack } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { notifications } from "@mantine/notifications";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Confirm } from "../../components/confirm.js";
import { Failure } from "../../components/failure.js";
import { useActivateWebhook, useDeactivateWebhook } from "./webhook-queries.js";

/** Switches a webhook on, with or without what it missed, or off (product.md D7). */
export function SwitchWebhook({ webhook }: { readonly webhook: Webhook }) {
  if (webhook.status === "plan_locked") return null;
  return webhook.status === "inactive" || webhook.status === "auto_disabled" ? (
    <SwitchOn webhook={webhook} />
  ) : (
    <SwitchOff webhook={webhook} />
  );
}

function SwitchOn({ webhook }: { readonly webhook: Webhook }) {
  const { t } = useTranslation(["health", "webhooks", "common"]);
  const [isOpen, dialog] = useDisclosure();
  const [how, setHow] = useState("now");
  const activate = useActivateWebhook();
  const confirm = () =>
    activate.mutate(
      { id: webhook.id, recover: how === "recover" },
      {
        onSuccess: () => {
          dialog.close();
          notifications.show({ message: t("webhooks:activated", { name: webhook.name }) });
        },
      },
    );
  return (
    <>
      <Button onClick={dialog.open}>{t("webhooks:activate")}</Button>
      <Modal
        opened={isOpen}
        onClose={dialog.close}
        title={<bdi className="breaking">{t("activateTitle", { name: webhook.name })}</bdi>}
      >
        <Stack>
          <Radio.Group value={how} onChange={setHow} aria-label={t("activateTitle", { name: webhook.name })}>
            <Stack gap="sm">
              <Radio value="now" label={t("activateNow")} description={t("activateNowHelp")} />
              <Radio value="recover" label={t("recover")} description={t("recoverHelp")} />
            </Stack>
          </Radio.Group>
          {activate.isError && <Failure error={activate.error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={dialog.close}>
              {t("common:cancel")}
            </Button>
            <Button loading={activate.isPending} onClick={confirm}>
              {t("webhooks:activate")}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </>
  );
}

function SwitchOff({ webhook }: { readonly webhook: Webhook }) {
  const { t } = useTranslation("health");
  const [isOpen, dialog] = useDisclosure();
  const deactivate = useDeactivateWebhook();
  return (
    <>
      <Button variant="default" onClick={dialog.open}>
        {t("deactivate")}
      </Button>
      <Confirm
        isOpen={isOpen}
        title={t("deactivateTitle", { name: webhook.name })}
        confirmLabel={t("deactivate")}
        isPending={deactivate.isPending}
        error={deactivate.error}
        onConfirm={() => deactivate.mutate(webhook, { onSuccess: dialog.close })}
        onClose={dialog.close}
      >
        {t("deactivateHelp")}
      </Confirm>
    </>
  );
}
