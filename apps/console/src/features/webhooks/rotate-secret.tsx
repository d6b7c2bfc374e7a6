import type { Webhook } from "@hooklane/client";
import { Button, Modal } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useWorkspace } from "../../api/workspace-context.js";
import { Confirm } from "../../components/confirm.js";
import { SigningSecret } from "../receivers/signing-secret.js";
import { useRefreshWebhooks } from "./webhook-queries.js";

/** Signs with a new secret, shown this once; the one before signs too for a while (product.md D10). */
export function RotateSecret({ webhook }: { readonly webhook: Webhook }) {
  const { t } = useTranslation("health");
  const { hooklane } = useWorkspace();
  const refresh = useRefreshWebhooks();
  const [isAsking, dialog] = useDisclosure();
  const rotate = useMutation({
    mutationFn: async () => {
      const params = { path: { id: webhook.id } };
      const { data } = await hooklane.api.POST("/v1/webhooks/{id}/rotate-secret", { params, body: {} });
      return data?.secret;
    },
    onSuccess: dialog.close,
    onSettled: refresh,
  });
  return (
    <>
      <Button variant="default" onClick={dialog.open}>
        {t("rotate")}
      </Button>
      <Confirm
        isOpen={isAsking}
        title={t("rotateTitle", { name: webhook.name })}
        confirmLabel={t("rotate")}
        isPending={rotate.isPending}
        error={rotate.error}
        onConfirm={() => rotate.mutate()}
        onClose={dialog.close}
      >
        {t("rotateHelp")}
      </Confirm>
      <Modal
        opened={rotate.data !== undefined}
        onClose={rotate.reset}
        // A click beside it must not lose what nobody can show again.
        closeOnClickOutside={false}
        size="lg"
        title={t("rotate")}
      >
        {rotate.data !== undefined && <SigningSecret secret={rotate.data} onDone={rotate.reset} />}
      </Modal>
    </>
  );
}
