import type { Delivery } from "@hooklane/client";
import { Button } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useTranslation } from "react-i18next";
import { useWorkspace } from "../../api/workspace-context.js";
import { useFormat } from "../../components/format.js";
import { toReason } from "../../components/reason.js";
import { useResend } from "./resend-queries.js";

/** States in which a delivery has nothing before it. */
const SETTLED: ReadonlySet<Delivery["status"]> = new Set([
  "delivered",
  "dead_letter",
  "skipped",
  "cancelled",
]);

const isTest = ({ attempts }: Delivery): boolean => attempts.some(({ trigger }) => trigger === "test");

interface ResendOneProps {
  readonly delivery: Delivery;
  /** Where there are others beside it: its name says which one it sends. */
  readonly isInList?: boolean;
}

/** Sends a delivery once more; not offered for what is on its way, for tests, and to who may only read. */
export function ResendOne({ delivery, isInList = false }: ResendOneProps) {
  const { t } = useTranslation(["log", "common", "resend"]);
  const { canWrite } = useWorkspace();
  const format = useFormat();
  const resend = useResend();
  if (!canWrite || !SETTLED.has(delivery.status) || isTest(delivery)) return null;
  return (
    <Button
      size={isInList ? "compact-xs" : "compact-sm"}
      variant="default"
      aria-label={isInList ? t("resend:one", { time: format.dateTime(delivery.acceptedAt) }) : undefined}
      loading={resend.isPending}
      onClick={() =>
        resend.mutate(delivery.id, {
          onSuccess: () => notifications.show({ message: t("resent") }),
          onError: (error) =>
            notifications.show({ color: "red", title: t("common:failed"), message: toReason(error) }),
        })
      }
    >
      {t("resend")}
    </Button>
  );
}
