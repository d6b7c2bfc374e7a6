import type { TestDelivery, Webhook } from "@hooklane/client";
import { Button, Menu } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useEventTypeLabel } from "../../api/event-types.js";
import { useWorkspace } from "../../api/workspace-context.js";
import { toReason } from "../../components/reason.js";

/** Sends the example of one of its event types, and says what the receiver made of it (product.md O2). */
export function TestWebhook({ webhook }: { readonly webhook: Webhook }) {
  const { t } = useTranslation(["health", "log", "common"]);
  const { hooklane } = useWorkspace();
  const toLabel = useEventTypeLabel();
  const test = useMutation({
    mutationFn: (eventType: string) => hooklane.webhooks.test(webhook.id, eventType),
  });
  const tell = (delivery: TestDelivery) => {
    const attempt = delivery.attempts.at(-1);
    if (delivery.status === "delivered")
      notifications.show({ message: t("testSent", { status: attempt?.statusCode ?? "" }) });
    else if (delivery.status === "pending") notifications.show({ message: t("testWaits") });
    else
      notifications.show({
        color: "red",
        message: t("testFailed", {
          reason:
            attempt?.statusCode ?? attempt?.errorDetail ?? t(`log:error_${attempt?.error ?? "protocol"}`),
        }),
      });
  };
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="default" loading={test.isPending}>
          {t("test")}
        </Button>
      </Menu.Target>
      <Menu.Dropdown mah={400} style={{ overflowY: "auto" }}>
        {webhook.eventTypes.map((type) => (
          <Menu.Item
            key={type}
            onClick={() =>
              test.mutate(type, {
                onSuccess: tell,
                onError: (error) =>
                  notifications.show({ color: "red", title: t("common:failed"), message: toReason(error) }),
              })
            }
          >
            {toLabel(type)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
