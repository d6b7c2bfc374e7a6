import type { Touchpoint } from "@hooklane/client";
import { Alert, Group, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useWorkspace } from "../../api/workspace-context.js";
import { LinkAnchor } from "../../components/link-anchor.js";
import { SwitchWebhook } from "../webhooks/switch-webhook.js";

/** Why nothing is sent, or will be, where that is so. */
export function TouchpointNotice({ touchpoint }: { readonly touchpoint: Touchpoint }) {
  const { t } = useTranslation("touchpoints");
  const { status, cancelReason } = touchpoint;
  if (status === "draft") return <Alert color="gray">{t("draftHelp")}</Alert>;
  if (status === "cancelled")
    return cancelReason ? <Alert color="gray">{t(`because_${cancelReason}`)}</Alert> : null;
  return <SkippingNotice touchpoint={touchpoint} />;
}

/** Its webhook is off: what it skipped can be sent yet, until some time after its end it is switched off for good. */
function SkippingNotice({ touchpoint }: { readonly touchpoint: Touchpoint }) {
  const { t } = useTranslation(["touchpoints", "common"]);
  const { canWrite } = useWorkspace();
  const { status, webhookStatus } = touchpoint;
  if (webhookStatus === "active" || webhookStatus === "recovering") return null;
  if (status === "completed" && webhookStatus === "inactive") return null;
  return (
    <Alert color="orange" role="alert">
      <Group>
        <Text>{t(`skips_${webhookStatus}`)}</Text>
        {webhookStatus === "plan_locked" && (
          <LinkAnchor to="/plans" underline="always">
            {t("common:plans")}
          </LinkAnchor>
        )}
        {webhookStatus === "auto_disabled" && canWrite && (
          <SwitchWebhook webhook={{ ...touchpoint, status: webhookStatus }} />
        )}
      </Group>
    </Alert>
  );
}
