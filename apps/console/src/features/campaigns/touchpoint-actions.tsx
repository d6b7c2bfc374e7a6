import type { Touchpoint } from "@hooklane/client";
import { Button } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { notifications } from "@mantine/notifications";
import { Link, useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { Confirm } from "../../components/confirm.js";
import { ScheduleTouchpoint } from "./schedule-touchpoint.js";
import { useCancelTouchpoint, useDeleteTouchpoint } from "./touchpoint-queries.js";

/** What can be done with a touchpoint: until it is due all of it, then it is left alone; deleted it can be at any time. */
export function TouchpointActions({ touchpoint }: { readonly touchpoint: Touchpoint }) {
  const { t } = useTranslation(["touchpoints", "common"]);
  const { id, campaignId, status } = touchpoint;
  const isAhead = status === "draft" || status === "scheduled";
  return (
    <>
      {status === "draft" && <ScheduleTouchpoint touchpoint={touchpoint} />}
      {isAhead && (
        <Button
          variant="default"
          renderRoot={(props) => (
            <Link
              to="/campaigns/$id/touchpoints/$touchpointId/edit"
              params={{ id: campaignId, touchpointId: id }}
              {...props}
            />
          )}
        >
          {t("common:edit")}
        </Button>
      )}
      {status === "scheduled" && <CancelTouchpoint touchpoint={touchpoint} />}
      <DeleteTouchpoint touchpoint={touchpoint} />
    </>
  );
}

function CancelTouchpoint({ touchpoint }: { readonly touchpoint: Touchpoint }) {
  const { t } = useTranslation("touchpoints");
  const [isAsking, dialog] = useDisclosure();
  const cancel = useCancelTouchpoint();
  const { name } = touchpoint;
  const confirm = () =>
    cancel.mutate(touchpoint, {
      onSuccess: () => {
        dialog.close();
        notifications.show({ message: t("cancelled", { name }) });
      },
    });
  return (
    <>
      <Button variant="default" onClick={dialog.open}>
        {t("stopSending")}
      </Button>
      <Confirm
        isOpen={isAsking}
        title={t("cancelTitle", { name })}
        confirmLabel={t("stopSending")}
        isPending={cancel.isPending}
        error={cancel.error}
        onConfirm={confirm}
        onClose={dialog.close}
      >
        {t("cancelHelp")}
      </Confirm>
    </>
  );
}

function DeleteTouchpoint({ touchpoint }: { readonly touchpoint: Touchpoint }) {
  const { t } = useTranslation(["touchpoints", "common"]);
  const [isAsking, dialog] = useDisclosure();
  const remove = useDeleteTouchpoint();
  const navigate = useNavigate();
  const { name, campaignId } = touchpoint;
  const confirm = () =>
    remove.mutate(touchpoint, {
      onSuccess: () => {
        notifications.show({ message: t("deleted", { name }) });
        void navigate({ to: "/campaigns/$id", params: { id: campaignId } });
      },
    });
  return (
    <>
      <Button variant="light" color="red" onClick={dialog.open}>
        {t("common:delete")}
      </Button>
      <Confirm
        isOpen={isAsking}
        title={t("deleteTitle", { name })}
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
