import type { Touchpoint } from "@hooklane/client";
import { Button, Modal } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useTranslation } from "react-i18next";
import { Failure } from "../../components/failure.js";
import { useScheduleTouchpoint } from "./touchpoint-queries.js";

/** Schedules a draft for its time; says why where that is not possible, be it the plan. */
export function ScheduleTouchpoint({ touchpoint }: { readonly touchpoint: Touchpoint }) {
  const { t } = useTranslation("touchpoints");
  const schedule = useScheduleTouchpoint();
  const { name } = touchpoint;
  return (
    <>
      <Button
        loading={schedule.isPending}
        onClick={() =>
          schedule.mutate(touchpoint, {
            onSuccess: () => notifications.show({ message: t("made_scheduled", { name }) }),
          })
        }
      >
        {t("schedule")}
      </Button>
      <Modal
        opened={schedule.isError}
        onClose={schedule.reset}
        title={<bdi className="breaking">{name}</bdi>}
      >
        <Failure error={schedule.error} />
      </Modal>
    </>
  );
}
